import type { ApiRecord } from '../model/api-record.ts';
import { Fault } from '../model/fault.ts';
import {
  compareTimestamps,
  type EpochSecond,
  parseTimestamp,
  secondText,
  type Timestamp,
} from '../model/instant.ts';
import type { CollectionName } from '../model/records.ts';
import type { Sent } from './page.ts';

/** The times by which rows are read: made once and never changed, or moved with every change. */
export type TimeField = 'createdTime' | 'updatedTime';

/** A record with what reading needs of it: who it is, when it was, how often it changed. */
export interface Row {
  readonly id: string;
  /** Of the field that the rows are read by. */
  readonly time: Timestamp;
  readonly revision: number;
  readonly record: ApiRecord;
}

/**
 * Turns the records of one answer into rows. Rows of one second share their text, and pages are in
 * order of it, so the last timestamp is remembered.
 */
export function rowsOf(
  collection: CollectionName,
  page: readonly Sent[],
  field: TimeField = 'createdTime',
): Row[] {
  let text: unknown;
  let time: Timestamp | undefined;
  return page.map((sent) => {
    const { record, id, revision } = sent;
    if (typeof id !== 'string' || id === '') throw unreadable(collection, 'id', sent);
    if (sent[field] !== text) {
      text = sent[field];
      time = typeof text === 'string' ? parseTimestamp(text) : undefined;
    }
    if (!time) throw unreadable(collection, field, sent);
    return { id, time, revision: typeof revision === 'number' ? revision : 0, record };
  });
}

/** Without these two a row can be neither placed nor told apart: no proof is possible. */
function unreadable(collection: CollectionName, member: 'id' | TimeField, sent: Sent): Fault {
  return new Fault(
    'ANSWER_INCOHERENT',
    `A row of ${collection} has the ${member} ${JSON.stringify(sent[member]) ?? 'missing'}` +
      ` (id ${JSON.stringify(sent.id) ?? 'missing'}).`,
    'Every row has an id and its times: tell Rebilly about this one.',
  );
}

/** The order of every file, for rows read by `createdTime`: that, then `id`. */
export function compareRows(a: Row, b: Row): number {
  return compareTimestamps(a.time, b.time) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** Holds an answer against its question: rows in order of their time, none before or after it. */
export function checkOrder(
  collection: CollectionName,
  rows: readonly Row[],
  from: EpochSecond,
  to = Number.POSITIVE_INFINITY,
): void {
  let before: EpochSecond = from;
  for (const { id, time } of rows) {
    if (time.second < before || time.second > to) {
      throw new Fault(
        'ANSWER_INCOHERENT',
        `Asked for ${collection} from ${secondText(before)} on in order of their time, the API ` +
          `answered '${id}' of ${secondText(time.second)}.`,
        'It does not heed the filter or the sort order: run doctor, and tell Rebilly.',
      );
    }
    before = time.second;
  }
}

/** Rows by id; of two readings of one row the higher revision stays. */
export class RowSet {
  readonly #rows = new Map<string, Row>();

  add(rows: readonly Row[]): void {
    for (const row of rows) {
      const known = this.#rows.get(row.id);
      if (!known || row.revision >= known.revision) this.#rows.set(row.id, row);
    }
  }

  get size(): number {
    return this.#rows.size;
  }

  /** The rows of one second, in the order of the files. */
  within(second: EpochSecond): Row[] {
    return [...this.#rows.values()].filter((row) => row.time.second === second).sort(compareRows);
  }
}

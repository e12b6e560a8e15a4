import { Fault } from '../model/fault.ts';
import {
  compareTimestamps,
  type EpochSecond,
  parseTimestamp,
  type Timestamp,
} from '../model/instant.ts';
import type { ApiRecord, CollectionName } from '../model/records.ts';

/** A record with what reading needs of it: who it is, when it was made, how often it changed. */
export interface Row {
  readonly id: string;
  readonly created: Timestamp;
  readonly revision: number;
  readonly record: ApiRecord;
}

/**
 * Turns the records of one answer into rows. Rows of one second share their text, and pages are in
 * order of it, so the last timestamp is remembered.
 */
export function rowsOf(collection: CollectionName, records: readonly ApiRecord[]): Row[] {
  let text: unknown;
  let created: Timestamp | undefined;
  return records.map((record) => {
    const id = record['id'];
    if (typeof id !== 'string' || id === '') throw unreadable(collection, 'id', record);
    if (record['createdTime'] !== text) {
      text = record['createdTime'];
      created = typeof text === 'string' ? parseTimestamp(text) : undefined;
    }
    if (!created) throw unreadable(collection, 'createdTime', record);
    const revision = record['revision'];
    return { id, created, revision: typeof revision === 'number' ? revision : 0, record };
  });
}

/** Without these two a row can be neither placed nor told apart: no proof is possible. */
function unreadable(collection: CollectionName, member: string, record: ApiRecord): Fault {
  return new Fault(
    'ANSWER_INCOHERENT',
    `A row of ${collection} has the ${member} ${JSON.stringify(record[member]) ?? 'missing'}` +
      ` (id ${JSON.stringify(record['id']) ?? 'missing'}).`,
    'Every row has an id and a createdTime: tell Rebilly about this one.',
  );
}

/** The order of every file: `createdTime`, then `id`. */
export function compareRows(a: Row, b: Row): number {
  return compareTimestamps(a.created, b.created) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
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
    return [...this.#rows.values()]
      .filter((row) => row.created.second === second)
      .sort(compareRows);
  }
}

import type { Cursor, Lane, LaneProof } from '../contract.ts';
import type { ApiRecord } from '../model/api-record.ts';
import { Fault } from '../model/fault.ts';
import { type EpochSecond, secondText } from '../model/instant.ts';
import type { Members } from '../model/members.ts';
import { readDenseSecond } from './dense-second.ts';
import { joinFilters, timeRange } from './filter.ts';
import { checkOrder, compareRows, type Row } from './row.ts';
import { PAGE_LIMIT, type Questions } from './source.ts';

/** What a reading of a lane shows of itself; whoever asks for it adds how often it had to be read. */
export type Reading = Omit<LaneProof, 'readings' | 'requests'>;

export interface SeekQuestion {
  readonly lane: Lane;
  /** The user's own filter, or ''. */
  readonly filter: string;
  /** What the records will be asked for. */
  readonly members?: Members;
  /** Where an earlier reading of the lane ended. */
  readonly cursor?: Cursor | undefined;
}

/** Records of whole seconds, in the order of the files, and how far the lane is read with them. */
export interface Advance {
  readonly records: readonly ApiRecord[];
  readonly cursor: Cursor;
}

/**
 * Reads a lane from front to back, or on from a cursor, and yields its records whole seconds at a
 * time; they can be read until the next are asked for.
 *
 * No offset is ever used: `createdTime` is set once and always there, so the last second seen is
 * where the next answer begins, and it is read again from its start (`offset` stops at 1,000, and
 * rows of one second may come in another order each time).
 *
 * The next answer is asked for before the records of the last one are handed out: it travels while
 * they are worked on.
 *
 * The generator returns only with a proof: what the whole lane counted before the first row and
 * after the last equals the distinct rows received. Otherwise it throws `INCOMPLETE`.
 */
export async function* seek(
  source: Questions,
  question: SeekQuestion,
): AsyncGenerator<Advance, Reading> {
  const { lane, filter } = question;
  const { collection, from, to } = lane;
  let { cursor } = question;

  const stepFrom = (second: EpochSecond) => takeStep(source, question, second);
  let coming = cursor?.edge === undefined ? stepFrom(cursor?.next ?? from) : undefined;
  // Ends: every step moves the cursor on by at least a second, or is the last.
  while (coming !== undefined) {
    const step: Step = await coming;
    coming = step.edge === undefined ? stepFrom(step.next) : undefined;
    // It is heard when it is waited for; of a reader who leaves before that it is nobody's.
    coming?.catch(() => undefined);
    cursor = moved(cursor, step);
    if (step.records.length > 0) yield { records: step.records, cursor };
    step.release?.();
  }

  const whole = joinFilters(timeRange('createdTime', from, to), filter);
  const countedAfter = await source.count(collection, whole);
  const { countedBefore = 0, kept = 0, edge = 0, denseSeconds = [] } = cursor ?? {};
  const reading = {
    collection,
    index: lane.index,
    from: secondText(from),
    to: secondText(to),
    countedBefore,
    countedAfter,
    received: kept + edge,
    kept,
    denseSeconds,
  };
  if (reading.countedBefore !== reading.received || countedAfter !== reading.received) {
    throw incomplete(reading);
  }
  return reading;
}

/** What one answer brings. */
interface Step {
  readonly total: number;
  /** Of whole seconds, in the order of the files. */
  readonly records: readonly ApiRecord[];
  /** Where to go on. */
  readonly next: EpochSecond;
  /** In the last step: rows on the far edge, which belongs to the next lane. */
  readonly edge?: number;
  /** The second that held more than an answer shows. */
  readonly denseSecond?: EpochSecond;
  /** Gives the memory of the records back; those of a dense second came with many answers. */
  readonly release?: () => void;
}

function moved(cursor: Cursor | undefined, step: Step): Cursor {
  const dense = step.denseSecond === undefined ? [] : [secondText(step.denseSecond)];
  return {
    next: step.next,
    countedBefore: cursor?.countedBefore ?? step.total,
    kept: (cursor?.kept ?? 0) + step.records.length,
    ...(step.edge !== undefined && { edge: step.edge }),
    denseSeconds: [...(cursor?.denseSeconds ?? []), ...dense],
  };
}

async function takeStep(
  source: Questions,
  { lane: { collection, to }, filter, members }: SeekQuestion,
  from: EpochSecond,
): Promise<Step> {
  const { rows, total, release } = await source.page({
    collection,
    filter: joinFilters(timeRange('createdTime', from, to), filter),
    sort: 'createdTime',
    limit: PAGE_LIMIT,
    offset: 0,
    ...(members && { members }),
  });
  checkOrder(collection, rows, from, to);
  if (total === rows.length || from === to) {
    const owned = rows.filter((row) => row.time.second < to);
    return { total, records: recordsOf(owned), next: to, edge: total - owned.length, release };
  }
  const last = rows.at(-1)!.time.second;
  const complete = rows.filter((row) => row.time.second < last);
  if (complete.length > 0 || last === to) {
    return { total, records: recordsOf(complete), next: last, release };
  }
  release();
  const second = { collection, field: 'createdTime', second: last, filter } as const;
  const dense = await readDenseSecond(source, second);
  const next = (last + 1) as EpochSecond;
  return { total, records: recordsOf(dense), next, denseSecond: last };
}

function recordsOf(rows: Row[]): ApiRecord[] {
  return rows.sort(compareRows).map((row) => row.record);
}

function incomplete({
  collection,
  from,
  to,
  countedBefore,
  countedAfter,
  received,
}: Reading): Fault {
  return new Fault(
    'INCOMPLETE',
    `${collection} from ${from} to ${to}: ${received} rows received, ${countedBefore} counted ` +
      `before and ${countedAfter} after.`,
    'Nothing was published; run again with --resume.',
  );
}

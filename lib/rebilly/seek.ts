import type { Lane, LaneProof } from '../contract.ts';
import { Fault } from '../model/fault.ts';
import { type EpochSecond, secondText } from '../model/instant.ts';
import type { ApiRecord } from '../model/records.ts';
import { readDenseSecond } from './dense-second.ts';
import { joinFilters, timeRange } from './filter.ts';
import { checkOrder, compareRows, type Row } from './row.ts';
import { PAGE_LIMIT, type Questions } from './source.ts';

/** What a reading of a lane shows of itself; `lanes.ts` adds how often it had to be read. */
export type Reading = Omit<LaneProof, 'readings' | 'requests'>;

/**
 * Reads a lane from front to back and yields its records in the order of the files, whole seconds
 * at a time. No offset is ever used: `createdTime` is set once and always there, so the last second
 * seen is where the next answer begins, and it is read again from its start (`offset` stops at
 * 1,000, and rows of one second may come in another order each time).
 *
 * The generator returns only with a proof: what the whole lane counted before the first row and
 * after the last equals the distinct rows received. Otherwise it throws `INCOMPLETE`.
 */
export async function* seek(
  source: Questions,
  lane: Lane,
  filter: string,
): AsyncGenerator<readonly ApiRecord[], Reading> {
  const { collection, from, to } = lane;
  const whole = joinFilters(timeRange('createdTime', from, to), filter);
  const denseSeconds: string[] = [];
  let countedBefore: number | undefined;
  let cursor = from;
  let kept = 0;
  let edge: number | undefined;

  // Ends: every round moves the cursor on by at least a second, or is the last.
  while (edge === undefined) {
    const { rows, total } = await source.page({
      collection,
      filter: joinFilters(timeRange('createdTime', cursor, to), filter),
      sort: 'createdTime',
      limit: PAGE_LIMIT,
      offset: 0,
    });
    countedBefore ??= total;
    checkOrder(collection, rows, cursor, to);
    if (total === rows.length || cursor === to) {
      // The far edge belongs to the next lane; its rows are counted, for the filter counts them.
      const owned = rows.filter((row) => row.time.second < to);
      edge = total - owned.length;
      kept += owned.length;
      if (owned.length > 0) yield recordsOf(owned);
      continue;
    }
    const last = rows.at(-1)!.time.second;
    const complete = rows.filter((row) => row.time.second < last);
    if (complete.length > 0) {
      kept += complete.length;
      yield recordsOf(complete);
      cursor = last;
    } else if (last === to) {
      cursor = to;
    } else {
      const dense = await readDenseSecond(source, {
        collection,
        field: 'createdTime',
        second: last,
        filter,
      });
      denseSeconds.push(secondText(last));
      kept += dense.length;
      yield dense.map((row) => row.record);
      cursor = (last + 1) as EpochSecond;
    }
  }

  const countedAfter = await source.count(collection, whole);
  const reading = {
    collection,
    index: lane.index,
    from: secondText(from),
    to: secondText(to),
    countedBefore: countedBefore ?? 0,
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

function recordsOf(rows: Row[]): readonly ApiRecord[] {
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

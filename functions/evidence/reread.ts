import pLimit from 'p-limit';
import type { Lane } from '../../lib/contract.ts';
import type { ApiRecord } from '../../lib/model/api-record.ts';
import { Fault } from '../../lib/model/fault.ts';
import { type EpochSecond, type Instant, secondOf } from '../../lib/model/instant.ts';
import type { CollectionName } from '../../lib/model/records.ts';
import { timeRange } from '../../lib/rebilly/filter.ts';
import { planLanes } from '../../lib/rebilly/lanes.ts';
import { seek } from '../../lib/rebilly/seek.ts';
import type { Station } from '../station.ts';

/** What moves while it is read is read again; three times, and the run fails. */
const MOST_READINGS = 3;

export interface RereadQuestion {
  readonly collection: CollectionName;
  /** Half-open. */
  readonly start: Instant;
  readonly end: Instant;
  readonly take: (records: readonly ApiRecord[]) => Promise<void>;
}

/**
 * Reads a time of an earlier period once more, whole and proven as the period itself is. `take` may
 * be handed a record twice: what it was handed later counts.
 */
export async function reread(station: Station, question: RereadQuestion): Promise<void> {
  const { source, settings } = station;
  const { collection, start, end } = question;
  const { laneRows, concurrency } = settings;
  const span = { collection, from: secondOf(start), to: secondOf(end) };
  const { lanes } = await planLanes(source, { ...span, filter: '', laneRows, concurrency });
  const limit = pLimit(concurrency);
  await Promise.all(lanes.map((lane) => limit(() => readLane(station, lane, question.take))));
}

async function readLane(
  { source }: Station,
  lane: Lane,
  take: RereadQuestion['take'],
): Promise<void> {
  for (let readings = 1; ; readings += 1) {
    try {
      for await (const { records } of seek(source, { lane, filter: '' })) await take(records);
      return;
    } catch (error) {
      const moved = error instanceof Fault && error.code === 'INCOMPLETE';
      if (!moved || readings === MOST_READINGS) throw error;
    }
  }
}

/** How many records of a collection were created in a time, the end of which is not in it. */
export async function countCreated(
  { source }: Station,
  collection: CollectionName,
  bounds: { readonly start: Instant; readonly end: Instant },
  expected: number,
): Promise<number> {
  const [from, to] = [secondOf(bounds.start), secondOf(bounds.end)];
  const count = (a: EpochSecond, b: EpochSecond) =>
    source.count(collection, timeRange('createdTime', a, b));
  const whole = await count(from, to);
  // The filter's far end is in: rows on it are the next day's. Most days have none there.
  return whole === expected ? whole : whole - (await count(to, to));
}

import type { ShardTask } from './night-work.ts';

export interface ShardQuestion {
  /** Requests under way at once, all shards together. */
  readonly concurrency: number;
  /** Rows for which one more worker is worth its start. */
  readonly workerRows: number;
  /** Whether the rate limit closed on the run: then its speed is the limit's. */
  readonly isThrottled: boolean;
  /** Rounds in a row that read nothing. */
  readonly fruitless: number;
}

export type Shard = Pick<ShardTask, 'lanes' | 'concurrency'>;

/**
 * Deals lanes out to workers that share the run's concurrency: the more rows, the more workers, but
 * none that could not send a request. Under a closed limit one goes on alone: it sees all answers,
 * and asks alone whether the window has turned. Where a window is too small for all that it begins,
 * it begins less.
 */
export function cutShards(
  lanes: readonly number[],
  rowCount: number,
  { concurrency, workerRows, isThrottled, fruitless }: ShardQuestion,
): readonly Shard[] {
  const wanted = Math.ceil(rowCount / workerRows);
  const width = isThrottled ? 1 : Math.max(1, Math.min(concurrency, lanes.length, wanted));
  const together = Math.max(1, concurrency >> fruitless);
  return Array.from({ length: width }, (_, worker) => ({
    // Every so manieth lane: the collections, and busy hours, are spread evenly.
    lanes: lanes.filter((_, at) => at % width === worker),
    concurrency: Math.max(1, Math.floor((together + worker) / width)),
  }));
}

import pLimit from 'p-limit';
import type { LaneReceipt, RunPlan } from '../lib/contract.ts';
import type { Instant } from '../lib/model/instant.ts';
import type { Postponed } from '../lib/rebilly/postponed.ts';
import { extract } from './extract.ts';
import type { ShardOutcome } from './night-work.ts';
import { laneReceipts } from './parts.ts';
import type { Station } from './station.ts';

/**
 * Reads the lanes of a shard that are not read yet. Where the station puts work off, lanes that are
 * under way leave how far they came, no further one is begun, and what is left is told.
 */
export async function extractShard(
  station: Station,
  run: RunPlan,
  positions: readonly number[],
): Promise<ShardOutcome> {
  const { clock, settings, source } = station;
  const unread = await unreadLanes(station, run, positions);
  const left: number[] = [];
  const postponed: Postponed[] = [];
  let rowCount = 0;

  async function read(position: number): Promise<void> {
    if (postponed.length > 0) return void left.push(position);
    const extraction = await extract(station, run, run.lanes[position]!);
    rowCount += extraction.rowCount;
    if (extraction.postponed === undefined) return;
    left.push(position);
    postponed.push(extraction.postponed);
  }

  const limit = pLimit({ concurrency: settings.concurrency, rejectOnClear: true });
  const readings = unread.map((position) => limit(() => read(position)));
  try {
    await Promise.all(readings);
  } catch (fault) {
    // The first lane that fails ends the others: what they read stays, as parts.
    limit.clearQueue();
    source.stop(fault as Error);
    await Promise.allSettled(readings);
    throw fault;
  }
  if (postponed.length === 0) return { left, rowCount };
  const at = clock.now();
  const resumeAt = Math.max(at, ...postponed.map(({ until }) => until)) as Instant;
  return { left: left.sort((a, b) => a - b), rowCount, postponed: { at, resumeAt } };
}

async function unreadLanes(
  { store, report }: Station,
  run: RunPlan,
  positions: readonly number[],
): Promise<readonly number[]> {
  const lanes = positions.map((position) => run.lanes[position]!);
  const receipts = await laneReceipts(store, run, lanes);
  const known = receipts.filter((receipt): receipt is LaneReceipt => receipt !== undefined);
  if (known.length > 0) {
    const rowCount = known.reduce((sum, { proof }) => sum + proof.kept, 0);
    report({ type: 'parts-reused', laneCount: known.length, rowCount });
  }
  return positions.filter((_, at) => receipts[at] === undefined);
}

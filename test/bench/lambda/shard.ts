import { type Letter, opened } from '../../../functions/lambda/letter.ts';
import type { ShardOutcome } from '../../../functions/night-work.ts';
import type { Bundle } from '../../cdk/bundles.ts';
import { invokeAlone } from '../../world/lambda-process.ts';
import { type Usage, usageOf } from '../meter.ts';
import type { Ground } from './ground.ts';

/** What it took `extract` to read a day in one invocation. */
export interface ShardCost extends Usage {
  readonly wallS: number;
  readonly laneCount: number;
  /** Whether no lane is left, and the receipts count every row. */
  readonly isComplete: boolean;
}

export async function readShard(
  bundle: Bundle,
  ground: Ground,
  rowCount: number,
): Promise<ShardCost> {
  const { environment, task } = ground;
  const startedMs = performance.now();
  const { pid, answer, end } = invokeAlone(bundle, environment, task);
  const { value, usage } = await answer;
  const wallS = (performance.now() - startedMs) / 1000;
  const used = usageOf(pid, usage);
  await end();
  const { left } = opened(value as Letter<ShardOutcome>);
  const isComplete = left.length === 0 && (await ground.rowsRead()) === rowCount;
  return { ...used, wallS, laneCount: task.lanes.length, isComplete };
}

import pLimit from 'p-limit';
import type { Lane, LaneProgress, LaneReceipt, RunPlan } from '../lib/contract.ts';
import { Fault } from '../lib/model/fault.ts';
import { laneProgressKey, laneReceiptKey, partsPlanKey } from '../lib/object-keys.ts';
import type { Store } from '../lib/store/store.ts';
import type { RunKey } from './night-work.ts';
import { seal, unseal } from './sealed.ts';
import { SMALL_ONES_AT_ONCE } from './small-object.ts';

/** Whether a run of this id has written its plan. */
export async function isBegun(
  store: Store,
  { scope, runId }: { scope: Pick<RunPlan['scope'], 'organizationId'>; runId: RunPlan['runId'] },
): Promise<boolean> {
  return (await store.text(partsPlanKey(scope.organizationId, runId))) !== undefined;
}

/** Written before the first part: parts without a plan could never be told apart. */
export async function writePlan(store: Store, plan: RunPlan): Promise<void> {
  const key = partsPlanKey(plan.scope.organizationId, plan.runId);
  await writeSealed(store, key, plan, { onlyNew: true });
}

export async function readPlan(store: Store, { organizationId, runId }: RunKey): Promise<RunPlan> {
  const key = partsPlanKey(organizationId, runId);
  return (await readSealed<RunPlan>(store, key)) ?? missing(store, key);
}

/** The receipts of lanes that were read whole; undefined for those that have to be read. */
export async function laneReceipts(
  store: Store,
  plan: RunPlan,
  lanes: readonly Lane[],
): Promise<readonly (LaneReceipt | undefined)[]> {
  const limit = pLimit(SMALL_ONES_AT_ONCE);
  return Promise.all(lanes.map((lane) => limit(() => laneReceipt(store, plan, lane))));
}

/** That a lane which was read has no receipt is damage. */
export function missingReceipt(store: Store, { scope, runId }: RunPlan, lane: Lane): never {
  return missing(store, laneReceiptKey(scope.organizationId, runId, lane));
}

function missing(store: Store, key: string): never {
  throw partDamaged(`There is no file '${store.locate(key)}'.`);
}

function laneReceipt(store: Store, plan: RunPlan, lane: Lane): Promise<LaneReceipt | undefined> {
  return readSealed(store, laneReceiptKey(plan.scope.organizationId, plan.runId, lane));
}

/** Where the reading of a lane was put off; undefined for one that nobody has begun. */
export function laneProgress(
  store: Store,
  plan: RunPlan,
  lane: Lane,
): Promise<LaneProgress | undefined> {
  return readSealed(store, laneProgressKey(plan.scope.organizationId, plan.runId, lane));
}

/** Written after the parts that it tells of: a part that nothing tells of is none. */
export async function writeProgress(
  store: Store,
  plan: RunPlan,
  lane: Lane,
  progress: LaneProgress,
): Promise<void> {
  const key = laneProgressKey(plan.scope.organizationId, plan.runId, lane);
  await writeSealed(store, key, progress);
}

function writeSealed(
  store: Store,
  key: string,
  written: object,
  condition?: Parameters<Store['put']>[2],
): Promise<void> {
  return store.put(key, seal(JSON.stringify(written)), condition);
}

async function readSealed<Written>(store: Store, key: string): Promise<Written | undefined> {
  const text = await store.text(key);
  if (text === undefined) return undefined;
  const line = unseal(text);
  if (line !== undefined) return JSON.parse(line) as Written;
  throw partDamaged(`'${store.locate(key)}' is not what was written.`);
}

/** The bytes of a part whose receipt stands: that they are gone is damage too. */
export async function* readPart(store: Store, key: string): AsyncGenerator<Uint8Array> {
  try {
    yield* store.read(key);
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'SNAPSHOT_DAMAGED')) throw error;
    throw partDamaged(error.message);
  }
}

function partDamaged(message: string): Fault {
  const remedy = 'Start the run again without --resume; if it happens again, check the disk.';
  return new Fault('PART_DAMAGED', message, remedy);
}

/** Written after the parts of its lane: a part without it is none. */
export async function writeReceipt(
  store: Store,
  plan: RunPlan,
  lane: Lane,
  receipt: LaneReceipt,
): Promise<void> {
  const key = laneReceiptKey(plan.scope.organizationId, plan.runId, lane);
  await writeSealed(store, key, receipt);
}

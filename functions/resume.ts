import {
  type Lane,
  type LaneReceipt,
  laneReceiptKey,
  partsPlanKey,
  partsPrefix,
  type RunPlan,
  runPartsPrefix,
  type Scope,
} from '../lib/contract.ts';
import { Fault } from '../lib/model/fault.ts';
import type { OrganizationId } from '../lib/model/ids.ts';
import type { Instant } from '../lib/model/instant.ts';
import type { Store } from '../lib/store/store.ts';
import { isFresh, isSameScope } from './plan.ts';

/** Plans of runs that did not end, newest first. */
async function unfinishedPlans(store: Store, organization: OrganizationId): Promise<RunPlan[]> {
  const plans: RunPlan[] = [];
  for await (const { key } of store.list(partsPrefix(organization))) {
    if (!key.endsWith('/plan.json')) continue;
    const text = await store.text(key);
    // A run that ends between the listing and the reading takes its plan along.
    if (text !== undefined) plans.push(JSON.parse(text) as RunPlan);
  }
  return plans.sort((a, b) => (a.runId < b.runId ? 1 : -1));
}

/** The newest interrupted run of the same scope whose parts are young enough; undefined if none. */
export async function findUnfinished(
  store: Store,
  scope: Scope,
  now: Instant,
): Promise<RunPlan | undefined> {
  const plans = await unfinishedPlans(store, scope.organizationId);
  return plans.find((plan) => isSameScope(plan.scope, scope) && isFresh(plan, now));
}

export async function takeUp(store: Store, scope: Scope, now: Instant): Promise<RunPlan> {
  const plan = await findUnfinished(store, scope, now);
  if (plan) return plan;
  throw new Fault(
    'RESUME_IMPOSSIBLE',
    `No interrupted run of ${scope.firstDay} to ${scope.lastDay} with these settings, younger ` +
      `than a day, is in ${store.address}.`,
    'Run without --resume.',
  );
}

/** The receipt of a lane that was read whole; undefined when it has to be read. */
export async function laneReceipt(
  store: Store,
  plan: RunPlan,
  lane: Lane,
): Promise<LaneReceipt | undefined> {
  const text = await store.text(laneReceiptKey(plan.scope.organizationId, plan.runId, lane));
  return text === undefined ? undefined : (JSON.parse(text) as LaneReceipt);
}

/** Written before the first part: parts without a plan could never be told apart. */
export async function writePlan(store: Store, plan: RunPlan): Promise<void> {
  const key = partsPlanKey(plan.scope.organizationId, plan.runId);
  await store.put(key, JSON.stringify(plan), { onlyNew: true });
}

/** Once a snapshot stands, its parts have served; so have those nobody may take up any more. */
export async function removeParts(store: Store, done: RunPlan, now: Instant): Promise<void> {
  const plans = await unfinishedPlans(store, done.scope.organizationId);
  const served = plans.filter((plan) => plan.runId === done.runId || !isFresh(plan, now));
  for (const { runId, scope } of served) {
    const keys: string[] = [];
    for await (const { key } of store.list(runPartsPrefix(scope.organizationId, runId))) {
      keys.push(key);
    }
    // The plan goes last: as long as it stands, what is left can still be found.
    keys.sort((a, b) => Number(a.endsWith('/plan.json')) - Number(b.endsWith('/plan.json')));
    for (const key of keys) await store.remove(key);
  }
}

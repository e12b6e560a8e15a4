import type { RunPlan, Scope } from '../lib/contract.ts';
import { Fault } from '../lib/model/fault.ts';
import type { Instant } from '../lib/model/instant.ts';
import { partsPrefix, runPartsPrefix } from '../lib/object-keys.ts';
import type { Store } from '../lib/store/store.ts';
import type { NightQuestion } from './night-work.ts';
import { isFresh, isSameScope, type RunQuestion, scopeOf, viewAsked } from './plan.ts';
import { isPublished } from './published.ts';
import { unseal } from './sealed.ts';
import type { Station } from './station.ts';

const PLAN_NAME = '/plan.json';

/** The parts of a run that did not end, or whose end did not remove them. */
interface Leftover {
  readonly prefix: string;
  /** Undefined where it cannot be read: such parts are of no use to anybody. */
  readonly plan: RunPlan | undefined;
}

async function leftovers(store: Store, { organizationId }: Scope): Promise<Leftover[]> {
  const found: Leftover[] = [];
  for await (const { key } of store.list(partsPrefix(organizationId))) {
    if (!key.endsWith(PLAN_NAME)) continue;
    const text = await store.text(key);
    // A run that ends between the listing and the reading takes its plan along.
    if (text === undefined) continue;
    const line = unseal(text);
    const plan = line === undefined ? undefined : (JSON.parse(line) as RunPlan);
    found.push({ prefix: key.slice(0, -PLAN_NAME.length), plan });
  }
  return found;
}

/**
 * The newest interrupted run that would read the same rows into the same bytes, and whose parts are
 * young enough; undefined if there is none.
 */
export async function findUnfinished(
  { store, settings, clock }: Station,
  question: RunQuestion & Partial<Pick<NightQuestion, 'resume'>>,
): Promise<RunPlan | undefined> {
  const now = clock.now();
  const scope = scopeOf(settings, question.period);
  const view = viewAsked(settings, question, now);
  const plans = (await leftovers(store, scope))
    .flatMap(({ plan }) => plan ?? [])
    .filter(({ runId }) => typeof question.resume !== 'string' || runId === question.resume)
    .filter((plan) => isSameScope(plan.scope, scope) && plan.view === view && isFresh(plan, now))
    .sort((a, b) => (a.runId < b.runId ? 1 : -1));
  for (const plan of plans) if (!(await isPublished(store, plan))) return plan;
  return undefined;
}

export async function takeUp(station: Station, question: NightQuestion): Promise<RunPlan> {
  const plan = await findUnfinished(station, question);
  if (plan) return plan;
  const { firstDay, lastDay } = question.period;
  throw new Fault(
    'RESUME_IMPOSSIBLE',
    `No interrupted run of ${firstDay} to ${lastDay} with these settings, younger than a day, ` +
      `is in ${station.store.address}.`,
    'Run without --resume.',
  );
}

/** Once a snapshot stands, its parts have served; so have those nobody may take up any more. */
export async function removeParts(store: Store, done: RunPlan, now: Instant): Promise<void> {
  const own = runPartsPrefix(done.scope.organizationId, done.runId);
  for (const { prefix, plan } of await leftovers(store, done.scope)) {
    const isOfUse = plan && isFresh(plan, now) && !(await isPublished(store, plan));
    if (prefix !== own && isOfUse) continue;
    const keys: string[] = [];
    for await (const { key } of store.list(prefix)) keys.push(key);
    // The plan goes last: as long as it stands, what is left can still be found.
    keys.sort((a, b) => Number(a.endsWith(PLAN_NAME)) - Number(b.endsWith(PLAN_NAME)));
    for (const key of keys) await store.remove(key);
  }
}

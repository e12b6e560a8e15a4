import type { LaneReceipt, RunPlan } from '../lib/contract.ts';
import { Fault } from '../lib/model/fault.ts';
import { type Instant, secondOf } from '../lib/model/instant.ts';
import { proveWhole } from '../lib/rebilly/lanes.ts';
import { Postponed } from '../lib/rebilly/postponed.ts';
import { begin } from './begin.ts';
import { checkDestination } from './destination.ts';
import type { Begun, NightQuestion, NightWork, Outcome, RunKey } from './night-work.ts';
import { laneReceipts, missingReceipt, readPlan } from './parts.ts';
import { scopeOf } from './plan.ts';
import { removeParts, takeUp } from './resume.ts';
import { extractShard } from './shard.ts';
import type { Station } from './station.ts';

/** What makes a snapshot of a period that was read and proven whole. */
export type Publisher<Done> = (
  station: Station,
  run: RunPlan,
  receipts: readonly LaneReceipt[],
) => Promise<Done>;

/** The stations of a night, all on one machine. */
export function nightStations<Done>(station: Station, publisher: Publisher<Done>): NightWork<Done> {
  return {
    begin: (question) => orPostponed(station, () => begun(station, question)),
    async extract({ lanes, ...name }) {
      return extractShard(station, await readPlan(station.store, name), lanes);
    },
    prove: (name) => orPostponed(station, () => proven(station, name)),
    async publish(name) {
      const run = await readPlan(station.store, name);
      const receipts = await allReceipts(station, run);
      return orPostponed(station, () => publisher(station, run, receipts));
    },
    clear: (name) => cleared(station, name),
  };
}

/** Nothing is wrong with work that is put off: whoever asked for it learns when to ask again. */
async function orPostponed<Done>(
  { clock }: Station,
  work: () => Promise<Done>,
): Promise<Outcome<Done>> {
  try {
    return { done: await work() };
  } catch (fault) {
    if (!(fault instanceof Postponed)) throw fault;
    const at = clock.now();
    return { postponed: { at, resumeAt: Math.max(at, fault.until) as Instant } };
  }
}

async function begun(station: Station, question: NightQuestion): Promise<Begun> {
  const { store, report } = station;
  const scope = scopeOf(station.settings, question.period);
  await checkDestination(store, scope);
  const run = question.resume ? await takeUp(station, question) : await begin(station, question);
  const { organizationId, environment, firstDay, lastDay } = run.scope;
  const { runId } = run;
  report({ type: 'run-started', runId, organizationId, environment, firstDay, lastDay });
  const laneCount = run.lanes.length;
  const rowEstimate = run.lanes.reduce((sum, lane) => sum + lane.rowEstimate, 0);
  report({ type: 'plan-ready', rowEstimate, laneCount });
  return { organizationId, runId, laneCount, rowEstimate };
}

async function proven(station: Station, name: RunKey): Promise<RunKey> {
  const run = await readPlan(station.store, name);
  const receipts = await allReceipts(station, run);
  try {
    await proveAll(station, run, receipts);
  } catch (fault) {
    // What was read is no longer what is there: nobody may take it up.
    const isOutdated = fault instanceof Fault && fault.code === 'INCOMPLETE';
    if (isOutdated) await removeParts(station.store, run, station.clock.now());
    throw fault;
  }
  return name;
}

async function proveAll(
  { source }: Station,
  { scope, period, capped }: RunPlan,
  receipts: readonly LaneReceipt[],
): Promise<void> {
  const from = secondOf(Date.parse(period.start) as Instant);
  const to = secondOf(Date.parse(period.end) as Instant);
  const provable = scope.collections.filter((name) => !capped.includes(name));
  await Promise.all(
    provable.map((collection) => {
      const lanes = receipts.filter(({ proof }) => proof.collection === collection);
      const kept = lanes.reduce((sum, { proof }) => sum + proof.kept, 0);
      return proveWhole(source, { collection, from, to, filter: scope.filter }, kept);
    }),
  );
}

/** The snapshot stands: parts that cannot be removed now go with the next run. */
async function cleared({ store, clock }: Station, name: RunKey): Promise<void> {
  const removing = async () => removeParts(store, await readPlan(store, name), clock.now());
  await removing().catch(() => undefined);
}

/** Of all lanes, in the order of the plan. */
async function allReceipts({ store }: Station, run: RunPlan): Promise<readonly LaneReceipt[]> {
  const receipts = await laneReceipts(store, run, run.lanes);
  return receipts.map((receipt, at) => receipt ?? missingReceipt(store, run, run.lanes[at]!));
}

import pLimit from 'p-limit';
import type { Lane, LaneReceipt, RunPlan } from '../lib/contract.ts';
import { type Instant, secondOf } from '../lib/model/instant.ts';
import { proveWhole } from '../lib/rebilly/lanes.ts';
import { begin } from './begin.ts';
import { checkDestination } from './destination.ts';
import { extract } from './extract.ts';
import { laneReceipt } from './parts.ts';
import { type RunQuestion, scopeOf } from './plan.ts';
import { removeParts, takeUp } from './resume.ts';
import { makeSnapshot, type Snapshot } from './snapshot.ts';
import type { Station } from './station.ts';

export interface NightQuestion extends RunQuestion {
  /** Take up the interrupted run of this period instead of beginning a new one. */
  readonly resume: boolean;
}

export interface Night extends Snapshot {
  readonly requestCount: number;
}

/** The main job, top to bottom: plan, extract, assemble, judge, publish. */
export async function nightly(station: Station, question: NightQuestion): Promise<Night> {
  const { store, source } = station;
  const { run, receipts } = await readPeriod(station, question);
  const snapshot = await makeSnapshot(station, run, receipts);
  // The snapshot stands: parts that cannot be removed now go with the next run.
  await removeParts(store, run, station.clock.now()).catch(() => undefined);
  return { ...snapshot, requestCount: source.requestCount };
}

/** A period that was read and proven whole, lane by lane; its rows lie in parts. */
interface WholePeriod {
  readonly run: RunPlan;
  readonly receipts: readonly LaneReceipt[];
}

export async function readPeriod(station: Station, question: NightQuestion): Promise<WholePeriod> {
  const { store, report } = station;
  const scope = scopeOf(station.settings, question.period);
  await checkDestination(store, scope);

  const run = question.resume ? await takeUp(station, question) : await begin(station, question);
  report({
    type: 'run-started',
    runId: run.runId,
    organizationId: scope.organizationId,
    environment: scope.environment,
    firstDay: scope.firstDay,
    lastDay: scope.lastDay,
  });
  const rowEstimate = run.lanes.reduce((sum, lane) => sum + lane.rowEstimate, 0);
  report({ type: 'plan-ready', rowEstimate, laneCount: run.lanes.length });

  const receipts = await extractAll(station, run);
  try {
    await proveAll(station, run, receipts);
  } catch (fault) {
    // What was read is no longer what is there: nobody may take it up.
    await removeParts(store, run, station.clock.now());
    throw fault;
  }
  return { run, receipts };
}

/** Every lane's receipt, in the order of the plan; lanes that are whole already are not read. */
async function extractAll(station: Station, run: RunPlan): Promise<readonly LaneReceipt[]> {
  const known = new Map<Lane, LaneReceipt>();
  for (const lane of run.lanes) {
    const receipt = await laneReceipt(station.store, run, lane);
    if (receipt) known.set(lane, receipt);
  }
  if (known.size > 0) {
    const rowCount = [...known.values()].reduce((sum, { proof }) => sum + proof.kept, 0);
    station.report({ type: 'parts-reused', laneCount: known.size, rowCount });
  }

  const limit = pLimit({ concurrency: station.settings.concurrency, rejectOnClear: true });
  const readings = run.lanes.map((lane) =>
    limit(async () => known.get(lane) ?? (await extract(station, run, lane))),
  );
  try {
    return await Promise.all(readings);
  } catch (fault) {
    // The first lane that fails ends the others: what they read stays, as parts.
    limit.clearQueue();
    station.source.stop(fault as Error);
    await Promise.allSettled(readings);
    throw fault;
  }
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

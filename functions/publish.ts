import {
  type LaneReceipt,
  type Latest,
  latestKey,
  MANIFEST_VERSION,
  type Manifest,
  type RunPlan,
} from '../lib/contract.ts';
import { instantText } from '../lib/model/instant.ts';
import { mergeDrift } from '../lib/snapshot/drift.ts';
import { sealManifest } from '../lib/snapshot/manifest.ts';
import type { Store } from '../lib/store/store.ts';
import type { Assembled } from './assemble.ts';
import { markDestination } from './destination.ts';
import { manifestKey } from './published.ts';
import { readSmall } from './small-object.ts';
import type { Station } from './station.ts';
import { VERSION } from './version.ts';

/** The manifest shows the first of them; the count says how many there were. */
const CELL_FAULTS_SHOWN = 1000;

/**
 * Makes a snapshot of files: with its manifest, written last and never replaced, it exists. Only
 * then does `latest.json` move, and only for a whole run newer than the one it names.
 */
export async function publish(
  station: Station,
  run: RunPlan,
  receipts: readonly LaneReceipt[],
  assembled: Assembled,
): Promise<Manifest> {
  const { store, clock, report } = station;
  const { manifest, text } = sealManifest({
    manifestVersion: MANIFEST_VERSION,
    tieoutVersion: VERSION,
    runId: run.runId,
    scope: run.scope,
    period: run.period,
    view: run.view,
    startedAt: run.startedAt,
    finishedAt: instantText(clock.now()),
    predecessor: assembled.predecessor,
    proof: receipts.map(({ proof }) => proof),
    contractDrift: mergeDrift(receipts.map(({ drift }) => drift)),
    cellFaults: receipts.flatMap(({ cellFaults }) => cellFaults).slice(0, CELL_FAULTS_SHOWN),
    cellFaultCount: receipts.reduce((sum, { cellFaultCount }) => sum + cellFaultCount, 0),
    files: assembled.files,
  });
  await markDestination(store, run.scope);
  await store.put(manifestKey(run), text, { onlyNew: true });
  if (run.view === '') await moveLatest(store, run, manifest);
  report({ type: 'published', runId: run.runId, address: assembled.address });
  return manifest;
}

async function moveLatest(store: Store, run: RunPlan, manifest: Manifest): Promise<void> {
  const key = latestKey(run.scope);
  const text = await store.text(key);
  // Run ids are instants: as text they order as they happened.
  if (text !== undefined && readSmall<Latest>(store, key, text).runId >= run.runId) return;
  const latest: Latest = { runId: run.runId, digest: manifest.digest };
  await store.put(key, `${JSON.stringify(latest)}\n`);
}

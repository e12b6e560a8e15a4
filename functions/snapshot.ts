import type { LaneReceipt, Manifest, RunPlan, TotalLine } from '../lib/contract.ts';
import { snapshotPrefix } from '../lib/object-keys.ts';
import type { Store } from '../lib/store/store.ts';
import { assemble } from './assemble.ts';
import { openChain } from './evidence/ground.ts';
import { judgeRun } from './judge-run.ts';
import { judgedFiles, writeJudged } from './judged-files.ts';
import { manifestContent } from './manifest-content.ts';
import { publish } from './publish.ts';
import { assertUnpublished, isPublished } from './published.ts';
import type { Judgement } from './reconcile.ts';
import type { Station } from './station.ts';

export interface Snapshot {
  readonly manifest: Manifest;
  readonly judgement: Judgement;
  /** The lines of control-totals.csv. */
  readonly totals: readonly TotalLine[];
  /** Where the files are: a path or an s3:// address. */
  readonly address: string;
}

/** Assembles, judges and publishes; whatever fails leaves neither files nor a manifest. */
export async function makeSnapshot(
  station: Station,
  run: RunPlan,
  receipts: readonly LaneReceipt[],
): Promise<Snapshot> {
  const { store } = station;
  await assertUnpublished(store, run);
  // A run that was killed here left files, which need not be those that come now.
  await removeFiles(store, run);
  try {
    const chain = await openChain(station, run);
    const { files, predecessor, totals, address } = await assemble(station, run, chain, receipts);
    const content = manifestContent(station, run, receipts, predecessor);
    const judged = await judgeRun(station, run, chain, content, files);
    const { judgement } = judged;
    const prefix = snapshotPrefix(run.scope, run.view, run.runId);
    const found = await writeJudged(store, prefix, judgedFiles(judgement, run.scope));
    const manifest = await publish(station, run, judged.content, [...judged.files, ...found]);
    station.report({ type: 'published', runId: run.runId, address });
    return { manifest, judgement, totals, address };
  } catch (fault) {
    // What cannot be removed must not hide why the run failed.
    if (!(await isPublished(store, run))) await removeFiles(store, run).catch(() => undefined);
    throw fault;
  }
}

async function removeFiles(store: Store, { scope, view, runId }: RunPlan): Promise<void> {
  const keys: string[] = [];
  for await (const { key } of store.list(snapshotPrefix(scope, view, runId))) keys.push(key);
  for (const key of keys) await store.remove(key);
}

import { type LaneReceipt, type RunPlan, snapshotPrefix } from '../lib/contract.ts';
import type { Store } from '../lib/store/store.ts';
import { assemble } from './assemble.ts';
import { publish } from './publish.ts';
import { assertUnpublished, isPublished } from './published.ts';
import type { Station } from './station.ts';

/** Files and the manifest that makes a snapshot of them; whatever fails leaves neither. */
export async function makeSnapshot(
  station: Station,
  run: RunPlan,
  receipts: readonly LaneReceipt[],
) {
  const { store } = station;
  await assertUnpublished(store, run);
  // A run that was killed here left files, which need not be those that come now.
  await removeFiles(store, run);
  try {
    const assembled = await assemble(station, run, receipts);
    return { assembled, manifest: await publish(station, run, receipts, assembled) };
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

import type { Latest, Manifest, RunPlan, SnapshotFile } from '../lib/contract.ts';
import { instantText } from '../lib/model/instant.ts';
import { latestKey } from '../lib/object-keys.ts';
import { sealManifest } from '../lib/snapshot/manifest.ts';
import type { Store } from '../lib/store/store.ts';
import { markDestination } from './destination.ts';
import type { ManifestContent } from './manifest-content.ts';
import { manifestKey } from './published.ts';
import { readSmall } from './small-object.ts';
import type { Station } from './station.ts';

/**
 * Makes a snapshot of files: with its manifest, written last and never replaced, it exists. Only
 * then does `latest.json` move, and only for a whole run newer than the one it names.
 */
export async function publish(
  { store, clock }: Station,
  run: RunPlan,
  content: ManifestContent,
  files: readonly SnapshotFile[],
): Promise<Manifest> {
  const finishedAt = instantText(clock.now());
  const { manifest, text } = sealManifest({ ...content, finishedAt, files });
  await markDestination(store, run.scope);
  await store.put(manifestKey(run), text, { onlyNew: true });
  if (run.view === '') await moveLatest(store, run, manifest);
  return manifest;
}

async function moveLatest(store: Store, run: RunPlan, manifest: Manifest): Promise<void> {
  const key = latestKey(run.scope);
  const latest: Latest = { runId: run.runId, digest: manifest.digest };
  await store.update(key, (text) => {
    // Run ids are instants: as text they order as they happened.
    const isNewest = text === undefined || readSmall<Latest>(store, key, text).runId < run.runId;
    return isNewest ? `${JSON.stringify(latest)}\n` : undefined;
  });
}

import { MANIFEST_NAME, type Manifest } from '../../lib/contract.ts';
import { Fault } from '../../lib/model/fault.ts';
import type { LocalFile } from '../../lib/reconcile/files.ts';
import type { Finding, SnapshotBytes } from '../../lib/snapshot/finding.ts';
import { readManifest } from '../../lib/snapshot/manifest.ts';
import { verifySnapshot } from '../../lib/snapshot/verify.ts';
import { directoryStore } from '../../lib/store/directory.ts';

/** The files of a folder, as a snapshot that nobody has looked at yet. */
export function snapshotAt(folder: string): SnapshotBytes {
  const store = directoryStore(folder);
  return {
    async *list() {
      for await (const { key, byteCount } of store.list('')) yield { name: key, byteCount };
    },
    read: (name) => store.read(name),
  };
}

/** A snapshot that was found whole. */
export interface WholeSnapshot {
  readonly manifest: Manifest;
  readonly files: readonly LocalFile[];
}

/** Faults: `SNAPSHOT_MISSING`, `SNAPSHOT_NEWER`, and `SNAPSHOT_DAMAGED` with the first finding. */
export async function openWhole(folder: string): Promise<WholeSnapshot> {
  const bytes = snapshotAt(folder);
  const findings = await verifySnapshot(bytes);
  if (findings.length > 0) throw damaged(folder, findings);
  const store = directoryStore(folder);
  const manifest = readManifest((await store.text(MANIFEST_NAME))!);
  const files = manifest.files.map(({ name }) => ({ name, path: store.locate(name) }));
  return { manifest, files };
}

export function damaged(folder: string, [first, ...others]: readonly Finding[]): Fault {
  const more = others.length === 0 ? '' : ` (${others.length + 1} findings in all.)`;
  const message = `${folder} contradicts its manifest. ${first!.file}: ${first!.problem}${more}`;
  const remedy = 'Do not use it: restore it from a copy, or run the period again.';
  return new Fault('SNAPSHOT_DAMAGED', message, remedy);
}

import { readFile } from 'node:fs/promises';
import type { Manifest } from '../../lib/contract.ts';
import { Fault } from '../../lib/model/fault.ts';
import { MANIFEST_NAME } from '../../lib/object-keys.ts';
import type { LocalFile } from '../../lib/reconcile/files.ts';
import type { Finding, SnapshotBytes } from '../../lib/snapshot/finding.ts';
import { readManifest } from '../../lib/snapshot/manifest.ts';
import { verifySnapshot } from '../../lib/snapshot/verify.ts';
import { createCopies } from '../copies.ts';
import { openStore } from '../open-store.ts';

/** The files of a folder or of a bucket's, as a snapshot that nobody has looked at yet. */
interface OpenFolder {
  readonly bytes: SnapshotBytes;
  /** Where a file lies on this machine's disk. */
  path(name: string): Promise<string>;
}

/** `scratch` is lent for copies of what lies in a bucket. */
export async function openFolder(folder: string, scratch: string): Promise<OpenFolder> {
  const store = await openStore(folder);
  const copies = createCopies(store, scratch);
  const bytes: SnapshotBytes = {
    async *list() {
      for await (const { key, byteCount } of store.list('')) yield { name: key, byteCount };
    },
    read: copies.read,
  };
  return { bytes, path: copies.path };
}

/** A snapshot that was found whole. */
export interface WholeSnapshot {
  readonly manifest: Manifest;
  readonly files: readonly LocalFile[];
}

/** Faults: `SNAPSHOT_MISSING`, `SNAPSHOT_NEWER`, and `SNAPSHOT_DAMAGED` with the first finding. */
export async function openWhole(folder: string, scratch: string): Promise<WholeSnapshot> {
  const { bytes, path } = await openFolder(folder, scratch);
  const findings = await verifySnapshot(bytes);
  if (findings.length > 0) throw damaged(folder, findings);
  const manifest = readManifest(await readFile(await path(MANIFEST_NAME), 'utf8'));
  const files = manifest.files.map(async ({ name }) => ({ name, path: await path(name) }));
  return { manifest, files: await Promise.all(files) };
}

export function damaged(folder: string, [first, ...others]: readonly Finding[]): Fault {
  const more = others.length === 0 ? '' : ` (${others.length + 1} findings in all.)`;
  const message = `${folder} contradicts its manifest. ${first!.file}: ${first!.problem}${more}`;
  const remedy = 'Do not use it: restore it from a copy, or run the period again.';
  return new Fault('SNAPSHOT_DAMAGED', message, remedy);
}

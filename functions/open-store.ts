import { Fault } from '../lib/model/fault.ts';
import { directoryStore } from '../lib/store/directory.ts';
import type { Store } from '../lib/store/store.ts';

/** What a person named is a bucket, or something in one. */
export function isBucket(address: string): boolean {
  return address.startsWith('s3://');
}

/**
 * The store that a person named: a directory, or `s3://bucket/folder`. The AWS SDK is loaded only
 * for a bucket: it takes longer than all the rest. Fault: `DESTINATION_INVALID`.
 */
export async function openStore(address: string): Promise<Store> {
  if (isBucket(address)) {
    const { s3Store } = await import('../lib/store/s3.ts');
    return s3Store(address);
  }
  assertDirectory(address);
  return directoryStore(address);
}

/** Taken for a directory, `gs://books` would fill a folder of that name on the local disk. */
function assertDirectory(address: string): void {
  if (!/^([a-z][a-z0-9+.-]+:\/\/|s3:)/i.test(address)) return;
  throw new Fault(
    'DESTINATION_INVALID',
    `'${address}' is neither a directory nor a bucket of S3.`,
    'Give a directory, or s3://bucket/folder.',
  );
}

import { unpackedBytes } from '../lib/store/packed-file.ts';
import type { Store } from '../lib/store/store.ts';

/**
 * Objects of a store on this machine's disk. Each is fetched once, so that the bytes that were
 * checked are those that are used.
 */
export interface Copies {
  /** Where an object lies; `SNAPSHOT_DAMAGED` where there is none. */
  path(key: string): Promise<string>;
  read(key: string): AsyncIterable<Uint8Array>;
}

/** `folder` is lent for copies of what lies elsewhere; what was copied must not change meanwhile. */
export function createCopies(
  store: Store,
  folder: string,
  options: { readonly packed?: boolean } = {},
): Copies {
  const paths = new Map<string, Promise<string>>();

  function path(key: string): Promise<string> {
    const known = paths.get(key) ?? store.local(key, folder, options);
    paths.set(key, known);
    return known;
  }

  return {
    path,
    async *read(key) {
      yield* unpackedBytes(await path(key));
    },
  };
}

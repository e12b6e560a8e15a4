import { Fault } from '../lib/model/fault.ts';
import type { Store } from '../lib/store/store.ts';

/** Small objects that are fetched at once: a bucket answers each in tens of milliseconds. */
export const SMALL_ONES_AT_ONCE = 16;

/** Reads one of the small JSON objects that lie beside the snapshots and point at them. */
export function readSmall<T>(store: Store, key: string, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new Fault(
      'DESTINATION_UNREADABLE',
      `'${store.locate(key)}' is no JSON.`,
      'Restore it from a copy, or remove it if nothing else can be had.',
      { cause },
    );
  }
}

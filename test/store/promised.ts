import { expect, test } from 'vitest';
import type { Store } from '../../lib/store/store.ts';

/** The promises that a target may be known not to keep. */
export type Promised =
  | 'one winner of a new key'
  | 'compare and swap'
  | 'neighbours'
  | 'lists in order'
  | 'lists of any length'
  | 'checksums'
  | 'signatures'
  | 'uploads listed';

/** What a target does instead, a sentence each. A gap that is none any more fails its test. */
export type Gaps = { readonly [P in Promised]?: string };

/** A store to be held to its promises, and what is known of it. */
export interface Candidate {
  /** Gives an empty one. */
  makeStore(): Promise<Store>;
  readonly gaps: Gaps;
}

/** Some gaps are races, which now and then end well. */
const GAP_TRIES = 50;

/** A test of a promise, or that the target still does not keep it. */
export function promised(
  { makeStore, gaps }: Candidate,
  promise: Promised,
  title: string,
  keep: (store: Store) => Promise<void>,
): void {
  const gap = gaps[promise];
  if (gap === undefined) test(title, async () => keep(await makeStore()));
  else {
    test(`(not: ${title}. ${gap})`, async () => {
      const keepOften = async () => {
        for (let tries = 0; tries < GAP_TRIES; tries += 1) await keep(await makeStore());
      };
      await expect(keepOften()).rejects.toThrow();
    });
  }
}

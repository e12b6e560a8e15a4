import { expect, test } from 'vitest';
import { listed } from './listed.ts';
import { type Candidate, promised } from './promised.ts';

/** What is found below a prefix. */
export function listingContract(candidate: Candidate): void {
  const { makeStore } = candidate;

  const inOrder = 'the objects below a prefix come in the order of their keys';
  promised(candidate, 'lists in order', inOrder, async (store) => {
    const keys = ['p/a/x', 'p/a-b', 'p/a', 'p/a0', 'p/b/c/d', 'p/B', 'pq/no', 'q'];
    for (const key of keys.filter((key) => key !== 'p/a')) await store.put(key, key);
    const below = ['p/B 3', 'p/a-b 5', 'p/a/x 5', 'p/a0 4', 'p/b/c/d 7'];
    expect(await listed(store, 'p')).toEqual(below);
    expect(await listed(store, 'p/b')).toEqual(['p/b/c/d 7']);
    expect(await listed(store, '')).toEqual([...below, 'pq/no 5', 'q 1']);
  });

  test('a prefix takes whole segments, and nothing lies below an object', async () => {
    const store = await makeStore();
    await store.put('run=1/a', '');
    expect(await listed(store, 'run')).toEqual([]);
    expect(await listed(store, 'run=1/a')).toEqual([]);
    expect(await listed(store, 'elsewhere')).toEqual([]);
  });

  promised(
    candidate,
    'lists of any length',
    'a thousand objects and one are all listed',
    async (store) => {
      const keys = Array.from({ length: 1_001 }, (_, n) => `p/${String(n).padStart(4, '0')}`);
      for (let at = 0; at < keys.length; at += 20) {
        await Promise.all(keys.slice(at, at + 20).map((key) => store.put(key, '')));
      }
      expect(await listed(store, 'p')).toEqual(keys.map((key) => `${key} 0`));
    },
  );
}

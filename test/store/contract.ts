import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Store } from '../../lib/store/store.ts';

/** What a target is known not to do; each names the promise of the contract it cannot keep. */
export interface Gaps {
  /** It lets several writers of one new key win. */
  readonly onlyNewIsIgnored?: boolean;
}

/** The promises of every store, run over each of them. `makeStore` gives an empty one. */
export function storeContract(name: string, makeStore: () => Promise<Store>, gaps: Gaps = {}) {
  describe(`${name} keeps the store's promises:`, () => {
    test('what was put is read back, in any script', async () => {
      const store = await makeStore();
      await store.put('organization=o/a.json', '{"größe":"大"}\n');
      expect(await store.text('organization=o/a.json')).toBe('{"größe":"大"}\n');
      expect(await textOf(store, 'organization=o/a.json')).toBe('{"größe":"大"}\n');
    });

    test('a put replaces what stood there', async () => {
      const store = await makeStore();
      await store.put('a', 'one');
      await store.put('a', 'two');
      expect(await store.text('a')).toBe('two');
    });

    test('what is not there is undefined as a text and a fault as bytes', async () => {
      const store = await makeStore();
      expect(await store.text('folder/nothing')).toBeUndefined();
      await expect(textOf(store, 'folder/nothing')).rejects.toMatchObject({
        code: 'SNAPSHOT_DAMAGED',
        message: expect.stringContaining('nothing'),
      });
    });

    test('an object lies on this disk, byte for byte, where it is asked for', async () => {
      const store = await makeStore();
      const folder = await mkdtemp(join(tmpdir(), 'tieout-local-'));
      await store.put('a/b.csv', 'one\r\n');
      expect(await readFile(await store.local('a/b.csv', folder), 'utf8')).toBe('one\r\n');
      await expect(store.local('a/c.csv', folder)).rejects.toMatchObject({
        code: 'SNAPSHOT_DAMAGED',
      });
      await expect(store.local('a', folder)).rejects.toMatchObject({ code: 'SNAPSHOT_DAMAGED' });
      await rm(folder, { recursive: true });
    });

    test('a folder is no object', async () => {
      const store = await makeStore();
      await store.put('folder/a', '');
      expect(await store.text('folder')).toBeUndefined();
    });

    test('an empty object is an object', async () => {
      const store = await makeStore();
      const draft = await store.draft('empty');
      await draft.publish();
      expect(await store.text('empty')).toBe('');
      expect(await textOf(store, 'empty')).toBe('');
      expect(await listed(store, '')).toEqual(['empty 0']);
    });

    test('nobody sees a draft until it is published', async () => {
      const store = await makeStore();
      const draft = await store.draft('run=1/a.csv');
      await draft.write(Buffer.alloc(300_000, 'x'));
      expect(await store.text('run=1/a.csv')).toBeUndefined();
      expect(await listed(store, '')).toEqual([]);
      await draft.publish();
      expect(await listed(store, '')).toEqual(['run=1/a.csv 300000']);
    });

    test('a draft leaves the object of its key as it was until it is published', async () => {
      const store = await makeStore();
      await store.put('a', 'old');
      const draft = await store.draft('a');
      await draft.write(Buffer.from('new'));
      expect(await store.text('a')).toBe('old');
      await draft.publish();
      expect(await store.text('a')).toBe('new');
    });

    test('a discarded draft leaves nothing, and may be discarded again', async () => {
      const store = await makeStore();
      await store.put('a', 'old');
      const draft = await store.draft('a');
      await draft.write(Buffer.from('new'));
      await draft.discard();
      await draft.discard();
      expect(await store.text('a')).toBe('old');
      expect(await listed(store, '')).toEqual(['a 3']);
    });

    test('a discard after the publishing takes nothing back', async () => {
      const store = await makeStore();
      const draft = await store.draft('a');
      await draft.publish();
      await draft.discard();
      expect(await store.text('a')).toBe('');
    });

    test('pieces of any size keep their order, though the caller writes over them', async () => {
      const store = await makeStore();
      const draft = await store.draft('a');
      const piece = Buffer.alloc(1_500_000);
      let expected = '';
      for (const size of [1, 0, 3, 4, 65_536, 7, 65_535, 2, 1_500_000, 65_537, 10, 300_000, 5]) {
        const letter = 'abcdefghijk'[size % 11]!;
        piece.fill(letter, 0, size);
        await draft.write(piece.subarray(0, size));
        expected += letter.repeat(size);
      }
      await draft.publish();
      const text = await textOf(store, 'a');
      expect(text.length).toBe(expected.length);
      expect(text === expected).toBe(true);
    });

    test('the objects below a prefix come in the order of their keys', async () => {
      const store = await makeStore();
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

    test('a removed object is gone, and removing it again is no error', async () => {
      const store = await makeStore();
      await store.put('run=1/lane/a', '');
      await store.put('run=1/b', '');
      await store.remove('run=1/lane/a');
      await store.remove('run=1/lane/a');
      expect(await store.text('run=1/lane/a')).toBeUndefined();
      expect(await listed(store, '')).toEqual(['run=1/b 0']);
    });

    test('keys can be written while their neighbours are removed', async () => {
      const store = await makeStore();
      const comeAndGo = async (key: string) => {
        for (let round = 0; round < 15; round++) {
          await store.put(key, 'here');
          expect(await store.text(key)).toBe('here');
          await store.remove(key);
        }
      };
      await Promise.all(['a', 'b', 'c', 'd'].map((name) => comeAndGo(`run=1/lane/${name}`)));
      expect(await listed(store, '')).toEqual([]);
    });

    test.each([
      '',
      '/etc/passwd',
      '../outside',
      'a/../../outside',
      'a/./b',
      'a//b',
      'a/',
      'a\\b',
      'a/.hidden',
      'a\nb',
      'a\0b',
      'a\x1b[2Jb',
    ])('%j is no key, for anything', async (key) => {
      const store = await makeStore();
      const refused = expect.objectContaining({ code: 'INTERNAL' });
      await expect(store.draft(key)).rejects.toThrow(refused);
      await expect(store.put(key, '')).rejects.toThrow(refused);
      await expect(store.text(key)).rejects.toThrow(refused);
      await expect(store.remove(key)).rejects.toThrow(refused);
      expect(() => store.read(key)).toThrow(refused);
      expect(() => store.locate(key)).toThrow(refused);
      if (key !== '') expect(() => store.list(key)).toThrow(refused);
    });

    test('ids of every legal character are keys', async () => {
      const store = await makeStore();
      await store.put('organization=@~-.a_Z9/a', 'x');
      expect(await listed(store, '')).toEqual(['organization=@~-.a_Z9/a 1']);
    });

    test('a person is told where an object lies', async () => {
      const store = await makeStore();
      expect(store.locate('a/b=c/d.csv').endsWith('a/b=c/d.csv')).toBe(true);
      expect(store.address).not.toBe('');
    });

    if (gaps.onlyNewIsIgnored) return;

    test('onlyNew never replaces, and leaves what stands there', async () => {
      const store = await makeStore();
      await store.put('manifest.json', 'first', { onlyNew: true });
      await expect(store.put('manifest.json', 'second', { onlyNew: true })).rejects.toMatchObject({
        code: 'SNAPSHOT_EXISTS',
      });
      expect(await store.text('manifest.json')).toBe('first');
      expect(await listed(store, '')).toEqual(['manifest.json 5']);
    });

    test('of ten who write a new key at once, one wins and nine are told', async () => {
      const store = await makeStore();
      const outcomes = await Promise.allSettled(
        Array.from({ length: 10 }, (_, n) =>
          store.put('run=1/manifest.json', `writer ${n}`, { onlyNew: true }),
        ),
      );
      const winners = outcomes.flatMap(({ status }, n) => (status === 'fulfilled' ? [n] : []));
      expect(winners.length).toBe(1);
      expect(await store.text('run=1/manifest.json')).toBe(`writer ${winners[0]}`);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason.code).toBe('SNAPSHOT_EXISTS');
      }
    });
  });
}

async function textOf(store: Store, key: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of store.read(key)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function listed(store: Store, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { key, byteCount } of store.list(prefix)) found.push(`${key} ${byteCount}`);
  return found;
}

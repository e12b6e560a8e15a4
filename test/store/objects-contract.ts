import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unpackedBytes } from '../../lib/store/packed-file.ts';
import type { Store } from '../../lib/store/store.ts';
import { listed } from './listed.ts';
import { type Candidate, promised } from './promised.ts';

/** What becomes of one object, however it is written, read and removed. */
export function objectsContract(candidate: Candidate): void {
  const { makeStore } = candidate;

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
    const packed = unpackedBytes(await store.local('a/b.csv', folder, { packed: true }));
    expect(Buffer.concat(await Array.fromAsync(packed)).toString()).toBe('one\r\n');
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

  test('a draft that was published is neither written nor published again', async () => {
    const store = await makeStore();
    const draft = await store.draft('a');
    await draft.write(Buffer.from('whole'));
    await draft.publish();
    await expect(draft.write(Buffer.from('more'))).rejects.toThrow('A draft was used after');
    await expect(draft.publish()).rejects.toThrow('A draft was used after');
    expect(await store.text('a')).toBe('whole');
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

  test('a removed object is gone, and removing it again is no error', async () => {
    const store = await makeStore();
    await store.put('run=1/lane/a', '');
    await store.put('run=1/b', '');
    await store.remove('run=1/lane/a');
    await store.remove('run=1/lane/a');
    expect(await store.text('run=1/lane/a')).toBeUndefined();
    expect(await listed(store, '')).toEqual(['run=1/b 0']);
  });

  const neighbours = 'keys can be written while their neighbours are removed';
  promised(candidate, 'neighbours', neighbours, async (store) => {
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
    await expect(store.assertWritable(key)).rejects.toThrow(refused);
    await expect(store.update(key, () => '')).rejects.toThrow(refused);
    await expect(store.local(key, tmpdir())).rejects.toThrow(refused);
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

  test('what can be written is told beforehand, and nothing is left of the asking', async () => {
    const store = await makeStore();
    await store.assertWritable('run=1/a');
    expect(await store.text('run=1/a')).toBeUndefined();
    expect(await listed(store, '')).toEqual([]);
  });

  test('an object of many parts is read back byte for byte', async () => {
    const store = await makeStore();
    const bytes = Buffer.alloc(11_000_001);
    for (let at = 0; at < bytes.length; at += 1) bytes[at] = (at * 7 + (at >> 11)) % 251;
    const draft = await store.draft('large');
    for (let at = 0; at < bytes.length; at += 700_000) {
      await draft.write(bytes.subarray(at, at + 700_000));
    }
    expect(await store.text('large')).toBeUndefined();
    await draft.publish();
    const chunks = await Array.fromAsync(store.read('large'));
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    expect(await listed(store, '')).toEqual(['large 11000001']);
  });

  test('a discarded draft of many parts leaves nothing', async () => {
    const store = await makeStore();
    const draft = await store.draft('large');
    await draft.write(Buffer.alloc(12_000_000));
    await draft.discard();
    await draft.discard();
    expect(await listed(store, '')).toEqual([]);
  });
}

async function textOf(store: Store, key: string): Promise<string> {
  const chunks = await Array.fromAsync(store.read(key));
  return Buffer.concat(chunks).toString('utf8');
}

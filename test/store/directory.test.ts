import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { directoryStore } from '../../lib/store/directory.ts';
import { storeContract } from './contract.ts';

const moduleUrl = new URL('../../lib/store/directory.ts', import.meta.url).href;
let scratch: string;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'tieout-store-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

async function freshPath(): Promise<string> {
  return join(await mkdtemp(join(scratch, 'case-')), 'destination');
}

storeContract('a directory', {
  makeStore: async () => directoryStore(await freshPath()),
  gaps: {},
});

/** A process of its own, with `store` at hand. */
function script(path: string, body: string): readonly string[] {
  const source = `
    const { directoryStore } = await import(${JSON.stringify(moduleUrl)});
    const store = directoryStore(${JSON.stringify(path)});
    ${body}`;
  return ['--input-type=module', '--eval', source];
}

describe('a directory', () => {
  test('is made when the first object is written, not before', async () => {
    const path = await freshPath();
    const store = directoryStore(path);
    expect(await store.text('a')).toBeUndefined();
    expect(await Array.fromAsync(store.list(''))).toEqual([]);
    await expect(readdir(path)).rejects.toThrow('ENOENT');
  });

  test('leaves no empty folders behind its objects', async () => {
    const path = await freshPath();
    const store = directoryStore(path);
    await store.put('parts/run=1/lane/a', '');
    await store.remove('parts/run=1/lane/a');
    expect(await readdir(path)).toEqual(['.drafts']);
    const draft = await store.draft('parts/run=2/lane/a');
    await draft.discard();
    expect(await readdir(path)).toEqual(['.drafts']);
  });

  test('keeps no draft and no open file of what it published, discarded or refused', async () => {
    const path = await freshPath();
    const store = directoryStore(path);
    const openBefore = (await readdir('/proc/self/fd')).length;
    for (let n = 0; n < 5; n++) {
      const draft = await store.draft(`run=1/${n}`);
      await draft.write(Buffer.from('x'));
      await (n % 2 === 0 ? draft.publish() : draft.discard());
      await store.put('new', '', { onlyNew: true }).catch(() => {});
    }
    for await (const _first of store.read('run=1/0')) break;
    expect(await readdir(join(path, '.drafts'))).toEqual([]);
    expect((await readdir('/proc/self/fd')).length).toBe(openBefore);
  });

  test('killed in the middle shows nothing of what it was writing', async () => {
    const path = await freshPath();
    await directoryStore(path).put('run=0/a', 'whole');
    const child = spawn(
      process.execPath,
      script(
        path,
        `const draft = await store.draft('run=1/a');
         await draft.write(Buffer.alloc(1_000_000));
         console.log('written');
         setInterval(() => {}, 1000);`,
      ),
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const keys = (await Array.fromAsync(directoryStore(path).list(''))).map(({ key }) => key);
    expect(keys).toEqual(['run=0/a']);
    expect(await readdir(join(path, '.drafts'))).toHaveLength(1);
  });

  test('sweeps drafts that nobody wrote to for a day, and no younger one', async () => {
    const path = await freshPath();
    await directoryStore(path).put('a', '');
    const aDayAgo = Date.now() / 1000 - 24 * 60 * 60;
    for (const [name, seconds] of [
      ['dead', aDayAgo - 60],
      ['alive', aDayAgo + 60],
    ] as const) {
      await writeFile(join(path, '.drafts', name), '');
      await utimes(join(path, '.drafts', name), seconds, seconds);
    }
    await directoryStore(path).put('b', '');
    expect(await readdir(join(path, '.drafts'))).toEqual(['alive']);
  });

  test('waits for whoever writes a small object, and no longer when that one has died', async () => {
    const path = await freshPath();
    const store = directoryStore(path);
    await store.put('latest.json', 'old');
    const dying = script(
      path,
      `await store.update('latest.json', (text) => {
         process.kill(process.pid, 'SIGKILL');
       });`,
    );
    await once(spawn(process.execPath, dying, { stdio: 'inherit' }), 'exit');
    const left = (await readdir(join(path, '.drafts'))).filter((name) => name.startsWith('lock-'));
    expect(left).toHaveLength(1);
    const updates = ['a', 'b', 'c'].map((letter) =>
      store.update('latest.json', (text) => `${text} ${letter}`),
    );
    await Promise.all(updates);
    expect((await store.text('latest.json'))!.split(' ').sort()).toEqual(['a', 'b', 'c', 'old']);
    const locks = (await readdir(join(path, '.drafts'))).filter((name) => name.startsWith('lock-'));
    expect(locks).toEqual([]);
  });

  test('overlooks what desktops hide in folders, and broken links', async () => {
    const path = await freshPath();
    const store = directoryStore(path);
    await store.put('a', '');
    await writeFile(join(path, '.DS_Store'), 'x');
    await symlink(join(path, 'nowhere'), join(path, 'dangling'));
    expect(await Array.fromAsync(store.list(''))).toEqual([{ key: 'a', byteCount: 0 }]);
  });

  test('names an object by its whole path', async () => {
    const path = await freshPath();
    expect(directoryStore(path).locate('a/b')).toBe(join(path, 'a', 'b'));
  });

  test('that is a file is DESTINATION_UNWRITABLE, and the file stays', async () => {
    const path = await freshPath();
    await writeFile(path, 'mine');
    for (const below of [path, join(path, 'deeper')]) {
      const store = directoryStore(below);
      const refused = {
        code: 'DESTINATION_UNWRITABLE',
        message: expect.stringContaining(path),
        remedy: expect.stringContaining('--dest'),
      };
      await expect(store.put('a', '')).rejects.toMatchObject(refused);
      await expect(store.draft('a')).rejects.toMatchObject(refused);
      await expect(store.text('a')).rejects.toMatchObject({ code: 'DESTINATION_UNREADABLE' });
    }
    expect(await readFile(path, 'utf8')).toBe('mine');
  });

  test('with an object where a folder must be is DESTINATION_UNWRITABLE', async () => {
    const store = directoryStore(await freshPath());
    await store.put('a', 'object');
    await expect(store.put('a/b', '')).rejects.toMatchObject({ code: 'DESTINATION_UNWRITABLE' });
    expect(await store.text('a')).toBe('object');
  });

  test('without room is DESTINATION_FULL, and shows nothing of what did not fit', async () => {
    const path = await freshPath();
    const args = script(
      path,
      `await store.put('fits', 'x');
       for (const size of [10_000_000, 60_000]) {
         const draft = await store.draft('run=1/' + size);
         try {
           for (let n = 0; n < 100; n++) await draft.write(Buffer.alloc(size));
           await draft.publish();
         } catch (error) {
           console.log(error.code, error.message.includes('run=1/' + size));
           await draft.discard();
         }
       }`,
    );
    // A file-size limit of 64 blocks stands for a full disk: the write itself is refused.
    const limited = ['-c', 'ulimit -f 64; exec "$0" "$@"', process.execPath, ...args];
    const { stdout } = await promisify(execFile)('sh', limited);
    expect(stdout).toBe('DESTINATION_FULL true\nDESTINATION_FULL true\n');
    const keys = (await Array.fromAsync(directoryStore(path).list(''))).map(({ key }) => key);
    expect(keys).toEqual(['fits']);
    expect(await readdir(join(path, '.drafts'))).toEqual([]);
  });
});

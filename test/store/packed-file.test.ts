import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unpackedBytes, writePacked } from '../../lib/store/packed-file.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tieout-packed-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function* pieces(...buffers: readonly Buffer[]) {
  yield* buffers;
}

/** More than a buffer of any stream on the way, and not the same everywhere. */
const ROWS = Buffer.from(
  Array.from({ length: 100_000 }, (_, n) => `txn_${n},"a\r\nb"\r\n`).join(''),
);

describe('a packed file', () => {
  test.each<readonly [string, readonly Buffer[]]>([
    ['nothing', []],
    ['one byte', [Buffer.from([0xff])]],
    ['many pieces', Array.from({ length: 1_000 }, (_, n) => ROWS.subarray(n, n + 999))],
    ['a large piece', [ROWS]],
  ])('gives back what it was given: %s', async (name, given) => {
    const path = await writePacked(join(folder, name), pieces(...given));
    const read = Buffer.concat(await Array.fromAsync(unpackedBytes(path)));
    expect(read.equals(Buffer.concat(given))).toBe(true);
  });

  test('is told by its name, and smaller', async () => {
    const path = await writePacked(join(folder, 'rows.csv'), pieces(ROWS));
    expect(path).toBe(join(folder, 'rows.csv.zst'));
    expect((await readFile(path)).length).toBeLessThan(ROWS.length / 4);
  });

  test('is not there before it is whole, and its pieces’ fault is told', async () => {
    const fault = new Error('The connection broke.');
    async function* broken() {
      yield ROWS;
      throw fault;
    }
    await expect(writePacked(join(folder, 'broken/rows.csv'), broken())).rejects.toBe(fault);
    expect(await readdir(join(folder, 'broken'))).toEqual([]);
  });

  test('for which there is no room is DESTINATION_FULL, and leaves nothing', async () => {
    const source = `
      import { randomBytes } from 'node:crypto';
      import { writePacked } from ${JSON.stringify(new URL('../../lib/store/packed-file.ts', import.meta.url).href)};
      async function* pieces() {
        for (let n = 0; n < 100; n++) yield randomBytes(10_000);
      }
      await writePacked(${JSON.stringify(join(folder, 'full/rows.csv'))}, pieces()).catch(
        (error) => console.log(error.code, error.message.includes('full/rows.csv')),
      );`;
    // A file-size limit of 64 blocks stands for a full disk: the write itself is refused.
    const args = ['-c', 'ulimit -f 64; exec "$0" "$@"', process.execPath];
    const { stdout } = await promisify(execFile)('sh', [
      ...args,
      '--input-type=module',
      '--eval',
      source,
    ]);
    expect(stdout).toBe('DESTINATION_FULL true\n');
    expect(await readdir(join(folder, 'full'))).toEqual([]);
  });

  test('that is cut is never read to a false end', async () => {
    const path = await writePacked(join(folder, 'cut.csv'), pieces(ROWS));
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, bytes.length - 100));
    await expect(Array.fromAsync(unpackedBytes(path))).rejects.toThrow();
  });
});

describe('a plain file', () => {
  test('is read as it is', async () => {
    await writeFile(join(folder, 'plain.csv'), ROWS);
    const read = Buffer.concat(await Array.fromAsync(unpackedBytes(join(folder, 'plain.csv'))));
    expect(read.equals(ROWS)).toBe(true);
  });

  test('that is not there is a damaged snapshot, packed or not', async () => {
    for (const name of ['none.csv', 'none.csv.zst']) {
      await expect(Array.fromAsync(unpackedBytes(join(folder, name)))).rejects.toMatchObject({
        code: 'SNAPSHOT_DAMAGED',
        message: expect.stringContaining(name),
      });
    }
  });
});

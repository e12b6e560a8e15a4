import { describe, expect, test } from 'vitest';
import { assemble, MAX_FILE_ROWS, type Part } from '../../lib/snapshot/assemble.ts';
import { encodeHeader, encodeRows } from '../../lib/snapshot/encode.ts';
import { createReceipt } from '../../lib/snapshot/receipt.ts';
import { fc } from '../world/properties.ts';
import { memoryFolder, part } from './small-snapshot.ts';

const FORMAT = { delimiter: ',', lineEnd: 'crlf', bom: true } as const;
const HEADER = encodeHeader(['id', 'note'], FORMAT);
const TABLE = 'transactions';

const cells = fc.constantFrom(
  '',
  'plain',
  'größe',
  '"quoted"',
  'two\r\nlines',
  'line\nfeed',
  '"\r\n"',
  ',',
  '""',
);
const rows = fc.array(fc.tuple(fc.constantFrom('a', 'bb'), cells), { maxLength: 25 });

function encoded(some: readonly (readonly string[])[]): Buffer {
  return Buffer.from(encodeRows(some, FORMAT));
}

async function assembled(parts: readonly Part[], maxRows: number) {
  const folder = memoryFolder();
  const { open } = folder;
  const files = await assemble({ table: TABLE, header: HEADER, parts, maxRows, open });
  return { files, folder };
}

describe('a table', () => {
  test('is cut by its rows alone, however its parts and their chunks are cut', async () => {
    const cuts = fc.array(fc.nat({ max: 25 }), { maxLength: 6 });
    const sizes = fc.integer({ min: 1, max: 40 });
    await fc.assert(
      fc.asyncProperty(rows, cuts, sizes, sizes, async (all, cutAt, chunkSize, maxRows) => {
        const borders = [0, ...cutAt.filter((at) => at <= all.length), all.length];
        borders.sort((a, b) => a - b);
        const parts = borders.slice(1).map((to, n) => {
          const piece = all.slice(borders[n], to);
          return part(TABLE, encoded(piece), piece.length, chunkSize);
        });
        const { files, folder } = await assembled(parts, maxRows);

        const fileCount = Math.max(1, Math.ceil(all.length / maxRows));
        expect(files.length).toBe(fileCount);
        for (const [n, file] of files.entries()) {
          const own = all.slice(n * maxRows, (n + 1) * maxRows);
          const bytes = Buffer.concat([HEADER, encoded(own)]);
          const maker = createReceipt();
          maker.add(bytes, own.length);
          const name = n === 0 ? 'transactions.csv' : `transactions-${n + 1}.csv`;
          expect(file).toEqual({ name, table: TABLE, ...maker.receipt() });
          expect(folder.files.get(name)).toEqual(bytes);
        }
        expect(folder.files.size).toBe(fileCount);
      }),
      { numRuns: 300 },
    );
  });

  test('without parts, or without rows, is one file with its header', async () => {
    for (const parts of [[], [part(TABLE, Buffer.alloc(0), 0)]]) {
      const { files, folder } = await assembled(parts, 5);
      expect(files).toMatchObject([{ name: 'transactions.csv', rowCount: 0 }]);
      expect(folder.files.get('transactions.csv')).toEqual(HEADER);
    }
  });

  test('fits a spreadsheet by default', () => {
    expect(MAX_FILE_ROWS).toBeLessThan(1_048_576);
  });
});

describe('a part that contradicts its receipt', () => {
  const good = part(
    TABLE,
    encoded([
      ['a', '1'],
      ['b', '2'],
    ]),
    2,
  );
  const bytes = encoded([
    ['c', '3'],
    ['d', '4'],
  ]);
  const { receipt } = part(TABLE, bytes, 2);
  const bitFlipped = Buffer.from(bytes.map((byte, at) => (at === 2 ? byte ^ 1 : byte)));

  test.each<[string, Part]>([
    ['by a changed byte', { receipt, read: part(TABLE, bitFlipped, 2).read }],
    ['by a missing byte', { receipt, read: part(TABLE, bytes.subarray(1), 2).read }],
    ['by a missing end', { receipt, read: part(TABLE, bytes.subarray(0, -7), 2).read }],
    ['by nothing at all', { receipt, read: part(TABLE, Buffer.alloc(0), 0).read }],
    [
      'by a row too many',
      {
        receipt,
        read: part(
          TABLE,
          encoded([
            ['c', '3'],
            ['d', '4'],
            ['e', '5'],
          ]),
          3,
        ).read,
      },
    ],
  ])('%s is PART_DAMAGED, and nothing is published', async (_how, damaged) => {
    for (const maxRows of [100, 3, 1]) {
      const folder = memoryFolder();
      const { open } = folder;
      const parts = [good, damaged, good];
      const assembling = assemble({ table: TABLE, header: HEADER, parts, maxRows, open });
      await expect(assembling).rejects.toMatchObject({ code: 'PART_DAMAGED' });
      expect(folder.files.size).toBe(0);
      expect(folder.discarded).toEqual(folder.opened);
    }
  });

  test('by its row count alone is found where rows are counted', async () => {
    const lying = { ...part(TABLE, bytes, 2), receipt: { ...receipt, rowCount: 3 } };
    const folder = memoryFolder();
    const { open } = folder;
    const assembling = assemble({ table: TABLE, header: HEADER, parts: [lying], maxRows: 1, open });
    await expect(assembling).rejects.toMatchObject({ code: 'PART_DAMAGED' });
  });

  test('that cannot be read is the reader’s fault, and nothing is published', async () => {
    const folder = memoryFolder();
    const { open } = folder;
    const broken: Part = {
      receipt,
      // biome-ignore lint/correctness/useYield: it fails before the first chunk.
      async *read() {
        throw new Error('the disk is gone');
      },
    };
    const assembling = assemble({ table: TABLE, header: HEADER, parts: [good, broken], open });
    await expect(assembling).rejects.toThrow('the disk is gone');
    expect(folder.files.size).toBe(0);
    expect(folder.discarded).toEqual(['transactions.csv']);
  });
});

import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWhole } from '../../functions/cli/snapshot-folder.ts';
import { type DifferenceLine, openDifference } from '../../lib/reconcile/difference.ts';
import { item, memo, openShelf, payment, type Shelf } from '../functions/shelf.ts';

let shelf: Shelf;

beforeAll(async () => {
  shelf = await openShelf();
});

afterAll(() => shelf.close());

const IDS = Array.from({ length: 23 }, (_, n) => `r${String(n).padStart(2, '0')}`);

/** Every record of the second has another amount, every second memo another line. */
async function differences(batchRows: number): Promise<DifferenceLine[]> {
  const folders = [
    await shelf.snapshot({
      transactions: IDS.map((id) => payment(id)),
      memos: IDS.map((id) => memo(id)),
    }),
    await shelf.snapshot({
      transactions: IDS.map((id, n) => payment(id, { amount: n })),
      memos: IDS.map((id, n) => memo(id, n % 2 === 0 ? { items: [item('a', n)] } : {})),
    }),
  ];
  const [first, second] = await Promise.all(
    folders.map(async (folder) => {
      const { manifest } = await openWhole(folder, folder);
      const files = manifest.files.map((file) => ({ ...file, path: join(folder, file.name) }));
      return { files, scope: manifest.scope };
    }),
  );
  const limits = { memoryLimit: '500MB', spillDirectory: shelf.folder, threadCount: 1 };
  const difference = await openDifference(first!, second!, { ...limits, batchRows });
  try {
    return (await Array.fromAsync(difference.lines())).flat();
  } finally {
    difference.close();
  }
}

test('however few rows are compared at once, the same is found', async () => {
  const whole = await differences(1_000);
  const amounts = whole.filter(({ field }) => field === 'amount');
  expect(amounts.map(({ recordId }) => recordId)).toEqual(IDS);
  expect(whole.filter(({ kind }) => kind === 'only-in-first')).toHaveLength(12);
  for (const batchRows of [1, 4, 23]) expect(await differences(batchRows)).toEqual(whole);
});

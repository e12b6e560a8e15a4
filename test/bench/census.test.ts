import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { census } from './census.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tieout-census-'));
});
afterAll(() => rm(folder, { recursive: true }));

test.each([
  ['every row', ['2025-03-12,txn_a,1', '2025-03-12,txn_b,2'], 2, 2],
  ['rows of a script that knows no business day', [',txn_a,1', ',txn_b,2'], 2, 2],
  ['a doubled row twice, its id once', [',txn_a,1', ',txn_b,2', ',txn_a,1'], 3, 2],
  ['no line of a cell that has several', [',txn_a,"one\r\n  two"'], 1, 1],
  ['no header', [], 0, 0],
])('the census counts %s', async (_title, rows, rowCount, distinctCount) => {
  const file = join(folder, 'transactions.csv');
  await writeFile(file, ['\uFEFFbusinessDate,id,amount', ...rows, ''].join('\r\n'));
  expect(await census([file])).toEqual({ rowCount, distinctCount });
});

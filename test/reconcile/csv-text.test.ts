import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scope } from '../../lib/contract.ts';
import { readCsv } from '../../lib/reconcile/csv-text.ts';
import { type Database, openDuckdb } from '../../lib/reconcile/duckdb.ts';
import { encodeHeader, encodeRows } from '../../lib/snapshot/encode.ts';
import { unpackedBytes, writePacked } from '../../lib/store/packed-file.ts';

let folder: string;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tieout-csv-'));
  const spillDirectory = join(folder, 'spill');
  database = await openDuckdb({ memoryLimit: '500MB', spillDirectory, threadCount: 2 });
});
afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true });
});

const COLUMNS = ['id', 'text', 'place'];
const TEXTS = ['', 'plain', 'a\r\nb', '\n\n', '"', '"",\r\n"', 'größe\u2028大', ',;\t', '\r', ' '];

/** Some megabytes: DuckDB reads a plain file of this size in pieces, side by side. */
const ROW_COUNT = 100_000;

test.each<Scope['csv']>([
  { delimiter: ',', lineEnd: 'crlf', bom: true },
  { delimiter: ';', lineEnd: 'lf', bom: false },
])('packed files hold the rows of plain ones, line breaks and all: %j', async (csv) => {
  const plain: string[] = [];
  const packed: string[] = [];
  for (const place of ['first', 'second']) {
    const path = join(folder, `${place} ${csv.lineEnd}.csv`);
    const rows = Array.from({ length: ROW_COUNT }, (_, n) => [
      `txn_${n}`,
      // Every text meets every border of a buffer sooner or later.
      `${TEXTS[n % 10]}${TEXTS[Math.floor(n / 10) % 10]}${'x'.repeat(n % 83)}`,
      place,
    ]);
    await writeFile(path, [encodeHeader(COLUMNS, csv), encodeRows(rows, csv)]);
    plain.push(path);
    packed.push(await writePacked(path, unpackedBytes(path)));
  }
  const sums = COLUMNS.map((name) => `sum(hash("${name}"))::VARCHAR AS "${name}"`);
  const ask = (paths: readonly string[]) =>
    database.ask(
      `SELECT count(*)::VARCHAR AS rowCount, ${sums}, bit_xor(hash(id, text, place))::VARCHAR AS rows
       FROM ${readCsv(paths, COLUMNS, csv)}`,
    );
  const answer = await ask(packed);
  expect(answer).toEqual(await ask(plain));
  expect(answer).toMatchObject([{ rowCount: `${2 * ROW_COUNT}` }]);
});

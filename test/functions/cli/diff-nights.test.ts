import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '../../../lib/config.ts';
import type { Instant } from '../../../lib/model/instant.ts';
import { createWorld } from '../../../lib/simulator/world.ts';
import { typed } from '../../world/command-line.ts';
import { type Books, type CsvRow, openBooks, rowsOf } from '../books.ts';

const DAY = '2026-03-02';

/** What comes with any change, and is none. */
const SILENT = ['updatedTime', 'revision'];

let early: Books;
let late: Books;
let first: string;
let second: string;
/** The lines of the CSV file that tells what became of the first in the second. */
let differences: CsvRow[];

/** The same organization, as it looks that day. */
function openOn(day: string): Promise<Books> {
  const world = createWorld({
    start: Date.UTC(2026, 2, 1) as Instant,
    dayCount: 3,
    transactionCount: 900,
    creditMemoCount: 120,
  });
  return openBooks({ world, asOf: Date.parse(day) as Instant });
}

async function nightOf(books: Books, config: Partial<Config> = {}): Promise<string> {
  return (await books.night('snapshots', { from: DAY, config })).address;
}

beforeAll(async () => {
  [early, late] = [await openOn('2026-03-03T06:00:00Z'), await openOn('2026-03-20')];
  [first, second] = [await nightOf(early), await nightOf(late)];
  const out = late.at('changes.csv');
  expect(await typed(['diff', first, second, '--out', out])).toMatchObject({ exitCode: 0 });
  differences = await rowsOf(late.folder, 'changes.csv');
});

afterAll(() => Promise.all([early.close(), late.close()]));

describe('the first snapshot, with what differs put into it, is the second', () => {
  /** Rows by what lines call them; fields that are no change are left out. */
  function named(rows: readonly CsvRow[], nameOf: (row: CsvRow) => string): Map<string, CsvRow> {
    return new Map(
      rows.map((row) => [
        nameOf(row),
        Object.fromEntries(Object.entries(row).filter(([name]) => !SILENT.includes(name))),
      ]),
    );
  }

  test.each<[string, number, (row: CsvRow) => string]>([
    ['transactions', 100, ({ id }) => `${id} `],
    ['credit-memos', 5, ({ id }) => `${id} `],
    ['credit-memo-items', 0, ({ creditMemoId, position }) => `${creditMemoId} ${position}`],
  ])('%s', async (table, fewest, nameOf) => {
    const rows = named(await rowsOf(first, `${table}.csv`), nameOf);
    const own = differences.filter(({ collection }) => collection === table);
    expect(own.length).toBeGreaterThanOrEqual(fewest);
    for (const { recordId, line, field = '', old, new: now = '' } of own) {
      const name = `${recordId} ${line}`;
      const row = rows.get(name)!;
      expect(row[field]).toBe(old);
      rows.set(name, { ...row, [field]: now });
    }
    expect(rows).toEqual(named(await rowsOf(second, `${table}.csv`), nameOf));
  });

  test('and allocations, which only come to be', async () => {
    const rowsIn = async (snapshot: string) =>
      (await rowsOf(snapshot, 'credit-memo-allocations.csv')).map(
        ({ creditMemoId, target, transactionId, invoiceId, amount }) =>
          `${creditMemoId} ${target} ${transactionId || invoiceId} ${amount}`,
      );
    const added = differences
      .filter(({ collection }) => collection === 'credit-memo-allocations')
      .map(({ recordId, line, new: amount }) => `${recordId} ${line} ${amount}`);
    expect(added.length).toBeGreaterThan(0);
    expect([...(await rowsIn(first)), ...added].sort()).toEqual((await rowsIn(second)).sort());
  });
});

test('lines stand by day, table and record', () => {
  const places = differences.map(({ businessDate, collection, recordId }) =>
    [businessDate, collection, recordId].join(' '),
  );
  expect(places).toEqual(places.toSorted());
});

test('there and back the effects are each other’s opposites', async () => {
  const effects = async (...folders: string[]) => {
    const { stdout } = await typed(['diff', ...folders, '--json']);
    const { money }: { money: { currency: string; effect: string }[] } = JSON.parse(stdout);
    return money.map(({ currency, effect }) => [currency, Number(effect)] as const);
  };
  const there = await effects(first, second);
  expect(there.some(([, effect]) => effect !== 0)).toBe(true);
  const back = there.map(([currency, effect]) => [currency, effect === 0 ? 0 : -effect]);
  expect(await effects(second, first)).toEqual(back);
});

test('the CSV format of either makes no difference, nor do columns that one lacks', async () => {
  const csv = { delimiter: ';', lineEnd: 'lf', bom: false } as const;
  const columns = { add: ['billingAddress.country'] };
  const other = await nightOf(late, { csv, columns });
  const same = await typed(['diff', second, other]);
  expect(same.stdout).toMatch(/^Nothing differs .*\(not compared: billingAddress\.country\)\.\n$/);
  for (const [folders, format] of [
    [[first, other], csv],
    [[other, first], { delimiter: ',', lineEnd: 'crlf', bom: true }],
  ] as const) {
    const out = late.at('formatted.csv');
    const { stdout } = await typed(['diff', ...folders, '--out', out]);
    expect(stdout).toContain('Only one of them has billingAddress.country: not compared.');
    const text = await readFile(out, 'utf8');
    const { delimiter, bom } = format;
    expect(text.startsWith('\ufeff')).toBe(bom);
    expect(parse(text, { bom: true, columns: true, delimiter })).toHaveLength(differences.length);
  }
});

test('a day and a range that holds it are not of the same rows', async () => {
  const range = await late.night('snapshots', { from: '2026-03-01', to: DAY });
  const { exitCode, stderr } = await typed(['diff', second, range.address]);
  expect(stderr).toMatch(/^SNAPSHOTS_INCOMPARABLE: .* has the first day '2026-03-02', and /);
  expect(exitCode).toBe(2);
});

test('every row of the four tables takes part, once', async () => {
  const { stdout } = await typed(['diff', second, second, '--json']);
  const { counts }: { counts: { table: string; inBoth: number }[] } = JSON.parse(stdout);
  const names = ['transactions', 'credit-memos', 'credit-memo-items', 'credit-memo-allocations'];
  expect(counts.map(({ table }) => table)).toEqual(names);
  for (const { table, inBoth } of counts) {
    expect(inBoth).toBe((await rowsOf(second, `${table}.csv`)).length);
  }
});

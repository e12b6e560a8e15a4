import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayBounds, type LocalDay, timeZone } from '../../lib/calendar/business-day.ts';
import { CONTRACTS } from '../../lib/columns/tables.ts';
import type { Instant } from '../../lib/model/instant.ts';
import type { Json, JsonObject, TableName } from '../../lib/model/records.ts';
import type { Table, World } from '../../lib/simulator/table.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { type Books, type CsvRow, clockAt, openBooks, rowsOf, UNJUDGED } from './books.ts';

const VIENNA = timeZone('Europe/Vienna');
const HOUR_MS = 3_600_000;
const TABLES = [
  'transactions',
  'credit-memos',
  'credit-memo-items',
  'credit-memo-allocations',
] as const;

describe.each([
  ['of 23 hours', '2026-03-29', 23, ['2026-03-28', '2026-03-29', '2026-03-30']],
  ['of 25 hours', '2026-10-25', 25, ['2026-10-24', '2026-10-25', '2026-10-26']],
])('a business day %s', (_title, day, hours, days) => {
  const start = (Date.parse(day) - 36 * HOUR_MS) as Instant;
  const asOf = (Date.parse(day) + 20 * 24 * HOUR_MS) as Instant;
  const clock = clockAt(new Date(asOf).toISOString());
  let world: World;
  let books: Books;
  let snapshot: string;

  beforeAll(async () => {
    // More than a page right where the day's lanes meet, and rows right where the next day begins.
    const { start: from, end } = dayBounds(day as LocalDay, VIENNA);
    const middle = ((from + end) / 2) as Instant;
    world = createWorld({
      start,
      dayCount: 4,
      transactionCount: 6_000,
      creditMemoCount: 700,
      fractions: true,
      denseSecond: { at: middle, rowCount: 1_050 },
      denseMemoSecond: { at: end, rowCount: 30 },
    });
    const config = { ...UNJUDGED, timezone: VIENNA, laneRows: 2_000, concurrency: 3 };
    books = await openBooks({ world, asOf, config, nastiness: { shuffleTies: true } });
    snapshot = (await books.night('one', { from: day, clock })).address;
  });

  afterAll(() => books.close());

  test(`has ${hours} hours`, () => {
    const bounds = dayBounds(day as LocalDay, VIENNA);
    expect(bounds.end - bounds.start).toBe(hours * HOUR_MS);
  });

  test.each(TABLES)('holds every row of %s once, as the API shows it', async (table) => {
    const expected = recordsOf(world, table, day, asOf);
    const rows = await rowsOf(snapshot, `${table}.csv`);
    expect(expected.length).toBeGreaterThan(10);
    expect(rows.map(nameOf)).toEqual(expected.map(nameOf));
    const wrong = rows.flatMap((row, at) => differences(table, row, expected[at]!));
    expect(wrong).toEqual([]);
  });

  test('holds rows of that day alone, in order', async () => {
    const rows = await rowsOf(snapshot, 'transactions.csv');
    expect(new Set(rows.map(({ businessDate }) => businessDate))).toEqual(new Set([day]));
    const places = rows.map(({ createdTime, id }) => [Date.parse(createdTime!), id!] as const);
    const sorted = places.toSorted((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1));
    expect(places).toEqual(sorted);
  });

  test('is a part of the range around it: rows follow each other, totals add up', async () => {
    const range = await books.night('range', { from: days[0]!, to: days[2]!, clock });
    const alone: string[] = [];
    for (const one of days) {
      alone.push((await books.night(`alone-${one}`, { from: one, clock })).address);
    }
    for (const table of TABLES) {
      const rows = await Promise.all(alone.map((address) => rowsOf(address, `${table}.csv`)));
      expect(await rowsOf(range.address, `${table}.csv`)).toEqual(rows.flat());
    }
    const totals = await Promise.all(alone.map((address) => totalsOf([address])));
    expect(totals.every((lines) => lines.size > 50)).toBe(true);
    expect(await totalsOf([range.address])).toEqual(await totalsOf(alone));
  });
});

/** Allocations have no id of their own. */
function nameOf(row: JsonObject | CsvRow): string {
  return `${row['creditMemoId'] ?? ''} ${row['id'] ?? ''}`;
}

/** The records behind a table, of the rows created on the day, in the order of the files. */
function recordsOf(world: World, table: TableName, day: string, asOf: Instant): JsonObject[] {
  const rows = rowsOn(table === 'transactions' ? world.transactions : world.creditMemos, day, asOf);
  const linesOf = (memo: JsonObject, list: Json | undefined, added: JsonObject = {}) =>
    (list as JsonObject[]).map((line) => ({ ...line, creditMemoId: memo['id']!, ...added }));
  if (table === 'credit-memo-items') return rows.flatMap((memo) => linesOf(memo, memo['items']));
  if (table !== 'credit-memo-allocations') return rows;
  return rows.flatMap((memo) => {
    const { transactions, invoices } = memo['allocations'] as JsonObject;
    return [
      ...linesOf(memo, transactions, { target: 'transaction' }),
      ...linesOf(memo, invoices, { target: 'invoice' }),
    ];
  });
}

function rowsOn(table: Table, day: string, asOf: Instant): JsonObject[] {
  const { start, end } = dayBounds(day as LocalDay, VIENNA);
  return Array.from({ length: table.count }, (_, index) => index)
    .filter((index) => table.createdAt(index) >= start && table.createdAt(index) < end)
    .map((index) => ({ at: table.createdAt(index), row: table.row(index, asOf) }))
    .sort((a, b) => a.at - b.at || (String(a.row['id']) < String(b.row['id']) ? -1 : 1))
    .map(({ row }) => row);
}

/** Cells that are not what the record says, read in the plainest way there is. */
function differences(table: TableName, row: CsvRow, record: JsonObject): string[] {
  const ours = ['businessDate', 'position', 'currency'];
  return CONTRACTS[table].columns
    .filter(({ name, personal }) => !personal && !ours.includes(name))
    .filter(({ name }) => !isSaid(row[name], valueAt(record, name)))
    .map(({ name }) => `${record['id']} ${name}: '${row[name]}'`);
}

function valueAt(record: JsonObject, path: string): Json | undefined {
  const step = (value: Json | undefined, name: string) => (value as JsonObject | null)?.[name];
  return path.split('.').reduce<Json | undefined>(step, record);
}

function isSaid(cell: string | undefined, value: Json | undefined): boolean {
  if (value === undefined || value === null) return cell === '';
  if (typeof value === 'number') return cell !== '' && Number(cell) === value;
  if (Array.isArray(value))
    return value.every((part) => typeof part !== 'string') || cell === value.join(' ');
  if (typeof value === 'object') return cell !== '';
  return cell === String(value);
}

const BALANCES = ['brought-forward', 'carried-forward'];
const DIGITS = 6;

/** The additive lines of some snapshots' control totals, added up in plain integers. */
async function totalsOf(snapshots: readonly string[]): Promise<Map<string, bigint[]>> {
  const sums = new Map<string, bigint[]>();
  for (const snapshot of snapshots) {
    for (const row of await rowsOf(snapshot, 'control-totals.csv')) {
      if (BALANCES.includes(row['measure']!)) continue;
      const { count, amount, reportAmount, ...key } = row;
      const name = Object.values(key).join('|');
      const known = sums.get(name) ?? [0n, 0n, 0n];
      const figures = [count!, amount!, reportAmount!].map(microUnits);
      sums.set(
        name,
        known.map((figure, at) => figure + figures[at]!),
      );
    }
  }
  return sums;
}

function microUnits(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(DIGITS, '0'));
}

import { describe, expect, test } from 'vitest';
import type { Instant } from '../../lib/model/instant.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { fc } from '../world/properties.ts';
import { day, type Row, START, seenAt } from './seen.ts';

const SHAPES = ['even', 'lively'] as const;
const small = { start: START, transactionCount: 1500 } as const;
const denseSecond = { at: day(3), rowCount: 400 } as const;

/** Every kind of world there is. */
const WORLDS = [
  { name: 'even', options: { ...small, shape: 'even' } },
  { name: 'lively', options: { ...small, shape: 'lively' } },
  { name: 'odd', options: { ...small, oddities: true, fractions: true } },
  { name: 'dense', options: { ...small, denseSecond, denseMemoSecond: denseSecond } },
  { name: 'uniform', options: { ...small, denseSecond: { ...denseSecond, sameAmount: true } } },
  { name: 'tiny', options: { start: START, transactionCount: 13, creditMemoCount: 5 } },
  { name: 'all memos', options: { start: START, transactionCount: 20, creditMemoCount: 90 } },
] as const;

describe.each(WORLDS)('the $name world', ({ options }) => {
  const world = createWorld(options);
  const tables = [world.transactions, world.creditMemos];

  test('is the same whenever it is made', () => {
    const again = createWorld(options);
    for (const [at, table] of tables.entries()) {
      const other = [again.transactions, again.creditMemos][at]!;
      for (let index = table.count - 1; index >= 0; index -= 7) {
        expect(other.text(index, day(20))).toBe(table.text(index, day(20)));
      }
    }
  });

  test('shows as a row what it writes as text', () => {
    for (const table of tables) {
      for (let index = 0; index < table.count; index += 7) {
        expect(table.row(index, day(40))).toEqual(JSON.parse(table.text(index, day(40))));
      }
    }
  });

  test('gives every row an id of its own that leads back to it', () => {
    for (const table of tables) {
      const ids = new Set<string>();
      for (let index = 0; index < table.count; index++) {
        const { id } = table.row(index, day(40));
        ids.add(id as string);
        expect(table.indexOf(id as string)).toBe(index);
      }
      expect(ids.size).toBe(table.count);
    }
  });

  test('creates rows in order, and finds the first one of any instant', () => {
    for (const table of tables) {
      for (let index = 1; index < table.count; index++) {
        expect(table.createdAt(index)).toBeGreaterThanOrEqual(table.createdAt(index - 1));
      }
      for (let index = 0; index < table.count; index += 3) {
        const first = table.firstAt(table.createdAt(index));
        expect(table.createdAt(first)).toBe(table.createdAt(index));
        expect(first === 0 || table.createdAt(first - 1) < table.createdAt(index)).toBe(true);
      }
      expect(table.firstAt(START)).toBe(0);
      expect(table.firstAt(day(1000))).toBe(table.count);
    }
  });

  test('writes the createdTime it is ordered by', () => {
    for (const table of tables) {
      for (let index = 0; index < table.count; index++) {
        const { createdTime } = table.row(index, day(40));
        if (Date.parse(createdTime as string) !== Math.floor(table.createdAt(index))) {
          expect.fail(`${createdTime} is not ${table.createdAt(index)}.`);
        }
      }
    }
  });

  test('changes a row only together with its revision and updatedTime', () => {
    for (const table of tables) {
      for (let index = 0; index < table.count; index += 23) {
        let text = table.text(index, table.createdAt(index));
        for (let hours = 1; hours < 24 * 70; hours += 11) {
          const asOf = (table.createdAt(index) + hours * 3_600_000) as Instant;
          const later = table.text(index, asOf);
          if (later === text) continue;
          const [before, after] = [text, later].map((one) => JSON.parse(one) as Row);
          expect(after!['createdTime']).toEqual(before!['createdTime']);
          const updatedAt = Date.parse(after!['updatedTime']);
          expect(updatedAt).toBeGreaterThanOrEqual(Date.parse(before!['updatedTime']));
          expect(updatedAt).toBeLessThanOrEqual(asOf);
          expect(after!['revision']).toBeGreaterThan(before!['revision']);
          text = later;
        }
      }
    }
  });
});

test('another seed makes other rows', () => {
  const [one, two] = [1, 2].map((seed) => createWorld({ ...small, seed }).transactions);
  const same = Array.from({ length: 200 }, (_, index) => index).filter(
    (index) => one!.text(index, day(40)) === two!.text(index, day(40)),
  );
  expect(same).toEqual([]);
});

test.each(SHAPES)('ids of an %s world do not sort by time', (shape) => {
  const rows = seenAt(createWorld({ ...small, shape }).transactions, day(40));
  const rising = rows.filter((row, index) => index > 0 && row['id'] > rows[index - 1]!['id']);
  expect(rising.length).toBeGreaterThan(rows.length * 0.4);
  expect(rising.length).toBeLessThan(rows.length * 0.6);
});

test('texts that are no id of this world lead to no row', () => {
  const { transactions } = createWorld({ ...small, oddities: true });
  const other = createWorld({ ...small, seed: 9 }).transactions.row(5, day(9));
  for (const id of ['', 'txn_', 'txn_0Y', '@order-5', 'order..0x5', '-1e3', `${other['id']}`]) {
    expect(transactions.indexOf(id)).toBeUndefined();
  }
});

test('a dense second holds its rows besides the others', () => {
  const { transactions } = createWorld({ ...small, denseSecond });
  expect(transactions.count).toBe(1900);
  const inside = transactions.firstAt((day(3) + 1000) as Instant) - transactions.firstAt(day(3));
  expect(inside).toBeGreaterThanOrEqual(400);
});

test('a dense second of one amount differs in its customers only', () => {
  const { transactions } = createWorld({
    ...small,
    denseSecond: { ...denseSecond, sameAmount: true },
  });
  const from = transactions.firstAt(day(3));
  const rows = seenAt(transactions, day(40)).slice(from + 1, from + 400);
  expect(
    new Set(rows.map(({ amount, currency, type }) => `${amount} ${currency} ${type}`)).size,
  ).toBe(1);
  expect(new Set(rows.map(({ customerId }) => customerId)).size).toBeGreaterThan(100);
});

test('nights of a lively world are quiet', () => {
  const { transactions } = createWorld({ ...small, transactionCount: 20_000, shape: 'lively' });
  const rowsOfHour = (hour: number) =>
    transactions.firstAt((day(8) + (hour + 1) * 3_600_000) as Instant) -
    transactions.firstAt((day(8) + hour * 3_600_000) as Instant);
  expect(rowsOfHour(20)).toBeGreaterThan(20 * rowsOfHour(3));
});

test('ten million rows are asked for at the price of one', () => {
  const { transactions } = createWorld({
    start: START,
    transactionCount: 10_000_000,
    shape: 'even',
  });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9_999_999 }), (index) => {
      const row = transactions.row(index, day(40));
      expect(transactions.indexOf(row['id'] as string)).toBe(index);
    }),
    { numRuns: 200 },
  );
});

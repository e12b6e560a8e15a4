import { describe, expect, onTestFinished, test } from 'vitest';
import type { Instant } from '../../lib/model/instant.ts';
import { RULES_ACROSS_NIGHTS } from '../../lib/simulator/planted/roster.ts';
import { plantFaults } from '../../lib/simulator/planter.ts';
import { startSimulator } from '../../lib/simulator/server.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { booksAt, isMoneyIn } from './judge/books.ts';
import { findingsIn, promisedBy } from './judge/judge.ts';
import { changesBetween } from './judge/nights.ts';
import { day, type Row, START } from './seen.ts';
import { clockAt, KEY } from './served.ts';

const clean = createWorld({ start: START, transactionCount: 6_000, creditMemoCount: 900 });
const period = { start: day(8), end: day(9) };
const CHANGES = RULES_ACROSS_NIGHTS.filter((rule) => rule !== 'volume-outlier');
const changing = plantFaults(clean, { seed: 3, rules: CHANGES, perRule: 3, day: period });

/** A quarter past six in the morning, so many nights after the day. */
const night = (number: number) => (period.end + number * 86_400_000 + 22_500_000) as Instant;

describe('a world whose published records change', () => {
  test.each([0, 1, 2, 3, 9])('shows in the night %i after what its labels say', (number) => {
    const nights = [night(number), night(number + 1)] as const;
    const happened = changing.labels.filter(
      ({ since }) => nights[0] < since! && since! <= nights[1],
    );
    expect(changesBetween(changing.world, period, nights)).toEqual(promisedBy(happened));
  });

  test('plays every change in the thirty-six hours and the day after', () => {
    expect(changing.labels).toHaveLength(3 * CHANGES.length);
    for (const { rule, since } of changing.labels) {
      expect(since).toBe(period.end + (rule === 'appeared' ? 60 : 36) * 3_600_000);
    }
  });

  test('has nothing wrong for who looks only once', () => {
    for (const number of [0, 2, 21]) {
      expect(findingsIn(booksAt(changing.world, night(number)))).toEqual([]);
    }
  });

  test('serves only what it shows: its counts and its single records agree', async () => {
    const label = changing.labels.find(({ rule }) => rule === 'vanished')!;
    for (const [asOf, status] of [
      [night(1), 200],
      [night(2), 404],
    ] as const) {
      const world = changing.world;
      const simulator = await startSimulator({ world, apiKey: KEY, clock: clockAt(asOf) });
      onTestFinished(() => simulator.close());
      const ask = (path: string) =>
        fetch(`${simulator.baseUrl}/organizations/${world.organizationId}/transactions${path}`, {
          headers: { 'REB-APIKEY': KEY },
        });
      const bounds = [period.start, period.end - 1].map((at) => new Date(at).toISOString());
      const filter = encodeURIComponent(`createdTime:${bounds.join('..')}`);
      const page = await ask(`?limit=1000&sort=createdTime&filter=${filter}`);
      const shown = booksAt(world, asOf).rows.filter(
        (row) => row['createdTime'] >= bounds[0]! && row['createdTime'] <= bounds[1]!,
      );
      expect(page.headers.get('Pagination-Total')).toBe(`${shown.length}`);
      expect(await page.json()).toEqual(shown);
      expect((await ask(`/${label.recordId}`)).status).toBe(status);
    }
  });
});

test('what vanished from a world is still gone when more is planted into it', () => {
  const rules = ['vanished', 'appeared'];
  const first = plantFaults(clean, { seed: 1, rules, perRule: 2, day: period });
  const next = { start: day(10), end: day(11) };
  const second = plantFaults(first.world, { seed: 2, rules, perRule: 2, day: next });
  const bare = plantFaults(second.world, { seed: 3, rules: ['unsettled'], perRule: 1, day: next });
  for (const { transactions } of [second.world, bare.world]) {
    const gone = [...first.labels, ...second.labels]
      .filter(({ rule, collection }) => rule === 'vanished' && collection === 'transactions')
      .map(({ recordId }) => transactions.indexOf(recordId)!);
    expect(transactions.missingAt?.(day(28))).toEqual(gone.sort((a, b) => a - b));
  }
});

/** Mondays. On the earlier one many payments were refunded by way of a credit memo. */
const MONDAYS = [0, 7, 14, 21];

describe.each([0, 7])('a day with hardly any money in, day %i', (number) => {
  const rules = ['volume-outlier', 'duplicate-charge', 'memo-unused'];
  const outlier = { start: day(number), end: day(number + 1) };
  const { world, labels } = plantFaults(clean, { seed: 3, rules, perRule: 2, day: outlier });
  const books = booksAt(world, day(30));

  test('has fewer than a fifth of the payments of other such days', () => {
    const countOf = (monday: number) => {
      const [from, to] = [day(monday), day(monday + 1)].map((at) => new Date(at).toISOString());
      const isOfDay = (row: Row) => row['createdTime'] >= from! && row['createdTime'] < to!;
      return books.rows.filter((row) => isOfDay(row) && isMoneyIn(books, row)).length;
    };
    const others = MONDAYS.filter((monday) => monday !== number).map(countOf);
    expect(Math.min(...others)).toBeGreaterThan(60);
    expect(countOf(number) * 5).toBeLessThan(Math.min(...others));
  });

  test('is labelled once, by its date', () => {
    const outliers = labels.filter(({ rule }) => rule === 'volume-outlier');
    const date = new Date(outlier.start).toISOString().slice(0, 10);
    expect(promisedBy(outliers)).toEqual([`volume-outlier days ${date}`]);
  });

  test('leaves no widows or orphans, and all that was planted beside it', () => {
    const others = labels.filter(({ rule }) => rule !== 'volume-outlier');
    expect(findingsIn(books)).toEqual(promisedBy(others));
  });
});

test('a day whose payments other faults need is not emptied', () => {
  const rules = ['volume-outlier', 'unsettled', 'amount-adjusted'];
  expect(() => plantFaults(clean, { seed: 3, rules, perRule: 25, day: period })).toThrow(
    '50 of the day',
  );
});

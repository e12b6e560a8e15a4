import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Instant } from '../../lib/model/instant.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { tieout } from '../world/command-line.ts';
import { type Books, digestsOf, ENV, openBooks, UNJUDGED } from './books.ts';

const START = Date.UTC(2026, 2, 1) as Instant;
const DAY = '2026-03-04';
const TABLES = [
  'control-totals.csv',
  'credit-memo-allocations.csv',
  'credit-memo-items.csv',
  'credit-memos.csv',
  'transactions.csv',
];

let books: Books;
let expected: Record<string, string>;

beforeAll(async () => {
  const world = createWorld({
    start: START,
    dayCount: 6,
    transactionCount: 42_000,
    fractions: true,
    oddities: true,
  });
  const asOf = Date.UTC(2026, 2, 20) as Instant;
  const nastiness = { shuffleTies: true };
  const config = { ...UNJUDGED, timezone: 'America/New_York' };
  books = await openBooks({ world, asOf, nastiness, config });
  const { address, manifest } = await books.night('first', { from: DAY });
  expect(manifest.proof.length).toBeGreaterThan(2);
  expected = await digestsOf(address);
  expect(Object.keys(expected)).toEqual(expect.arrayContaining(TABLES));
});

afterAll(() => books.close());

describe('the same data gives the same bytes', () => {
  test.each([
    [1, 50_000],
    [1, 1],
    [4, 3_000],
    [8, 2_000],
  ])('read by %i at once, in lanes of %i rows', async (concurrency, laneRows) => {
    const config = { concurrency, laneRows };
    const { address } = await books.night(`lanes-${concurrency}-${laneRows}`, {
      from: DAY,
      config,
    });
    expect(await digestsOf(address)).toEqual(expected);
  });

  test.each(['UTC', 'Asia/Kolkata', 'America/St_Johns'])('with TZ=%s', async (zone) => {
    const args = ['run', ...books.flags(zone), '--date', DAY, '--json', '--quiet'];
    const { stdout, stderr } = await tieout(args, { env: { ...ENV, TZ: zone } });
    expect(stderr).toBe('');
    expect(await digestsOf(JSON.parse(stdout).address)).toEqual(expected);
  });
});

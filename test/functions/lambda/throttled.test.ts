import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Instant } from '../../../lib/model/instant.ts';
import { createWorld } from '../../../lib/simulator/world.ts';
import { type Books, clockAt, digestsOf, openBooks } from '../books.ts';
import { DAY } from '../broken-run.ts';
import { type Cloud, openCloud, startRunner, waitsOf } from './cloud.ts';

const NOW = '2026-03-05T06:00:00Z';

/**
 * Longer than an invocation sleeps by far. The runner moves its clock to where its longest wait so
 * far would have ended, not by the sum of them: two minutes are as far as probes take it.
 */
const WINDOW_MS = 100_000;

const world = createWorld({
  start: Date.UTC(2026, 2, 3) as Instant,
  dayCount: 3,
  transactionCount: 16_500,
});
const asOf = Date.UTC(2026, 2, 20) as Instant;
const config = { laneRows: 2_000, concurrency: 2 };

let laptop: Record<string, string>;

beforeAll(async () => {
  const books = await openBooks({ world, asOf, config });
  const night = await books.night('laptop', { from: DAY, clock: clockAt(NOW) });
  laptop = await digestsOf(night.address);
  await books.close();
});

describe.each([
  ['that only its refusals tell of', { limit: 24, headers: false }],
  ['that its headers tell of', { limit: 56, headers: true }],
])('a rate limit %s', (_title, limit) => {
  let stopRunner: () => Promise<void>;
  let books: Books;
  let cloud: Cloud;

  beforeAll(async () => {
    // Each on a clock of its own, which no other has moved.
    stopRunner = await startRunner();
    const rateLimit = { ...limit, windowMs: WINDOW_MS };
    books = await openBooks({ world, asOf, rateLimit, config });
    cloud = await openCloud(books, { now: NOW, config: { catchUpDays: 0 } });
  });

  afterAll(async () => {
    await cloud.close();
    await books.close();
    await stopRunner();
  });

  test('is waited for where nothing runs, and every row is there in the end', async () => {
    const result = await cloud.start('throttled');
    const run = result.getResult()?.[0]?.run;
    expect(await digestsOf(run!.address)).toEqual(laptop);
    const waits = waitsOf(result);
    expect(waits.length).toBeGreaterThan(0);
    expect(Math.max(...cloud.sleeps)).toBeLessThanOrEqual(5_000);
  });
});

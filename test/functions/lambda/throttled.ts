import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Instant } from '../../../lib/model/instant.ts';
import type { RateLimit } from '../../../lib/simulator/rate-limit.ts';
import { createWorld } from '../../../lib/simulator/world.ts';
import { type Books, clockAt, digestsOf, openBooks, UNJUDGED } from '../books.ts';
import { DAY } from '../broken-run.ts';
import { type Cloud, openCloud, startRunner, waitsOf } from './cloud.ts';
import { sum, valuesOf } from './figures.ts';

const NOW = '2026-03-05T06:00:00Z';

/**
 * Longer than an invocation sleeps by far. The runner moves its clock to where its longest wait so
 * far would have ended, not by the sum of them: two minutes are as far as probes take it.
 */
const WINDOW_MS = 100_000;

const LONGEST_SLEEP_MS = 5_000;

const world = createWorld({
  start: Date.UTC(2026, 2, 3) as Instant,
  dayCount: 3,
  transactionCount: 16_500,
});
const asOf = Date.UTC(2026, 2, 20) as Instant;
const config = { ...UNJUDGED, laneRows: 2_000, concurrency: 2 };

/** A night under a rate limit, in a file of its own: no other has moved the runner's clock. */
export function nightUnder(limit: Pick<RateLimit, 'limit' | 'headers'>): void {
  let stopRunner: () => Promise<void>;
  let laptop: Record<string, string>;
  let books: Books;
  let cloud: Cloud;

  beforeAll(async () => {
    stopRunner = await startRunner();
    const free = await openBooks({ world, asOf, config });
    laptop = await digestsOf(
      (await free.night('laptop', { from: DAY, clock: clockAt(NOW) })).address,
    );
    await free.close();
    const rateLimit = { ...limit, windowMs: WINDOW_MS };
    books = await openBooks({ world, asOf, rateLimit, config });
    cloud = await openCloud(books, { now: NOW, config: { catchUpDays: 0 } });
  });

  afterAll(async () => {
    await cloud.close();
    await books.close();
    await stopRunner();
  });

  test('a closed limit is waited for where nothing runs, and every row is there in the end', async () => {
    const result = await cloud.start('throttled');
    const run = result.getResult()?.[0]?.run;
    expect(await digestsOf(run!.address)).toEqual(laptop);
    expect(waitsOf(result).length).toBeGreaterThan(0);
    expect(Math.max(0, ...cloud.sleeps)).toBeLessThanOrEqual(LONGEST_SLEEP_MS);
    // What was waited for outside counts as well: an alarm watches how long that is.
    expect(sum(valuesOf(cloud.printed, 'throttles'))).toBeGreaterThan(0);
    const seconds = sum(valuesOf(cloud.printed, 'throttledSeconds'));
    expect(seconds).toBeGreaterThan(LONGEST_SLEEP_MS / 1000);
  });
}

import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { expect, test } from 'vitest';
import { MOST_OPERATIONS } from '../../../functions/lambda/durable-workflow.ts';
import type { Instant } from '../../../lib/model/instant.ts';
import { createWorld } from '../../../lib/simulator/world.ts';
import { clockAt, openBooks } from '../books.ts';
import { openCloud, tablesOf } from './cloud.ts';

test('31 days of hundreds of lanes equal, byte for byte, what the command line writes', async () => {
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime: false });
  const start = Date.UTC(2026, 2, 1) as Instant;
  const books = await openBooks({
    world: createWorld({ start, dayCount: 31, transactionCount: 135_000 }),
    asOf: Date.UTC(2026, 3, 10) as Instant,
    // Where counts are capped, lanes are cut until each is below the cap.
    nastiness: { totalCap: 1_001 },
    config: { concurrency: 8 },
  });
  const now = '2026-04-02T06:00:00Z';
  const cloud = await openCloud(books, { now });
  const range = { from: '2026-03-01', to: '2026-03-31' };
  const laptop = await books.night('laptop', { ...range, clock: clockAt(now) });
  expect(laptop.manifest.proof.length).toBeGreaterThan(200);

  const result = await cloud.start('cloud', { payload: range });
  const { address } = result.getResult()![0]!.run!;
  expect(await tablesOf(address)).toEqual(await tablesOf(laptop.address));
  expect(result.getOperations().length).toBeLessThan(MOST_OPERATIONS);

  await cloud.close();
  await books.close();
  await LocalDurableTestRunner.teardownTestEnvironment();
});

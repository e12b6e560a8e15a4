import { expect, test } from 'vitest';
import type { Instant } from '../../lib/model/instant.ts';
import { Postponed } from '../../lib/rebilly/postponed.ts';
import { bench, DAY_START } from './reading.ts';

const NOON_AFTER = (DAY_START + 36 * 3_600_000) as Instant;
const HOUR_AFTER = (NOON_AFTER + 3_600_000) as Instant;
const SHUT = { limit: 1, windowMs: 60_000, headers: false };

const fault = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test('a wait that is too long is not slept: the fault says when it would have ended', async () => {
  const patience = { longestWaitMs: 5_000, deadline: HOUR_AFTER };
  const { source, clock, pauses } = await bench({
    source: { patience },
    simulator: { rateLimit: SHUT },
  });
  await source.count('transactions', '');
  const counting = await fault(source.count('transactions', ''));
  expect(counting).toBeInstanceOf(Postponed);
  expect((counting as Postponed).until).toBe(pauses[0]);
  expect(clock.waits).toEqual([]);
});

test('a shorter wait is slept', async () => {
  const patience = { longestWaitMs: 61_000, deadline: HOUR_AFTER };
  const { source, clock } = await bench({ source: { patience }, simulator: { rateLimit: SHUT } });
  await source.count('transactions', '');
  expect(await source.count('transactions', '')).toBe(0);
  expect(clock.waits.length).toBeGreaterThan(0);
});

test('a wait that would end after the deadline is not slept either', async () => {
  const patience = { longestWaitMs: 61_000, deadline: (NOON_AFTER + 30_000) as Instant };
  const { source, clock } = await bench({ source: { patience }, simulator: { rateLimit: SHUT } });
  await source.count('transactions', '');
  expect(await fault(source.count('transactions', ''))).toBeInstanceOf(Postponed);
  expect(clock.waits).toEqual([]);
});

test('nothing is asked after the deadline', async () => {
  const patience = { longestWaitMs: 5_000, deadline: (NOON_AFTER - 1) as Instant };
  const { source, simulator } = await bench({ source: { patience } });
  expect(await fault(source.count('transactions', ''))).toBeInstanceOf(Postponed);
  expect(simulator.requestCount).toBe(0);
});

test('the wait before a question is repeated counts too', async () => {
  const patience = { longestWaitMs: 100, deadline: HOUR_AFTER };
  const { source, clock } = await bench({
    source: { patience },
    simulator: { nastiness: { mishaps: { 'server-error': 1 }, mishapsInARow: 'always' } },
  });
  expect(await fault(source.count('transactions', ''))).toBeInstanceOf(Postponed);
  expect(clock.waits).toEqual([]);
});

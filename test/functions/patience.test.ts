import { describe, expect, test } from 'vitest';
import type { Outcome, ShardOutcome } from '../../functions/night-work.ts';
import { createPatience } from '../../functions/patience.ts';
import { Fault } from '../../lib/model/fault.ts';
import type { Instant } from '../../lib/model/instant.ts';

type End = PromiseSettledResult<ShardOutcome>;

const NOW = Date.UTC(2026, 10, 21, 6) as Instant;
const later = (waitMs: number) => ({ at: NOW, resumeAt: (NOW + waitMs) as Instant });
const closed = (waitMs: number): End => ({
  status: 'fulfilled',
  value: { left: [1], rowCount: 0, postponed: later(waitMs) },
});
const failed = (code: 'API_FAILING' | 'KEY_REFUSED' | 'WORKER_FAILED'): End => ({
  status: 'rejected',
  reason: new Fault(code, 'It broke.', 'Mend it.'),
});

function bench(terms: { throttleMs?: number; mostFailures?: number } = {}) {
  const waits: number[] = [];
  const wait = async (waitMs: number) => void waits.push(waitMs);
  const given = { concurrency: 4, workerRows: 1, throttleMs: 3_600_000, mostFailures: 3, ...terms };
  return { waits, patience: createPatience({ wait }, given) };
}

describe('after a round that was put off', () => {
  test('the wait is as long as the longest that was asked for', async () => {
    const { waits, patience } = bench();
    await patience.afterRound([closed(20_000), closed(70_000)], true);
    expect(waits).toEqual([70_000]);
    expect(patience.isThrottled).toBe(true);
  });

  test('nobody waits where only time was up', async () => {
    const { waits, patience } = bench();
    await patience.afterRound([closed(0)], true);
    expect(waits).toEqual([]);
    expect(patience.isThrottled).toBe(false);
  });

  test('rounds that read nothing wait ever longer, to two minutes', async () => {
    const { waits, patience } = bench();
    for (let rounds = 0; rounds < 5; rounds += 1) await patience.afterRound([closed(1_000)], false);
    expect(waits).toEqual([15_000, 30_000, 60_000, 120_000, 120_000]);
    expect(patience.fruitless).toBe(5);
    await patience.afterRound([closed(1_000)], true);
    expect(patience.fruitless).toBe(0);
  });

  test('the waits of all rounds together are bounded', async () => {
    const { patience } = bench({ throttleMs: 100_000 });
    await patience.afterRound([closed(70_000)], true);
    const again = patience.afterRound([closed(70_000)], true);
    await expect(again).rejects.toMatchObject({ code: 'THROTTLED' });
  });
});

describe('after a round that failed', () => {
  test('what may pass is tried again three times, after longer and longer waits', async () => {
    const { waits, patience } = bench();
    for (let rounds = 0; rounds < 3; rounds += 1) {
      await patience.afterRound([failed('WORKER_FAILED')], true);
    }
    expect(waits).toEqual([30_000, 120_000, 480_000]);
    const last = patience.afterRound([failed('API_FAILING')], true);
    await expect(last).rejects.toMatchObject({ code: 'API_FAILING' });
  });

  test('what cannot pass ends the run at once, whatever else failed', async () => {
    const { waits, patience } = bench();
    const round = patience.afterRound([failed('API_FAILING'), failed('KEY_REFUSED')], true);
    await expect(round).rejects.toMatchObject({ code: 'KEY_REFUSED' });
    expect(waits).toEqual([]);
  });

  test('a defect is no bad luck', async () => {
    const { patience } = bench();
    const defect: End = { status: 'rejected', reason: new TypeError('x is undefined') };
    await expect(patience.afterRound([defect], true)).rejects.toThrow(TypeError);
  });
});

test('a station is asked until it is done', async () => {
  const { waits, patience } = bench();
  const answers: Outcome<string>[] = [{ postponed: later(40_000) }, { done: 'the work' }];
  const done = await patience.until(async () => answers.shift()!);
  expect(done).toBe('the work');
  expect(waits).toEqual([40_000]);
  // The next station begins with all the requests it may have under way.
  expect(patience.fruitless).toBe(0);
});

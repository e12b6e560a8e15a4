import { describe, expect, test } from 'vitest';
import { type Instant, instantOf, secondOf } from '../../lib/model/instant.ts';
import { MISHAPS, type Mishap } from '../../lib/simulator/nastiness.ts';
import { clockAt, everySecond, LATER, type Served, served, TRANSACTIONS } from './served.ts';

const ROWS = everySecond(100);

const QUERY = { limit: '100', sort: 'createdTime' };

const struck = (mishap: Mishap, more: { mishapsInARow?: number | 'always' } = {}) =>
  served({ transactions: ROWS, gzip: false, nastiness: { mishaps: { [mishap]: 1 }, ...more } });

/** What a plain client makes of an answer. */
async function outcome({ ask }: Served, init: RequestInit = {}): Promise<string> {
  try {
    const { status, json } = await ask(TRANSACTIONS, QUERY, init);
    const kind = Array.isArray(json) ? 'array' : typeof json;
    return `${status} ${kind}`;
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'silence' : 'broken';
  }
}

describe('a mishap', () => {
  test.each<[Mishap, RegExp]>([
    ['server-error', /^50[023] object$/],
    ['throttle', /^429 object$/],
    ['html-error', /^502 string$/],
    ['html-success', /^200 string$/],
    ['object-body', /^200 object$/],
    ['cut-json', /^200 string$/],
    ['short-body', /^broken$/],
    ['reset-early', /^broken$/],
    ['reset-late', /^broken$/],
  ])('%s is seen by a client', async (mishap, seen) => {
    expect(await outcome(await struck(mishap))).toMatch(seen);
  });

  test.each<[Mishap, number]>([
    ['stall-early', 0],
    ['stall-late', 200],
  ])('%s is silence until the client hangs up', async (mishap, status) => {
    const simulator = await struck(mishap);
    expect(await outcome(simulator, { signal: AbortSignal.timeout(50) })).toBe('silence');
    expect(simulator.simulator.requests[0]).toMatchObject({ mishap, status });
  });

  test('server-error comes as each of three', async () => {
    const simulator = await struck('server-error', { mishapsInARow: 'always' });
    const seen = new Set<string>();
    for (let time = 0; time < 30; time += 1) seen.add(await outcome(simulator));
    expect([...seen].toSorted()).toEqual(['500 object', '502 object', '503 object']);
  });

  test('ends after two in a row for one question', async () => {
    const simulator = await struck('html-error');
    const seen: string[] = [];
    for (let time = 0; time < 6; time += 1) seen.push(await outcome(simulator));
    const [bad, good] = ['502 string', '200 array'];
    expect(seen).toEqual([bad, bad, good, bad, bad, good]);
  });

  test('never ends when it is set so', async () => {
    const simulator = await struck('html-error', { mishapsInARow: 'always' });
    for (let time = 0; time < 10; time += 1) expect(await outcome(simulator)).toBe('502 string');
  });

  test('throttle shuts out every question until the second it names', async () => {
    const clock = clockAt((LATER + 250) as Instant);
    const { ask } = await served({
      clock,
      transactions: ROWS,
      nastiness: { mishaps: { throttle: 1 }, mishapsInARow: 1, throttleMs: 3000 },
    });
    const retryAfter = async (query: Record<string, string>) =>
      (await ask(TRANSACTIONS, query)).headers.get('x-ratelimit-retry-after');
    const opensAt = instantOf(secondOf((LATER + 4000) as Instant));
    expect(await retryAfter({ limit: '1' })).toBe(String(opensAt / 1000));
    await clock.wait(1000);
    expect(await retryAfter({ limit: '2' })).toBe(String(opensAt / 1000));
    await clock.wait(opensAt - clock.now() - 1);
    expect(await retryAfter({ limit: '2' })).toBe(String(opensAt / 1000));
    await clock.wait(1);
    expect((await ask(TRANSACTIONS, { limit: '1' })).status).toBe(200);
  });

  test('strikes the same requests for the same seed', async () => {
    const mishaps = Object.fromEntries(MISHAPS.map((mishap) => [mishap, 0.03]));
    const history = async (seed: number) => {
      const { simulator, ask } = await served({
        transactions: ROWS,
        seed,
        nastiness: { mishaps, throttleMs: 1 },
      });
      const init = { signal: AbortSignal.timeout(20) };
      for (let time = 0; time < 60; time += 1) {
        const signal = AbortSignal.timeout(20);
        await ask(TRANSACTIONS, QUERY, { ...init, signal }).catch(() => undefined);
      }
      return simulator.requests.map(({ mishap }) => mishap);
    };
    const [one, again, other] = [await history(7), await history(7), await history(8)];
    expect(one).toEqual(again);
    expect(one).not.toEqual(other);
    const share = one.filter((mishap) => mishap !== undefined).length / one.length;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.6);
  });
});

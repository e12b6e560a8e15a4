import { describe, expect, test } from 'vitest';
import type { Instant } from '../../lib/model/instant.ts';
import type { RetryAfterForm } from '../../lib/simulator/rate-limit.ts';
import { clockAt, everySecond, served, TRANSACTIONS } from './served.ts';

/** Half a second off the whole one, where a rounded reset would show. */
const NOW = (Date.UTC(2026, 10, 22) + 500) as Instant;

async function limited(settings: {
  headers?: boolean;
  shopTokens?: number;
  form?: RetryAfterForm;
  skewMs?: number;
}) {
  const { headers = true, shopTokens = 0, form = 'epoch-seconds', skewMs = 0 } = settings;
  const clock = clockAt(NOW);
  const answering = await served({
    clock,
    transactions: everySecond(3),
    rateLimit: { limit: 3, windowMs: 10_000, headers, shopTokens },
    nastiness: { retryAfterForm: form, serverClockSkewMs: skewMs },
  });
  const ask = async () => {
    const reply = await answering.ask(TRANSACTIONS);
    return { ...reply, remaining: reply.headers.get('x-ratelimit-remaining') };
  };
  return { clock, ask, askOther: answering.ask };
}

describe('the rate limit', () => {
  test('counts down and shuts until the second it names', async () => {
    const { clock, ask } = await limited({});
    const replies = [await ask(), await ask(), await ask(), await ask()];
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect(replies.map(({ remaining }) => remaining)).toEqual(['2', '1', '0', null]);
    expect(replies[0]!.headers.get('x-ratelimit-limit')).toBe('3');
    expect(replies[3]!.json).toMatchObject({ status: 429, title: 'Rate Limit Exceeded' });
    const opensAt = Number(replies[3]!.headers.get('x-ratelimit-retry-after')) * 1000;
    expect(opensAt).toBe(NOW + 10_500);
    await clock.wait(opensAt - NOW - 1);
    expect((await ask()).status).toBe(429);
    await clock.wait(1);
    expect(await ask()).toMatchObject({ status: 200, remaining: '2' });
  });

  test('is silent where the API declares no headers', async () => {
    const { ask } = await limited({ headers: false });
    const replies = [await ask(), await ask(), await ask(), await ask()];
    expect(replies.map(({ remaining }) => remaining)).toEqual([null, null, null, null]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  });

  test("is one for the organization: the shop's requests draw on it too", async () => {
    const { clock, ask } = await limited({ shopTokens: 2 });
    expect((await ask()).remaining).toBe('2');
    await clock.wait(5000);
    expect((await ask()).remaining).toBe('0');
    expect((await ask()).status).toBe(429);
  });

  test('costs nothing to those who are not let in', async () => {
    const { ask, askOther } = await limited({});
    for (let time = 0; time < 5; time += 1) await askOther(TRANSACTIONS, {}, { headers: {} });
    expect((await ask()).remaining).toBe('2');
  });

  const reset = new Date(NOW + 10_500);
  const [instead, standard] = ['x-ratelimit-retry-after', 'retry-after'];
  test.each<[RetryAfterForm, string, string | null]>([
    ['epoch-seconds', instead, String(reset.getTime() / 1000)],
    ['epoch-ms', instead, String(reset.getTime())],
    ['delta-seconds', instead, '11'],
    ['iso', instead, reset.toISOString()],
    ['http-date', instead, reset.toUTCString()],
    ['standard-delta', standard, '11'],
    ['standard-date', standard, reset.toUTCString()],
    ['absent', instead, null],
  ])('says when to come back as %s', async (form, header, expected) => {
    const { ask } = await limited({ form });
    for (let time = 0; time < 3; time += 1) await ask();
    const { headers } = await ask();
    expect(headers.get(header)).toBe(expected);
    expect(headers.get(header === standard ? instead : standard)).toBeNull();
  });

  test('tells its reset by its own clock, as its Date shows it', async () => {
    const { ask } = await limited({ skewMs: 3_600_000 });
    for (let time = 0; time < 3; time += 1) await ask();
    const { headers } = await ask();
    expect(headers.get('date')).toBe(new Date(NOW + 3_600_000).toUTCString());
    expect(headers.get(instead)).toBe(String((reset.getTime() + 3_600_000) / 1000));
  });
});

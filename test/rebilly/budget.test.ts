import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Instant } from '../../lib/model/instant.ts';
import type { JsonObject } from '../../lib/model/records.ts';
import type { RetryAfterForm } from '../../lib/simulator/rate-limit.ts';
import { type Bench, bench, readDay, type Setting } from './reading.ts';

const ROWS: JsonObject[] = Array.from({ length: 12_000 }, (_, index) => ({
  id: `txn_${index}`,
  createdTime: `${new Date(Date.UTC(2026, 10, 20) + index * 7000).toISOString().slice(0, 19)}Z`,
  amount: index,
  currency: 'USD',
}));

const TEN_MINUTES_MS = 600_000;

/** Reads a day of 12,000 rows, some thirty requests, against a limit. */
async function readAgainst(setting: Setting): Promise<Bench> {
  const opened = await bench({ transactions: ROWS, ...setting });
  const { records } = await readDay(opened.source, { laneRows: 1000 });
  expect(records).toHaveLength(ROWS.length);
  return opened;
}

/** Requests that reached the server after a 429 and before the instant that it named. */
function tooEarly({ simulator }: Bench, windowMs: number): number {
  let closedUntil = 0;
  let count = 0;
  for (const { status, at } of simulator.requests) {
    if (at < closedUntil && status !== 429) count += 1;
    if (status === 429) closedUntil = Math.max(closedUntil, nextReset(simulator, at, windowMs));
  }
  return count;
}

/** Windows begin with the first request of each. */
function nextReset({ requests }: Bench['simulator'], at: Instant, windowMs: number): number {
  const first = requests[0]!.at;
  return first + Math.ceil((at - first + 1) / windowMs) * windowMs;
}

describe('no request leaves before the reset that a 429 named', () => {
  const forms: RetryAfterForm[] = [
    'epoch-seconds',
    'epoch-ms',
    'delta-seconds',
    'iso',
    'http-date',
    'standard-delta',
    'standard-date',
  ];
  test.each(forms)('told as %s', async (retryAfterForm) => {
    const opened = await readAgainst({
      simulator: {
        rateLimit: { limit: 12, windowMs: TEN_MINUTES_MS, headers: false },
        nastiness: { retryAfterForm },
      },
    });
    const throttled = opened.simulator.requests.filter(({ status }) => status === 429);
    expect(throttled.length).toBeGreaterThan(0);
    // Those under way when the limit closed are the only ones that hit it: one burst a window.
    expect(throttled.length).toBeLessThanOrEqual(opened.pauses.length * 4);
    expect(tooEarly(opened, TEN_MINUTES_MS)).toBe(0);
    expect(opened.pauses.length).toBeGreaterThan(1);
  });

  test.each([-90_000, 90_000])(
    'by a server whose clock is %i ms off',
    async (serverClockSkewMs) => {
      const opened = await readAgainst({
        simulator: {
          rateLimit: { limit: 12, windowMs: TEN_MINUTES_MS, headers: false },
          nastiness: { serverClockSkewMs },
        },
      });
      expect(tooEarly(opened, TEN_MINUTES_MS)).toBe(0);
    },
  );
});

describe('with X-RateLimit headers the reserve is never touched', () => {
  test.each([
    ['alone', 0],
    ['beside a shop that uses a tenth of the limit', 4],
  ])('%s', async (_, shopTokens) => {
    const rateLimit = { limit: 40, windowMs: TEN_MINUTES_MS, headers: true, shopTokens };
    const { simulator } = await readAgainst({ simulator: { rateLimit } });
    const first = simulator.requests[0]!.at;
    const spent = new Map<number, number>();
    for (const { at, status } of simulator.requests) {
      expect(status).toBe(200);
      const window = Math.floor((at - first) / TEN_MINUTES_MS);
      spent.set(window, (spent.get(window) ?? 0) + 1);
    }
    // A fifth of the limit is the shop's.
    expect(Math.max(...spent.values())).toBeLessThanOrEqual(32);
    expect(spent.size).toBeGreaterThan(1);
  });
});

test('a limit that stays closed longer than the run may wait is a fault that says until when', async () => {
  const { source } = await bench({
    transactions: ROWS,
    simulator: { rateLimit: { limit: 3, windowMs: 3 * 3_600_000, headers: false } },
    source: { throttleMs: 7_200_000 },
  });
  await expect(readDay(source)).rejects.toMatchObject({
    code: 'THROTTLED',
    message: expect.stringContaining('stays closed until 2026-11-21T15:00:00Z'),
  });
});

test('as many requests are under way as the concurrency says, and no more', async () => {
  const held: ServerResponse[] = [];
  let most = 0;
  const server = createServer((_, response) => {
    held.push(response);
    most = Math.max(most, held.length);
    // Three at a time are let go, and only once a fourth had its chance to come.
    if (held.length === 3) setTimeout(() => held.splice(0).forEach(answerEmpty), 5);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { source } = await bench({ source: { baseUrl, concurrency: 3, timeoutMs: 5000 } });
  await Promise.all(Array.from({ length: 30 }, () => source.count('transactions', '')));
  expect(most).toBe(3);
});

function answerEmpty(response: ServerResponse): void {
  const pagination = { 'Pagination-Total': 0, 'Pagination-Limit': 1, 'Pagination-Offset': 0 };
  response.writeHead(200, pagination).end('[]');
}

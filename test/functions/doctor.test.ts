import { afterEach, describe, expect, test } from 'vitest';
import { examine, type Finding, openAsk } from '../../functions/doctor.ts';
import { createRuntime } from '../../functions/runtime.ts';
import { openSource } from '../../functions/station.ts';
import { loadConfig, settle } from '../../lib/config.ts';
import type { Instant } from '../../lib/model/instant.ts';
import { tableOf } from '../../lib/simulator/memory-table.ts';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../lib/simulator/server.ts';
import { fakeHost } from '../world/host.ts';

const ROW = { createdTime: '2026-11-20T10:00:00Z', updatedTime: '2026-11-20T11:00:00Z' };
const WORLD = {
  organizationId: 'org_1',
  transactions: tableOf([{ ...ROW, id: 'txn_1', type: 'sale', amount: 1, currency: 'EUR' }]),
  creditMemos: tableOf([{ ...ROW, id: 'crmm_1', customerId: 'cus_1', currency: 'EUR' }]),
};

let simulator: Simulator | undefined;

afterEach(() => simulator?.close());

/** What the doctor finds, by its question. */
async function examined(
  options: Partial<SimulatorOptions> = {},
): Promise<ReadonlyMap<string, Finding>> {
  const { clock, random } = createRuntime(fakeHost().host);
  const asOf = Date.UTC(2026, 10, 21) as Instant;
  simulator = await startSimulator({ world: WORLD, apiKey: 'key', clock, asOf, ...options });
  const flags = { organizationId: 'org_1', baseUrl: simulator.baseUrl };
  const settings = settle(loadConfig('{}', ''), flags, { baseUrl: undefined });
  const source = openSource(settings, { clock, random, apiKey: 'key', report: () => undefined });
  const { ask, close } = openAsk(settings, 'key');
  try {
    const findings = await Array.fromAsync(examine(source, ask, clock));
    return new Map(findings.map((finding) => [finding.question, finding]));
  } finally {
    await Promise.all([source.close(), close()]);
  }
}

describe('the doctor', () => {
  test('asks ten GETs, and finds nothing wrong with an API that keeps its word', async () => {
    const findings = await examined();
    expect([...findings.values()].filter(({ verdict }) => verdict === 'bad')).toEqual([]);
    expect(simulator?.requestCount).toBe(10);
    expect(findings.get('May the key list transactions?')?.answer).toBe('yes, 1 rows');
    expect(findings.get('Are both ends of a time range included?')?.answer).toBe('yes');
  });

  test('names the permission that a key lacks, and goes on', async () => {
    const findings = await examined({
      permissions: new Set(['GetTransactionCollection', 'GetTransaction']),
    });
    expect(findings.get('May the key list credit-memos?')).toMatchObject({
      verdict: 'bad',
      answer: expect.stringContaining('GetCreditMemoCollection'),
    });
    expect(findings.has('What does limit=0 answer?')).toBe(true);
  });

  test.each([
    ['reject', 'refused, 422'],
    ['clamp', 'silently, the page at 1000'],
  ] as const)('sees what becomes of a large offset: %s', async (offsetBeyond, answer) => {
    const findings = await examined({ nastiness: { offsetBeyond } });
    expect(findings.get('What does an offset above 1,000 answer?')?.answer).toBe(answer);
  });

  test.each([
    ['empty', 'no rows'],
    ['default', 'a page of 100'],
    ['reject', 'refused, 422'],
  ] as const)('sees what limit=0 means: %s', async (limitZero, answer) => {
    const findings = await examined({ nastiness: { limitZero } });
    expect(findings.get('What does limit=0 answer?')?.answer).toBe(answer);
  });

  test('reads the rate limit where it is told', async () => {
    const rateLimit = { limit: 100, windowMs: 60_000, headers: true };
    const findings = await examined({ rateLimit });
    expect(findings.get('Do answers tell the rate limit?')?.answer).toMatch(
      /^yes, \d+ of 100 left$/,
    );
  });

  test("sees a server's clock that is off", async () => {
    const findings = await examined({ nastiness: { serverClockSkewMs: 120_000 } });
    expect(findings.get("Does the server's clock agree with ours?")).toMatchObject({
      verdict: 'note',
      answer: expect.stringMatching(/^1(19|20) s ahead$/),
    });
  });

  test('gives up on a refused key', async () => {
    await expect(examined({ apiKey: 'another' })).rejects.toMatchObject({ code: 'KEY_REFUSED' });
  });
});

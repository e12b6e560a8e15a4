import { describe, expect, test } from 'vitest';
import { Fault } from '../../lib/model/fault.ts';
import type { Mishap } from '../../lib/simulator/nastiness.ts';
import { bench, KEY, type Setting } from './reading.ts';

const ROWS = [{ id: 'txn_1', createdTime: '2026-11-20T10:00:00Z', amount: 1, currency: 'USD' }];
const PAGE = {
  collection: 'transactions',
  filter: '',
  sort: 'createdTime',
  limit: 1000,
  offset: 0,
} as const;

async function faultOf(setting: Setting): Promise<Fault> {
  const { source } = await bench({ transactions: ROWS, ...setting });
  const error = await source.page(PAGE).then(
    () => 'no fault',
    (reason: unknown) => reason,
  );
  if (!(error instanceof Fault)) throw error;
  expect(error.line).not.toContain(KEY);
  return error;
}

describe('what asking again cannot mend is asked once and named', () => {
  test.each<[string, Setting, string, string]>([
    ['a refused key', { source: { apiKey: 'sk_other' } }, 'KEY_REFUSED', 'refused the key'],
    [
      'a key without the permission',
      { simulator: { permissions: new Set(['GetTransaction']) } },
      'PERMISSION_MISSING',
      'GetTransactionCollection',
    ],
    [
      'another organization',
      { source: { organizationId: 'org_other' } },
      'ORGANIZATION_UNKNOWN',
      '/organizations/org_other',
    ],
    [
      'a redirect to another host',
      { simulator: { nastiness: { redirectTo: 'https://elsewhere.example' } } },
      'REDIRECT_REFUSED',
      'elsewhere.example',
    ],
  ])('%s', async (_, setting, code, detail) => {
    const { source, simulator, retries } = await bench({ transactions: ROWS, ...setting });
    await expect(source.page(PAGE)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(detail),
    });
    expect(simulator.requestCount).toBe(1);
    expect(retries).toEqual([]);
  });

  test('a filter that the API refuses, with the field it names', async () => {
    const { source, simulator } = await bench({ transactions: ROWS });
    const asked = source.page({ ...PAGE, filter: 'colour:red' });
    await expect(asked).rejects.toMatchObject({
      code: 'REQUEST_REFUSED',
      message: expect.stringMatching(/422.*colour.*filter=colour:red/s),
    });
    expect(simulator.requestCount).toBe(1);
  });
});

describe('what may pass is asked again', () => {
  test.each<Mishap>([
    'server-error',
    'html-error',
    'html-success',
    'object-body',
    'cut-json',
    'short-body',
    'reset-early',
    'reset-late',
  ])('%s', async (mishap) => {
    const nastiness = { mishaps: { [mishap]: 1 }, mishapsInARow: 2 };
    const { source, retries } = await bench({ transactions: ROWS, simulator: { nastiness } });
    const { rows } = await source.page(PAGE);
    expect(rows.map(({ id }) => id)).toEqual(['txn_1']);
    expect(retries).toHaveLength(2);
  });

  test.each<[Mishap, string]>([
    ['server-error', 'API_FAILING'],
    ['html-error', 'API_FAILING'],
    ['reset-early', 'API_FAILING'],
    ['html-success', 'ANSWER_INVALID'],
    ['object-body', 'ANSWER_INVALID'],
    ['cut-json', 'ANSWER_INVALID'],
  ])('%s without end becomes %s after six attempts', async (mishap, code) => {
    const nastiness = { mishaps: { [mishap]: 1 }, mishapsInARow: 'always' } as const;
    const fault = await faultOf({ simulator: { nastiness } });
    expect(fault.code).toBe(code);
  });

  test.each<Mishap>(['stall-early', 'stall-late'])(
    'silence (%s) ends with the time-out',
    async (mishap) => {
      const nastiness = { mishaps: { [mishap]: 1 }, mishapsInARow: 1 };
      const { source, retries } = await bench({
        transactions: ROWS,
        simulator: { nastiness },
        source: { timeoutMs: 100 },
      });
      await source.page(PAGE);
      expect(retries).toEqual([expect.stringContaining('no whole answer')]);
    },
  );

  test('the wait between attempts doubles under its ceiling, with jitter over all of it', async () => {
    const nastiness = { mishaps: { 'server-error': 1 }, mishapsInARow: 'always' } as const;
    const { source, clock } = await bench({
      transactions: ROWS,
      simulator: { nastiness },
      source: { maxAttempts: 9 },
    });
    await expect(source.page(PAGE)).rejects.toMatchObject({ code: 'API_FAILING' });
    expect(clock.waits).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
  });
});

test('a host that nobody answers at is unreachable', async () => {
  const { simulator } = await bench({ transactions: ROWS });
  await simulator.close();
  const fault = await faultOf({ source: { baseUrl: simulator.baseUrl, maxAttempts: 2 } });
  expect(fault.code).toBe('HOST_UNREACHABLE');
});

test('the key is sent to no other host', async () => {
  const seen: string[] = [];
  const elsewhere = await bench({
    transactions: ROWS,
    simulator: { onRequest: ({ path }) => seen.push(path) },
  });
  const fault = await faultOf({
    simulator: { nastiness: { redirectTo: elsewhere.simulator.baseUrl } },
  });
  expect(fault.code).toBe('REDIRECT_REFUSED');
  expect(seen).toEqual([]);
});

test('a body that repeats the key does not bring it into the fault', async () => {
  const { source } = await bench({ transactions: ROWS });
  const asked = source.page({ ...PAGE, filter: `${KEY}:1` });
  const fault = await asked.catch((reason: Fault) => reason);
  expect((fault as Fault).line).toContain('[key]');
  expect((fault as Fault).line).not.toContain(KEY);
});

test('a packed body is unpacked', async () => {
  const many = Array.from({ length: 900 }, (_, index) => ({ ...ROWS[0]!, id: `txn_${index}` }));
  const { source } = await bench({ transactions: many, simulator: { gzip: true } });
  expect((await source.page(PAGE)).rows).toHaveLength(900);
});

test('a stopped source ends what is under way and refuses what comes', async () => {
  const nastiness = { mishaps: { 'stall-early': 1 }, mishapsInARow: 'always' } as const;
  const { source } = await bench({
    transactions: ROWS,
    simulator: { nastiness },
    source: { timeoutMs: 60_000 },
  });
  const asked = source.page(PAGE);
  const reason = new Fault('INTERRUPTED', 'Told to stop.', 'Run again.');
  source.stop(reason);
  await expect(asked).rejects.toBe(reason);
  await expect(source.page(PAGE)).rejects.toBe(reason);
});

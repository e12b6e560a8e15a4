import { describe, expect, test, vi } from 'vitest';
import { AnswerText } from '../../lib/model/api-record.ts';
import type { EpochSecond } from '../../lib/model/instant.ts';
import type { JsonObject } from '../../lib/model/records.ts';
import { decodePage } from '../../lib/rebilly/page.ts';
import { rowsOf } from '../../lib/rebilly/row.ts';
import { seek } from '../../lib/rebilly/seek.ts';
import { bench, FROM, laneOf, readDay, readLane, TO } from './reading.ts';

function at(second: number, id: string, fraction = ''): JsonObject {
  const text = new Date((FROM + second) * 1000).toISOString().slice(0, 19);
  return { id, createdTime: `${text}${fraction}Z`, amount: 1, currency: 'USD', revision: 1 };
}

function everySecond(count: number): JsonObject[] {
  return Array.from({ length: count }, (_, index) => at(index, `txn_${index}`));
}

/** The filters of the requests that asked for whole pages, in order. */
function pagesAsked(requests: readonly { query: Readonly<Record<string, string>> }[]): string[] {
  return requests
    .filter(({ query }) => query['limit'] === '1000')
    .map(({ query }) => query['filter']!);
}

test('a lane is read by moving its start to the last second seen, never by an offset', async () => {
  const { source, simulator } = await bench({ transactions: everySecond(2500) });
  const lane = laneOf(FROM, (FROM + 3000) as EpochSecond);
  const { records } = await readLane(source, lane, '');
  expect(records).toHaveLength(2500);
  expect(pagesAsked(simulator.requests)).toEqual([
    'createdTime:2026-11-20T00:00:00Z..2026-11-20T00:50:00Z',
    'createdTime:2026-11-20T00:16:39Z..2026-11-20T00:50:00Z',
    'createdTime:2026-11-20T00:33:18Z..2026-11-20T00:50:00Z',
  ]);
  expect(new Set(simulator.requests.map(({ query }) => query['offset']))).toEqual(new Set(['0']));
});

test('an answer is asked for while the records of the one before are worked on', async () => {
  const { source, simulator } = await bench({ transactions: everySecond(2500) });
  const lane = laneOf(FROM, (FROM + 3000) as EpochSecond);
  const reader = seek(source, { lane, filter: '' });
  await reader.next();
  await vi.waitFor(() => expect(pagesAsked(simulator.requests)).toHaveLength(2));
});

test('a reader who leaves does not hear what became of the answer that was coming', async () => {
  const { source } = await bench({ transactions: everySecond(2500) });
  const lane = laneOf(FROM, (FROM + 3000) as EpochSecond);
  const reader = seek(source, { lane, filter: '' });
  await reader.next();
  source.stop(new Error('the disk is full'));
  await expect(reader.return(undefined as never)).resolves.toMatchObject({ done: true });
});

test('a lane without rows is proven by two counts of zero', async () => {
  const { source } = await bench({ transactions: [] });
  const { records, reading } = await readLane(source, laneOf(FROM, TO), '');
  expect(records).toEqual([]);
  expect(reading).toMatchObject({ countedBefore: 0, countedAfter: 0, received: 0, kept: 0 });
});

test('a row on the edge of two lanes belongs to the later one, and both count it', async () => {
  const { source } = await bench({ transactions: [at(9, 'a'), at(10, 'edge'), at(11, 'b')] });
  const middle = (FROM + 10) as EpochSecond;
  const early = await readLane(source, laneOf(FROM, middle), '');
  const late = await readLane(source, laneOf(middle, TO), '');
  expect(early.records.map(({ id }) => id)).toEqual(['a']);
  expect(early.reading).toMatchObject({ received: 2, kept: 1 });
  expect(late.records.map(({ id }) => id)).toEqual(['edge', 'b']);
});

test('rows are in the order of createdTime with its fraction, then of id', async () => {
  const transactions = [at(5, 'b'), at(5, 'c', '.25'), at(5, 'd', '.1'), at(5, 'a'), at(4, 'z')];
  const { source } = await bench({ transactions, simulator: { nastiness: { shuffleTies: true } } });
  const { records } = await readLane(source, laneOf(FROM, TO), '');
  expect(records.map(({ id }) => id)).toEqual(['z', 'a', 'b', 'd', 'c']);
});

test('times with an offset are placed at their instant', async () => {
  const other = { ...at(0, 'offset'), createdTime: '2026-11-20T01:00:07+01:00' };
  const { source } = await bench({ transactions: [at(6, 'a'), other, at(8, 'b')] });
  const { records } = await readLane(source, laneOf(FROM, TO), '');
  expect(records.map(({ id }) => id)).toEqual(['a', 'offset', 'b']);
});

describe('what an answer must not be', () => {
  test.each([
    ['one that ignores the filter', { ignoreFilter: true }, 'ANSWER_INCOHERENT'],
    ['one that ignores the order', { ignoreSort: true }, 'ANSWER_INCOHERENT'],
    ['one with fewer rows than it counts', { hideRow: 'always' }, 'ANSWER_INCOHERENT'],
    ['one that shows a row twice', { doubleRow: 'always' }, 'ANSWER_INCOHERENT'],
    ['one of another limit', { clampLimit: 100 }, 'ANSWER_INCOHERENT'],
    ['one without Pagination headers', { missingPaginationHeaders: true }, 'ANSWER_INCOHERENT'],
  ] as const)('%s', async (_, nastiness, code) => {
    const rows = [at(-500, 'before'), ...everySecond(1500)];
    const { source } = await bench({ transactions: rows, simulator: { nastiness } });
    await expect(readLane(source, laneOf(FROM, TO), '')).rejects.toMatchObject({ code });
  });
});

test.each([
  ['lacks its id', { id: undefined }],
  ['has a createdTime that is no time', { createdTime: 'yesterday' }],
])('a row that %s can be neither placed nor told apart', (_, broken) => {
  const body = Buffer.from(JSON.stringify([{ ...at(1, 'a'), ...broken }]));
  const page = decodePage(new AnswerText(body)) ?? expect.fail('no page');
  expect(() => rowsOf('transactions', page)).toThrow(
    expect.objectContaining({ code: 'ANSWER_INCOHERENT' }),
  );
});

test('a row that comes into a lane while it is read makes it be read again', async () => {
  const { source, simulator } = await bench({
    transactions: everySecond(1500),
    simulator: { nastiness: { lateRows: 0.01, lateUntilRequest: 3 } },
  });
  const { records, reading } = await readLane(source, laneOf(FROM, TO), '');
  expect(records).toHaveLength(1500);
  expect(reading.countedBefore).toBe(1500);
  expect(simulator.requestCount).toBe(6);
});

test('a lane that never stands still fails with both numbers', async () => {
  const { source } = await bench({
    transactions: everySecond(1500),
    simulator: { nastiness: { totalCap: 1200 } },
  });
  await expect(readLane(source, laneOf(FROM, TO), '')).rejects.toMatchObject({
    code: 'INCOMPLETE',
    message: expect.stringContaining('1500 rows received, 1200 counted before and 1200 after'),
  });
});

test('totals that stop at a cap are noticed, and lanes are cut below it', async () => {
  const { source } = await bench({
    transactions: everySecond(9000),
    simulator: { nastiness: { totalCap: 3000 } },
  });
  const { records, readings } = await readDay(source);
  expect(records).toHaveLength(9000);
  expect(Math.max(...readings.map(({ countedBefore }) => countedBefore))).toBeLessThan(3000);
});

test('a filter of the user’s narrows every question', async () => {
  const transactions = everySecond(100).map((row, index) => ({
    ...row,
    type: index % 2 === 0 ? 'sale' : 'refund',
  }));
  const { source, simulator } = await bench({ transactions });
  const { records } = await readDay(source, { filter: 'type:sale' });
  expect(records).toHaveLength(50);
  expect(simulator.requests.every(({ query }) => query['filter']!.endsWith(';type:sale'))).toBe(
    true,
  );
});

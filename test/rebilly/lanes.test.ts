import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../lib/model/records.ts';
import { planLanes } from '../../lib/rebilly/lanes.ts';
import { bench, FROM, readDay, TO } from './reading.ts';

/** `count` rows, evenly over the day. */
function evenly(count: number): JsonObject[] {
  return Array.from({ length: count }, (_, index) => {
    const second = FROM + Math.floor((index * 86_400) / count);
    const createdTime = `${new Date(second * 1000).toISOString().slice(0, 19)}Z`;
    return { id: `txn_${index}`, createdTime, amount: index, currency: 'USD' };
  });
}

const QUESTION = {
  collection: 'transactions',
  from: FROM,
  to: TO,
  filter: '',
  laneRows: 50_000,
  concurrency: 4,
} as const;

describe('a period is cut into lanes of about equal rows', () => {
  test.each([
    ['no rows', 0, 1],
    ['a page', 1000, 1],
    ['two pages', 2000, 1],
    ['six pages: no lane is worth less than two', 6000, 2],
    ['twenty pages: a lane for each reader', 20_000, 4],
  ])('%s', async (_, rowCount, laneCount) => {
    const { source } = await bench({ transactions: evenly(rowCount) });
    const { lanes, rowCount: counted } = await planLanes(source, QUESTION);
    expect(lanes).toHaveLength(laneCount);
    expect(counted).toBeGreaterThanOrEqual(rowCount);
    expect(counted).toBeLessThanOrEqual(rowCount + laneCount * 2);
  });
});

test('lanes follow each other without a gap from the start of the period to its end', async () => {
  const { source } = await bench({ transactions: evenly(20_000) });
  const { lanes } = await planLanes(source, { ...QUESTION, laneRows: 1000 });
  expect(lanes[0]!.from).toBe(FROM);
  expect(lanes.at(-1)!.to).toBe(TO);
  for (const [at, lane] of lanes.slice(1).entries()) expect(lane.from).toBe(lanes[at]!.to);
  expect(lanes.map(({ index }) => index)).toEqual(lanes.map((_, at) => at));
});

test('planning costs one count for each lane, and two to look for a cap', async () => {
  const { source, simulator } = await bench({ transactions: evenly(20_000) });
  const { lanes } = await planLanes(source, QUESTION);
  expect(simulator.requestCount).toBe(lanes.length + 2);
  expect(new Set(simulator.requests.map(({ query }) => query['limit']))).toEqual(new Set(['1']));
});

test('a day costs a request a thousand rows, three a lane, and three for the whole, at most', async () => {
  const { source, simulator } = await bench({ transactions: evenly(60_000) });
  const { lanes, records } = await readDay(source, { laneRows: 50_000 });
  expect(records).toHaveLength(60_000);
  expect(simulator.requestCount).toBeLessThanOrEqual(60 + 3 * lanes.length + 3);
});

test('rows of one second are not cut: the lane that holds them is as short as a second', async () => {
  const crowd = Array.from({ length: 5000 }, (_, index) => ({
    id: `txn_${index}`,
    createdTime: '2026-11-20T13:37:11Z',
    amount: index,
    currency: 'USD',
  }));
  const { source } = await bench({ transactions: crowd });
  const { lanes } = await planLanes(source, { ...QUESTION, laneRows: 2000 });
  expect(Math.min(...lanes.map(({ from, to }) => to - from))).toBe(1);
  expect(lanes.length).toBeLessThan(40);
});

test('rows that come into a lane after its proof are noticed when the period is counted again', async () => {
  const { source } = await bench({
    transactions: evenly(800),
    simulator: { nastiness: { lateRows: 0.01, lateUntilRequest: 4 } },
  });
  await expect(readDay(source)).rejects.toMatchObject({
    code: 'INCOMPLETE',
    message: expect.stringMatching(/\d{3} rows received, and 800 counted when all were read/),
  });
});

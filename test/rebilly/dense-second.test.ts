import { describe, expect, test } from 'vitest';
import type { EpochSecond } from '../../lib/model/instant.ts';
import type { CollectionName, JsonObject } from '../../lib/model/records.ts';
import { bench, FROM, laneOf, readLane, type Setting, TO } from './reading.ts';

const NOON = (FROM + 43_200) as EpochSecond;

/** Rows of one second, noon; the shape says what tells them apart. */
function atNoon(
  count: number,
  shape: (index: number) => JsonObject,
  time = '2026-11-20T12:00:00Z',
): JsonObject[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `txn_${index}`,
    createdTime: time,
    updatedTime: time,
    amount: 19.99,
    currency: 'USD',
    type: 'sale',
    customerId: `cus_${index}`,
    revision: 1,
    ...shape(index),
  }));
}

async function readNoon(setting: Setting, collection: CollectionName = 'transactions') {
  const nastiness = { shuffleTies: true, ...setting.simulator?.nastiness };
  const opened = await bench({ ...setting, simulator: { ...setting.simulator, nastiness } });
  const { records, reading } = await readLane(opened.source, laneOf(FROM, TO, { collection }), '');
  return { ids: new Set(records.map(({ id }) => id)), count: records.length, reading, ...opened };
}

describe('a second that holds more than a page is read whole', () => {
  test.each<[string, number, (index: number) => JsonObject]>([
    ['with different amounts', 1500, (index) => ({ amount: index / 100 })],
    ['with 40,000 different amounts', 40_000, (index) => ({ amount: index / 100 })],
    ['with amounts of few values', 12_000, (index) => ({ amount: 5 + (index % 30) })],
    ['with large amounts', 5000, (index) => ({ amount: 1e8 + index })],
    ['with amounts of many digits', 3000, (index) => ({ amount: 0.00000001 * index })],
    ['with one amount and several types', 3600, (index) => ({ type: TYPES[index % 4]! })],
    ['with one amount and type, in currencies', 2700, (index) => ({ currency: MONEY[index % 3]! })],
    ['of few customers', 6000, (index) => ({ customerId: `cus_${index % 300}` })],
    ['with a customer each', 3900, () => ({})],
    [
      'with amounts missing here and there',
      3000,
      (index) => ({ amount: index % 3 ? index : null }),
    ],
    ['with noisy doubles', 2500, (index) => ({ amount: 19.990000000000002 + (index % 4) })],
  ])('%s: %i rows', async (_, rowCount, shape) => {
    const { ids, count, reading } = await readNoon({ transactions: atNoon(rowCount, shape) });
    expect([ids.size, count]).toEqual([rowCount, rowCount]);
    expect(reading.denseSeconds).toEqual(['2026-11-20T12:00:00Z']);
  });
});

const TYPES = ['sale', 'refund', 'capture', 'void'];
const MONEY = ['USD', 'EUR', 'JPY'];

test('credit memos of one second are told apart by currency and customer', async () => {
  const shape = (index: number) => ({
    currency: MONEY[index % 3]!,
    customerId: `cus_${index % 50}`,
  });
  const { ids } = await readNoon({ creditMemos: atNoon(4000, shape) }, 'credit-memos');
  expect(ids.size).toBe(4000);
});

test('a dense second with fractions is read without the next second’s rows', async () => {
  const fractions = atNoon(1500, (index) => ({
    amount: index,
    createdTime: `2026-11-20T12:00:00.${String(index).padStart(4, '0')}Z`,
  }));
  const next = atNoon(3, (index) => ({ id: `next_${index}` }), '2026-11-20T12:00:01Z');
  const { ids, count } = await readNoon({ transactions: [...fractions, ...next] });
  expect([ids.size, count]).toEqual([1503, 1503]);
});

test('two dense seconds that touch are read each on its own', async () => {
  const first = atNoon(1500, (index) => ({ amount: index }));
  const second = atNoon(
    1500,
    (index) => ({ id: `later_${index}`, amount: index }),
    '2026-11-20T12:00:01Z',
  );
  const { ids, reading } = await readNoon({ transactions: [...first, ...second] });
  expect(ids.size).toBe(3000);
  expect(reading.denseSeconds).toHaveLength(2);
});

test('a dense second on the far edge of a lane is counted and left to the next lane', async () => {
  const { source } = await bench({ transactions: atNoon(1500, () => ({})) });
  const { records, reading } = await readLane(source, laneOf(FROM, NOON), '');
  expect(records).toEqual([]);
  expect(reading).toMatchObject({ received: 1500, kept: 0, denseSeconds: [] });
});

test('of two readings of one row the higher revision stays', async () => {
  const { records } = await (async () => {
    const opened = await bench({
      transactions: atNoon(2000, (index) => ({ amount: index })),
      simulator: { nastiness: { mutateRows: 1, mutateEveryRequests: 2 } },
    });
    return readLane(opened.source, laneOf(FROM, TO), '');
  })();
  expect(records).toHaveLength(2000);
});

test('a second that cannot be told apart ends the run, and says how far it came', async () => {
  const alike = atNoon(9000, () => ({}));
  await expect(readNoon({ transactions: alike })).rejects.toMatchObject({
    code: 'SECOND_TOO_DENSE',
    message: expect.stringMatching(/12:00:00Z: \d{4} of 9000 rows/),
  });
});

test('a second that fills while it is read is no too dense one: its lane is read again', async () => {
  const rows = atNoon(2200, (index) => ({ amount: index }));
  const { source } = await bench({
    transactions: rows,
    simulator: { nastiness: { lateRows: 0.2, lateUntilRequest: 8 } },
  });
  const { records } = await readLane(source, laneOf(FROM, TO), '');
  expect(records).toHaveLength(2200);
});

test('no slicing term is sent for a field that the user’s own filter names', async () => {
  const rows = atNoon(1500, (index) => ({ amount: index, type: TYPES[index % 4]! }));
  const { source, simulator } = await bench({ transactions: rows });
  const { records } = await readLane(source, laneOf(FROM, TO), 'amount:..1400');
  expect(records).toHaveLength(1401);
  const terms = simulator.requests.flatMap(({ query }) => query['filter']!.split(';'));
  expect(new Set(terms.filter((term) => term.startsWith('amount:')))).toEqual(
    new Set(['amount:..1400']),
  );
});

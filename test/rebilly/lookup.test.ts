import { expect, test } from 'vitest';
import { lookup } from '../../lib/rebilly/lookup.ts';
import { bench } from './reading.ts';

function row(id: string) {
  return { id, createdTime: '2026-11-20T10:00:00Z', amount: 1, currency: 'USD' };
}

const MANY = Array.from({ length: 150 }, (_, index) => `txn_${String(index).padStart(26, '0')}`);

test('ids are asked for together, in filters of a safe length', async () => {
  const { source, simulator } = await bench({ transactions: MANY.map(row) });
  const { records, absent } = await lookup(source, 'transactions', [...MANY, ...MANY]);
  expect([...records.keys()].sort()).toEqual(MANY);
  expect(absent.size).toBe(0);
  const filters = simulator.requests.map(({ query }) => query['filter']!);
  expect(filters.length).toBe(3);
  expect(Math.max(...filters.map((filter) => filter.length))).toBeLessThan(1900);
});

test('ids that the grammar cannot carry go one by one, encoded', async () => {
  const odd = ['@mine', 'a..b', '~x'];
  const { source, simulator } = await bench({ transactions: odd.map(row) });
  const { records } = await lookup(source, 'transactions', odd);
  expect([...records.keys()].sort()).toEqual([...odd].sort());
  expect(simulator.requests.map(({ path }) => path).sort()).toEqual([
    '/organizations/org_1/transactions',
    '/organizations/org_1/transactions/%40mine',
    '/organizations/org_1/transactions/a..b',
  ]);
});

test('an id is absent only after its own GET said so', async () => {
  const { source, simulator } = await bench({ transactions: [row('txn_1')] });
  const { records, absent } = await lookup(source, 'transactions', ['txn_1', 'txn_gone']);
  expect([...records.keys()]).toEqual(['txn_1']);
  expect([...absent]).toEqual(['txn_gone']);
  expect(simulator.requests.at(-1)).toMatchObject({
    path: '/organizations/org_1/transactions/txn_gone',
    status: 404,
  });
});

test.each(['.', '..', ''])('the id %j would climb out of the path and is refused', async (id) => {
  const { source, simulator } = await bench({ transactions: [] });
  await expect(lookup(source, 'transactions', [id])).rejects.toMatchObject({ code: 'ID_INVALID' });
  expect(simulator.requestCount).toBe(0);
});

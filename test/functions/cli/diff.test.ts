import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../lib/model/records.ts';
import { type Files, smallSnapshot } from '../../snapshot/small-snapshot.ts';
import { add, item, memo, ofRecord, openShelf, payment, type Shelf } from '../shelf.ts';

let shelf: Shelf;

beforeAll(async () => {
  shelf = await openShelf();
});

afterAll(() => shelf.close());

describe('a record that both have', () => {
  const PAYMENT = ofRecord('transactions', 'p');

  test.each<[string, JsonObject, object[]]>([
    ['that nobody touched is the same', {}, []],
    [
      'of which only revision and time of change moved is the same',
      { revision: 2, updatedTime: '2026-11-23T00:00:00Z' },
      [],
    ],
    [
      'that was settled goes on with its life',
      { settlementTime: '2026-11-22T00:00:00Z' },
      [{ ...PAYMENT, kind: 'lifecycle', field: 'settlementTime', new: '2026-11-22T00:00:00Z' }],
    ],
    [
      'of another amount was corrected, with its effect in money',
      { amount: 9 },
      [
        {
          ...{ ...PAYMENT, kind: 'correction', field: 'amount', old: '10.50', new: '9.00' },
          ...{ currency: 'EUR', effect: '-1.50' },
        },
      ],
    ],
    [
      'that lost a field says so',
      { customerId: null },
      [{ ...PAYMENT, kind: 'correction', field: 'customerId', old: 'cus_1' }],
    ],
  ])('%s', async (_title, change, expected) => {
    const lines = await shelf.lines(
      { transactions: [payment('p')] },
      { transactions: [payment('p', change)] },
    );
    expect(lines).toEqual(expected);
  });
});

describe('a record that only one has', () => {
  test('is told by its amount, and takes its money along', async () => {
    const lines = await shelf.lines(
      { transactions: [payment('@gone'), payment('kept')], memos: [memo('m')] },
      { transactions: [payment('kept'), payment('new', { type: 'refund', amount: 3 })] },
    );
    expect(lines).toEqual([
      {
        ...{ ...ofRecord('credit-memos', 'm'), kind: 'only-in-first', field: 'totalAmount' },
        ...{ old: '30.00', currency: 'USD', effect: '-30.00' },
      },
      {
        ...{ ...ofRecord('transactions', '@gone'), kind: 'only-in-first', field: 'amount' },
        ...{ old: '10.50', currency: 'EUR', effect: '-10.50' },
      },
      {
        ...{ ...ofRecord('transactions', 'new'), kind: 'only-in-second', field: 'amount' },
        ...{ new: '3.00', currency: 'EUR', effect: '-3.00' },
      },
    ]);
  });

  test('has no effect where no money moved', async () => {
    const [line] = await shelf.lines({}, { transactions: [payment('p', { result: 'declined' })] });
    expect(line).toEqual({
      ...{ ...ofRecord('transactions', 'p'), kind: 'only-in-second', field: 'amount' },
      ...{ new: '10.50', currency: 'EUR' },
    });
  });
});

describe('the items of a memo', () => {
  const ITEM = ofRecord('credit-memo-items', 'm');

  async function between(
    first: readonly JsonObject[],
    second: readonly JsonObject[],
    status = 'issued',
  ) {
    return shelf.lines(
      { memos: [memo('m', { items: first, status })] },
      { memos: [memo('m', { items: second, status })] },
    );
  }

  test('are told by their ids: one put in front changes none behind it', async () => {
    const lines = await between(
      [item('a', 10), item('b', 20)],
      [item('x', 5), item('a', 10), item('b', 20)],
    );
    expect(lines).toEqual([
      { ...ITEM, kind: 'only-in-second', field: 'price', new: '5.00', currency: 'USD', line: '1' },
    ]);
  });

  test('without ids, or with the same, are told by their order', async () => {
    const twin = (price: number) => ({ ...item('a', price), id: undefined });
    const lines = await between(
      [twin(1), twin(2), item('t', 3), item('t', 4)],
      [twin(1), twin(2.5), item('t', 3), item('t', 4.5)],
    );
    expect(lines.filter(({ field }) => field === 'price')).toEqual([
      { ...ITEM, kind: 'correction', field: 'price', old: '2.00', new: '2.50', line: '2' },
      { ...ITEM, kind: 'correction', field: 'price', old: '4.00', new: '4.50', line: '4' },
    ]);
  });

  test('change their figures by correction, and their text in the course of life', async () => {
    const lines = await between(
      [item('a', 10), item('b', 20)],
      [item('a', 10), item('b', 20, { quantity: 2, description: '=1+1' })],
    );
    expect(lines).toEqual([
      { ...ITEM, kind: 'correction', field: 'quantity', old: '1', new: '2', line: '2' },
      { ...ITEM, kind: 'lifecycle', field: 'description', old: 'b', new: '=1+1', line: '2' },
    ]);
  });

  test('of a draft may still change', async () => {
    const lines = await between([item('a', 10)], [item('a', 11)], 'draft');
    expect(lines.map(({ kind, field }) => [kind, field])).toEqual([
      ['lifecycle', 'price'],
      ['lifecycle', 'unitPrice'],
    ]);
  });
});

describe('the allocations of a memo', () => {
  const USE = ofRecord('credit-memo-allocations', 'm');
  const paid = (invoiceId: string, amount: number, hour: number): JsonObject => ({
    ...{ invoiceId, amount, currency: 'USD', createdTime: `2026-11-20T${hour}:00:00Z` },
  });
  const uses = (invoices: readonly JsonObject[], transactions: readonly JsonObject[] = []) => ({
    memos: [memo('m', { allocations: { invoices, transactions } })],
  });

  test('are told by what they pay and when: one taken away changes no other', async () => {
    const lines = await shelf.lines(
      uses([paid('in_1', 10, 12), paid('in_1', 5, 13), paid('in_2', 5, 14)]),
      uses(
        [paid('in_1', 5, 13), paid('in_2', 6, 14)],
        [{ transactionId: 't', amount: 4, currency: 'USD' }],
      ),
    );
    expect(lines).toEqual([
      {
        ...{ ...USE, kind: 'only-in-first', field: 'amount', old: '10.00', currency: 'USD' },
        line: 'invoice in_1',
      },
      {
        ...USE,
        kind: 'correction',
        field: 'amount',
        old: '5.00',
        new: '6.00',
        line: 'invoice in_2',
      },
      {
        ...{ ...USE, kind: 'only-in-second', field: 'amount', new: '4.00', currency: 'USD' },
        line: 'transaction t',
      },
    ]);
  });
});

test.each(['changed-transactions', 'inputs/earlier-transactions', 'inputs/aged-transactions'])(
  'rows of other days in %s.csv are no part of the comparison',
  async (table) => {
    const other = await smallSnapshot([payment('p', { amount: 99, revision: 2 })], []);
    const files = (all: Files) => add(all, table, other.get('transactions.csv')!);
    const content = { transactions: [payment('p')], files };
    expect(await shelf.lines(content, content)).toEqual([]);
  },
);

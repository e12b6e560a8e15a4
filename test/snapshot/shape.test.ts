import { describe, expect, test } from 'vitest';
import { recordOf } from '../../lib/model/api-record.ts';
import type { JsonObject } from '../../lib/model/records.ts';
import { createShaper, header } from '../../lib/snapshot/shape.ts';
import { fc } from '../world/properties.ts';
import { creditMemo, transaction } from './records.ts';
import { OPTIONS, shaped, shapedTransaction } from './shaped.ts';
import { shapedRows } from './shaped-rows.ts';

test('a transaction of the contract has every cell, no drift and no fault', () => {
  const { row, drift, cellFaults } = shapedTransaction();
  expect(row).toMatchObject({
    businessDate: '2026-11-20',
    id: 'txn_1',
    amount: '12.50',
    requestAmount: '12.50',
    'dcc.base.amount': '1300',
    'dcc.quote.amount': '12.50',
    'dcc.usdMarkup': '0.125',
    'gateway.response.code': '10000',
    '3ds.version': '2.2.0',
    'paymentInstrument.method': 'payment-card',
    invoiceIds: 'in_1 in_2',
    isReconciled: 'true',
    retryNumber: '0',
    arn: '74537604221222132710572',
    bin: '00411111',
    settlementTime: '',
    referenceData: '{"a":"1","b":{"c":2,"d":3}}',
    createdTime: '2026-11-21T04:59:59Z',
  });
  expect([drift, cellFaults]).toEqual([[], []]);
});

test('every row has a cell for every column, whatever the record lacks', () => {
  const shaper = createShaper('transactions', OPTIONS);
  const records = [{}, { gateway: {} }, transaction].map(recordOf);
  const [{ rows } = expect.fail('a table')] = shapedRows(shaper, records);
  expect(rows.map((row) => row.length)).toEqual([81, 81, 81]);
  expect(new Set(rows[0])).toEqual(new Set(['']));
});

test('of many faults the first hundred are kept and all are counted', () => {
  const shaper = createShaper('transactions', OPTIONS);
  shapedRows(
    shaper,
    Array.from({ length: 150 }, () => recordOf({ ...transaction, bin: 4 })),
  );
  shapedRows(shaper, [recordOf({ ...transaction, description: 'x'.repeat(500).split('') })]);
  const { cellFaults, cellFaultCount } = shaper.summary();
  expect([cellFaults.length, cellFaultCount]).toEqual([100, 151]);
});

test('the raw text of a fault is cut to 200 characters', () => {
  const { cellFaults } = shapedTransaction({ bin: ['x'.repeat(500)] });
  expect(cellFaults[0]?.raw.length).toBe(200);
});

test('personal columns that were let in are read; the others are not', () => {
  const { row, drift } = shapedTransaction({}, ['billingAddress.city', 'customFields']);
  expect(row).toMatchObject({ 'billingAddress.city': 'Köln', customFields: '{"z":1}' });
  expect(row).not.toHaveProperty(['billingAddress.lastName']);
  expect(drift).toEqual([]);
});

describe('drift', () => {
  test.each([
    ['an unknown member', { brandNew: 1 }, 'unknown-member', 'brandNew'],
    [
      'one of a nested object',
      { gateway: { response: { x: 1 } } },
      'unknown-member',
      'gateway.response.x',
    ],
    ['an unknown word', { status: 'suspended' }, 'unknown-value', 'status'],
    ['a member that was always there', { createdTime: undefined }, 'missing-member', 'createdTime'],
    ['null where none is documented', { customerId: null }, 'unexpected-null', 'customerId'],
    ['null for an object', { gateway: null }, 'unexpected-null', 'gateway'],
  ])('%s is counted, and the row goes on', (_what, members, kind, path) => {
    const { row, drift } = shapedTransaction(members as JsonObject);
    expect(drift).toMatchObject([{ collection: 'transactions', kind, path, count: 1 }]);
    expect(row['amount']).toBe('12.50');
  });

  test('an unknown word is named and stays in its cell', () => {
    const { row, drift } = shapedTransaction({ status: 'suspended' });
    expect(row['status']).toBe('suspended');
    expect(drift[0]).toMatchObject({ value: 'suspended' });
  });

  test('nulls and members that the API documents are none', () => {
    const members = { dcc: null, limits: null, bin: null, _links: [], redirectUrl: null };
    expect(shapedTransaction({ ...members, _embedded: {} }).drift).toEqual([]);
  });

  test('without end does not fill the manifest', () => {
    const shaper = createShaper('transactions', OPTIONS);
    const odd = (_: unknown, at: number) => recordOf({ ...transaction, [`member${at}`]: 1 });
    shapedRows(shaper, Array.from({ length: 3000 }, odd));
    const { drift } = shaper.summary();
    expect(drift.length).toBe(1001);
    expect(drift.find(({ path }) => path === '…')?.count).toBe(2000);
  });
});

describe('a credit memo', () => {
  const { tables, drift, cellFaults } = shaped('credit-memos', JSON.stringify(creditMemo));
  const [memos, items, allocations] = tables as [Rows, Rows, Rows];
  type Rows = Record<string, string | undefined>[];

  test('is a row without drift', () => {
    expect(memos).toMatchObject([
      { businessDate: '2026-11-20', id: 'crmm_1', number: '7', totalAmount: '1.100' },
    ]);
    expect([drift, cellFaults]).toEqual([[], []]);
  });

  test('has its items as rows, in their order, in its currency', () => {
    expect(items).toMatchObject([
      { creditMemoId: 'crmm_1', position: '1', id: 'i1', price: '0.500', unitPrice: '0.25' },
      { creditMemoId: 'crmm_1', position: '2', id: 'i2', price: '0.600', currency: 'KWD' },
    ]);
    expect(items[1]).toMatchObject({
      'tax.amount': '0.060',
      'tax.rate': '0.1',
      'tax.jurisdictions.country': 'KW',
    });
  });

  test('has its allocations as rows, to transactions first', () => {
    expect(allocations).toMatchObject([
      { creditMemoId: 'crmm_1', target: 'transaction', transactionId: 'txn_9', amount: '0.300' },
      { creditMemoId: 'crmm_1', target: 'invoice', invoiceId: 'in_9', amount: '0.200' },
    ]);
  });

  test('with odd lists loses nothing else', () => {
    const odd = { ...creditMemo, items: 'none', allocations: { invoices: [1], payouts: [] } };
    const { tables, cellFaults } = shaped('credit-memos', JSON.stringify(odd));
    expect(tables.map((rows) => rows.length)).toEqual([1, 0, 0]);
    expect(cellFaults.map(({ column }) => column)).toEqual(['allocations.invoices', 'items']);
  });

  test('without lists has no rows of them', () => {
    const { items: _, allocations: __, ...bare } = creditMemo;
    const { tables, drift } = shaped('credit-memos', JSON.stringify(bare));
    expect(tables.map((rows) => rows.length)).toEqual([1, 0, 0]);
    expect(drift).toEqual([]);
  });
});

test('any record at all is shaped without an error', () => {
  const records = fc.array(
    fc.dictionary(fc.constantFrom(...Object.keys(transaction), '__proto__', 'x'), fc.jsonValue()),
  );
  fc.assert(
    fc.property(records, (list) => {
      const page = list.map((members) => recordOf(members as JsonObject));
      for (const collection of ['transactions', 'credit-memos'] as const) {
        const shaper = createShaper(collection, OPTIONS);
        const [first] = shapedRows(shaper, page);
        expect(first?.rows.length).toBe(list.length);
        for (const { table, rows } of shapedRows(shaper, page)) {
          const width = header(table, []).length;
          for (const row of rows) expect(row.length).toBe(width);
        }
      }
    }),
  );
});

import { describe, expect, test } from 'vitest';
import { parseTimestamp, timestampText } from '../../lib/model/instant.ts';
import { timeText } from '../../lib/snapshot/cell.ts';
import { fc } from '../world/properties.ts';
import { transaction } from './records.ts';
import { shaped, shapedTransaction } from './shaped.ts';

/** A transaction whose `amount` is written exactly so. */
function amountCell(number: string, currency: string) {
  const json = JSON.stringify({ ...transaction, amount: 0, currency });
  const { tables, drift } = shaped(
    'transactions',
    json.replace('"amount":0', `"amount":${number}`),
  );
  return { cell: tables[0]![0]!['amount'], drift };
}

describe('amounts', () => {
  test.each([
    ['12', 'USD', '12.00'],
    ['12', 'JPY', '12'],
    ['12.5', 'KWD', '12.500'],
    ['1e-7', 'BTC', '0.0000001'],
    ['0.123456789012345678', 'ETH', '0.123456789012345678'],
    ['12345678901234567.89', 'USD', '12345678901234567.89'],
    ['1.5E+21', 'USD', '1500000000000000000000.00'],
    ['-0', 'USD', '0.00'],
    ['-0.0', 'XYZ', '0'],
    ['12.345', 'USD', '12.345'],
  ])('%s %s is %s', (number, currency, cell) => {
    expect(amountCell(number, currency)).toEqual({ cell, drift: [] });
  });

  test('binary noise is taken away and counted', () => {
    const { cell, drift } = amountCell('0.30000000000000004', 'EUR');
    expect(cell).toBe('0.30');
    expect(drift).toEqual([
      { collection: 'transactions', kind: 'binary-noise', path: 'amount', count: 1 },
    ]);
  });

  test('a negative amount stays a number and is counted', () => {
    const { cell, drift } = amountCell('-12.5', 'USD');
    expect(cell).toBe('-12.50');
    expect(drift).toMatchObject([{ kind: 'unusual-sign', path: 'amount', count: 1 }]);
  });

  test('without a currency an amount keeps its digits', () => {
    expect(shapedTransaction({ currency: null }).row).toMatchObject({
      amount: '12.5',
      currency: '',
    });
  });
});

describe('times', () => {
  test.each([
    ['2026-11-20T23:59:59Z', '2026-11-20T23:59:59Z'],
    ['2026-11-20T23:59:59.500Z', '2026-11-20T23:59:59.500Z'],
    ['2026-11-21T00:59:59+01:00', '2026-11-20T23:59:59Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00Z'],
    ['2026-02-29T00:00:00Z', undefined],
    ['2026-04-31T00:00:00Z', undefined],
    ['2026-11-20T24:00:00Z', undefined],
    ['yesterday', undefined],
  ])('%s is %s', (sent, cell) => {
    expect(timeText(sent)).toBe(cell);
  });

  test('are read the short way as the long way would', () => {
    const twoDigits = (max: number) =>
      fc.integer({ min: 0, max }).map((part) => String(part).padStart(2, '0'));
    const year = fc.integer({ min: 999, max: 2100 }).map((part) => String(part).padStart(4, '0'));
    const day = fc.tuple(year, twoDigits(13), twoDigits(32)).map((parts) => parts.join('-'));
    const time = fc.tuple(...[24, 60, 60].map(twoDigits)).map((parts) => parts.join(':'));
    fc.assert(
      fc.property(day, time, (day, time) => {
        const sent = `${day}T${time}Z`;
        const moment = parseTimestamp(sent);
        expect(timeText(sent)).toBe(moment && timestampText(moment));
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['2026-11-21T04:59:59.999Z', '2026-11-20'],
    ['2026-11-21T05:00:00Z', '2026-11-21'],
    ['2026-11-21T05:00:00.001Z', '2026-11-21'],
    ['2026-11-01T03:59:59Z', '2026-10-31'],
    ['2026-11-02T04:59:59Z', '2026-11-01'],
  ])('%s is of the business day %s in New York', (createdTime, day) => {
    expect(shapedTransaction({ createdTime }).row['businessDate']).toBe(day);
  });
});

describe('text', () => {
  test('that looks like a formula is guarded, in every kind of text cell', () => {
    const { row } = shapedTransaction({
      id: '@txn',
      description: '=1+1',
      type: '-new',
      invoiceIds: ['@a', '@b'],
      orderId: "'quoted",
      currency: '+US',
    });
    expect(row).toMatchObject({
      id: "'@txn",
      description: "'=1+1",
      type: "'-new",
      invoiceIds: "'@a @b",
      orderId: "''quoted",
      currency: "'+US",
    });
  });

  test('of many lines and scripts stays as it was', () => {
    const description = 'Zeile 1\r\nZeile 2\t"x"; 日本 🎉';
    expect(shapedTransaction({ description }).row['description']).toBe(description);
  });
});

test.each([
  ['amount', '12.50', '"12.50"'],
  ['amount', { value: 1 }, '{"value":1}'],
  ['isReconciled', 'yes', '"yes"'],
  ['retryNumber', 1.5, '1.5'],
  ['id', 12, '12'],
  ['invoiceIds', 'in_1', '"in_1"'],
  ['invoiceIds', ['in_1', 2], '["in_1",2]'],
  ['createdTime', 'soon', '"soon"'],
  ['gateway', 'none', '"none"'],
  ['referenceData', 7, '7'],
  ['description', ['a'], '["a"]'],
])('%s of the wrong kind (%j) is an empty cell and a fault', (column, value, raw) => {
  const { row, cellFaults, cellFaultCount } = shapedTransaction({ [column]: value });
  expect(row[column] ?? '').toBe('');
  const recordId = column === 'id' ? '' : 'txn_1';
  expect(cellFaults).toEqual([{ table: 'transactions', recordId, column, raw }]);
  expect(cellFaultCount).toBe(1);
});

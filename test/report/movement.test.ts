import { describe, expect, test } from 'vitest';
import {
  dayFigures,
  gatewayMovements,
  memoTotals,
  movements,
  transactionTotals,
} from '../../lib/report/movement.ts';
import { merchantTotals, totalLine } from './merchant.ts';

const SALE = {
  collection: 'transactions',
  measure: 'created',
  businessDate: '2026-11-20',
  type: 'sale',
  result: 'approved',
  voided: 'false',
  currency: 'USD',
};

describe('money moved', () => {
  test('is approved sales and captures less refunds and credits, each currency for itself', () => {
    expect(movements(merchantTotals())).toEqual([
      {
        currency: 'USD',
        moneyIn: { count: 2549, amount: '275614.02' },
        moneyOut: { count: 97, amount: '8816.44' },
        net: '266797.58',
      },
      {
        currency: 'EUR',
        moneyIn: { count: 1109, amount: '144762.95' },
        moneyOut: { count: 44, amount: '3212.64' },
        net: '141550.31',
      },
      {
        currency: 'JPY',
        moneyIn: { count: 211, amount: '22871210' },
        moneyOut: { count: 4, amount: '23098' },
        net: '22848112',
      },
      {
        currency: 'KWD',
        moneyIn: { count: 21, amount: '889.271' },
        moneyOut: { count: 12, amount: '1097.394' },
        net: '-208.123',
      },
    ]);
  });

  test.each([
    ['a voided row', { ...SALE, voided: 'true' }],
    ['a declined row', { ...SALE, result: 'declined' }],
    ['an unknown row', { ...SALE, result: 'unknown' }],
    ['an authorization', { ...SALE, type: 'authorize' }],
    ['a void', { ...SALE, type: 'void' }],
    ['the bridge to the processed day', { ...SALE, measure: 'created-and-processed' }],
    ['the processed day', { ...SALE, measure: 'processed' }],
    ['a row without currency', { ...SALE, currency: '' }],
  ])('does not count %s', (_, cells) => {
    expect(movements([totalLine(cells, 1, '10.00')])).toEqual([]);
  });

  test('is exact where doubles are not', () => {
    const lines = [totalLine(SALE, 1, '0.1'), totalLine({ ...SALE, type: 'capture' }, 1, '0.2')];
    expect(movements(lines)[0]!.moneyIn).toEqual({ count: 2, amount: '0.30' });
  });

  test('of a day makes a day of the picture', () => {
    expect(dayFigures('2026-11-20', [totalLine(SALE, 3, '7')], 2)).toEqual({
      day: '2026-11-20',
      missing: false,
      moneyIn: [{ currency: 'USD', count: 3, amount: '7.00' }],
      discrepancyCount: 2,
    });
  });

  test('by gateway account adds up to the same', () => {
    const gateways = gatewayMovements(merchantTotals());
    expect(
      gateways.map(({ currency, gatewayAccountId, moneyIn }) => [
        currency,
        gatewayAccountId.slice(0, 10),
        moneyIn.amount,
      ]),
    ).toEqual([
      ['USD', 'gw_acc_0YV', '204310.27'],
      ['USD', 'gw_acc_0Y7', '71303.75'],
      ['EUR', 'gw_acc_0YV', '144762.95'],
      ['JPY', 'gw_acc_0Y3', '22871210'],
      ['KWD', '', '889.271'],
    ]);
  });
});

describe('totals', () => {
  test('of transactions follow the life of a payment, those without currency last', () => {
    const usd = transactionTotals(merchantTotals()).filter(({ currency }) => currency === 'USD');
    expect(usd.map(({ type, result, voided, count }) => [type, result, voided, count])).toEqual([
      ['sale', 'approved', false, 2461],
      ['sale', 'approved', true, 16],
      ['sale', 'declined', false, 214],
      ['sale', 'unknown', false, 7],
      ['capture', 'approved', false, 88],
      ['refund', 'approved', false, 97],
    ]);
    expect(transactionTotals(merchantTotals()).at(-1)!.currency).toBe('');
  });

  test('of a range add its days, and take balances from its two ends', () => {
    const day = (businessDate: string, issued: string, before: string, after: string) => {
      const memo = { collection: 'credit-memos', businessDate, currency: 'USD' };
      return [
        totalLine({ ...memo, measure: 'issued' }, 1, issued),
        totalLine({ ...memo, measure: 'brought-forward' }, 5, before),
        totalLine({ ...memo, measure: 'carried-forward' }, 6, after),
      ];
    };
    const totals = [...day('2026-11-01', '10', '50', '60'), ...day('2026-11-02', '5', '60', '65')];
    expect(memoTotals(totals).map(({ measure, amount }) => [measure, amount])).toEqual([
      ['issued', '15.00'],
      ['brought-forward', '50.00'],
      ['carried-forward', '65.00'],
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { CONTROL_TOTAL_COLUMNS } from '../../lib/columns/control-totals.ts';
import type { TotalLine } from '../../lib/contract.ts';
import { recordOf } from '../../lib/model/api-record.ts';
import type { CollectionName, JsonObject } from '../../lib/model/records.ts';
import { carriedForward, controlTotals } from '../../lib/snapshot/control-totals.ts';
import { createShaper } from '../../lib/snapshot/shape.ts';
import { keyOf, mergeTotals, sumText } from '../../lib/snapshot/totals.ts';
import { fc } from '../world/properties.ts';
import { creditMemo, transaction } from './records.ts';
import { OPTIONS } from './shaped.ts';

function totalsOf(collection: CollectionName, records: readonly JsonObject[]) {
  const shaper = createShaper(collection, OPTIONS);
  shaper.shape(records.map(recordOf));
  return mergeTotals([shaper.summary().totals]);
}

/** `measure day currency: count amount`, for eyes. */
function shown(lines: readonly TotalLine[]): readonly string[] {
  return lines.map((line) => {
    const { measure, businessDate, currency } = keyOf(line);
    return `${measure} ${businessDate} ${currency}: ${line.count} ${line.amount}`;
  });
}

const DAYS = ['2026-11-19T12:00:00Z', '2026-11-20T12:00:00Z', '2026-11-21T12:00:00Z'] as const;
const [, TODAY, TOMORROW] = DAYS;

const anyTransaction = fc.record({
  createdTime: fc.constantFrom(...DAYS),
  processedTime: fc.option(fc.constantFrom(...DAYS), { nil: undefined }),
  type: fc.constantFrom('sale', 'refund'),
  status: fc.constantFrom('completed', 'voided'),
  amount: fc.oneof(
    fc.integer({ min: 0, max: 100_000 }).map((cents) => cents / 100),
    fc.constantFrom(null, 0.125, 1e-7),
  ),
  currency: fc.constantFrom('USD', 'JPY', 'BTC', null),
});
const transactions = fc
  .array(anyTransaction, { maxLength: 40 })
  .map((list) => list.map((members) => ({ ...transaction, ...members }) as JsonObject));

const creditMemos = fc
  .array(
    fc.record({
      createdTime: fc.constantFrom(...DAYS),
      status: fc.constantFrom('draft', 'quotation', 'issued', 'applied', 'voided'),
      currency: fc.constantFrom('KWD', 'EUR'),
      totalAmount: fc.integer({ min: 0, max: 1000 }).map((units) => units / 10),
    }),
    { maxLength: 20 },
  )
  .map((list) => list.map((members) => ({ ...creditMemo, ...members }) as JsonObject));

describe.each([
  ['transactions', transactions],
  ['credit-memos', creditMemos],
] as const)('the totals of %s', (collection, records) => {
  test('of a union are the merged totals of its parts', () => {
    fc.assert(
      fc.property(records, fc.nat(40), (list, cut) => {
        const parts = [list.slice(0, cut), list.slice(cut)].map((part) =>
          totalsOf(collection, part),
        );
        expect(mergeTotals(parts)).toEqual(totalsOf(collection, list));
      }),
    );
  });

  test('of a range are the sum of those of its days', () => {
    fc.assert(
      fc.property(records, (list) => {
        const days = DAYS.map((day) => list.filter(({ createdTime }) => createdTime === day));
        const parts = days.map((day) => totalsOf(collection, day));
        expect(mergeTotals(parts)).toEqual(totalsOf(collection, list));
      }),
    );
  });

  test('do not depend on the order of rows', () => {
    fc.assert(
      fc.property(records, (list) => {
        expect(totalsOf(collection, list.toReversed())).toEqual(totalsOf(collection, list));
      }),
    );
  });
});

/** Adds up the lines of a measure, by everything else in their keys but what `without` names. */
function sums(
  lines: readonly TotalLine[],
  measures: readonly string[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const line of lines) {
    const { measure, ...rest } = keyOf(line);
    if (!measures.includes(measure)) continue;
    const name = JSON.stringify(rest);
    const [count = '0', amount = '0'] = found.get(name)?.split(' ') ?? [];
    const total = sumText(amount, line.amount, rest.currency);
    found.set(name, `${Number(count) + line.count} ${total}`);
  }
  return found;
}

test('created and processed days are bridged without a gap', () => {
  fc.assert(
    fc.property(transactions, (list) => {
      const lines = totalsOf('transactions', list);
      expect(sums(lines, ['created'])).toEqual(
        sums(lines, [
          'created-and-processed',
          'created-processed-on-another-day',
          'created-not-processed',
        ]),
      );
      expect(sums(lines, ['processed'])).toEqual(
        sums(lines, ['created-and-processed', 'processed-created-on-another-day']),
      );
    }),
  );
});

test('a transaction processed the day after counts on both days', () => {
  const lines = totalsOf('transactions', [
    { ...transaction, createdTime: TODAY, processedTime: TOMORROW, amount: 10, currency: 'EUR' },
  ]);
  expect(shown(lines)).toEqual([
    'created 2026-11-20 EUR: 1 10.00',
    'created-processed-on-another-day 2026-11-20 EUR: 1 10.00',
    'processed 2026-11-21 EUR: 1 10.00',
    'processed-created-on-another-day 2026-11-21 EUR: 1 10.00',
  ]);
});

test.each([
  ['without an amount', { amount: null }],
  ['without a currency', { currency: null }],
  ['with an amount of the wrong kind', { amount: 'ten' }],
])('a row %s is counted with no amount and no currency', (_what, members) => {
  const [line] = totalsOf('transactions', [{ ...transaction, ...members } as JsonObject]);
  expect(line).toMatchObject({ count: 1, amount: '0' });
  expect(line && keyOf(line).currency).toBe('');
});

test('a row without its report currency adds nothing to the report amount', () => {
  const [line] = totalsOf('transactions', [{ ...transaction, reportCurrency: null } as JsonObject]);
  expect(line).toMatchObject({ amount: '12.50', reportAmount: '0' });
});

test('voided rows and unusual digits stand apart and add up exactly', () => {
  const row = { ...transaction, createdTime: TODAY, processedTime: undefined };
  const lines = totalsOf('transactions', [
    { ...row, amount: 0.1 },
    { ...row, amount: 0.2 },
    { ...row, amount: 0.125 },
    { ...row, amount: 5, status: 'voided' },
  ] as unknown as JsonObject[]);
  expect(lines.map((line) => [keyOf(line).voided, line.amount]).slice(0, 2)).toEqual([
    ['false', '0.425'],
    ['true', '5.00'],
  ]);
});

test('a method of the older name counts as the method', () => {
  const { paymentInstrument: _, ...older } = transaction;
  const [line] = totalsOf('transactions', [{ ...older, method: 'cash' } as JsonObject]);
  expect(line && keyOf(line).method).toBe('cash');
});

describe('credit memos', () => {
  const memo = { ...creditMemo, createdTime: TODAY };

  test('are issued, allocated, unused and voided by currency', () => {
    const lines = totalsOf('credit-memos', [memo, { ...memo, status: 'voided' }]);
    expect(shown(lines)).toEqual([
      'allocated-to-invoices 2026-11-20 KWD: 1 0.200',
      'allocated-to-transactions 2026-11-20 KWD: 1 0.300',
      'issued 2026-11-20 KWD: 2 2.200',
      'unused 2026-11-20 KWD: 1 0.600',
      'voided 2026-11-20 KWD: 1 1.100',
    ]);
  });

  test.each(['draft', 'quotation'])('that are a %s do not count', (status) => {
    expect(totalsOf('credit-memos', [{ ...memo, status }])).toEqual([]);
  });
});

describe('control-totals.csv', () => {
  const lines = totalsOf('credit-memos', [{ ...creditMemo, createdTime: TODAY }]);
  const roll = { firstDay: '2026-11-20', lastDay: '2026-11-20' };

  test('has its header and a row for each line, figures in their columns', () => {
    const [header, ...rows] = controlTotals(totalsOf('transactions', [transaction]));
    expect(header).toEqual(CONTROL_TOTAL_COLUMNS);
    expect(rows[0]?.slice(0, 8).join()).toBe(
      'transactions,created,2026-11-20,gw_acc_1,payment-card,sale,approved,false',
    );
    expect(rows[0]?.slice(8).join()).toBe('USD,1,12.50,USD,12.50');
  });

  test('of a snapshot that stands alone rolls nothing forward', () => {
    expect(controlTotals(lines).flat()).not.toContain('carried-forward');
  });

  test('of the first night carries forward what is unused', () => {
    const rows = controlTotals(lines, { ...roll, broughtForward: undefined });
    expect(carriedForward(rows)).toEqual([{ currency: 'KWD', count: 1, amount: '0.600' }]);
    expect(rows.flat()).not.toContain('brought-forward');
  });

  test('brings forward what the predecessor carried, and carries the sum', () => {
    const broughtForward = [
      { currency: 'EUR', count: 2, amount: '7.00' },
      { currency: 'KWD', count: 3, amount: '1.400' },
    ];
    const rows = controlTotals(lines, { ...roll, broughtForward });
    expect(rows.filter((row) => row[1] === 'brought-forward').length).toBe(2);
    expect(carriedForward(rows)).toEqual([
      { currency: 'EUR', count: 2, amount: '7.00' },
      { currency: 'KWD', count: 4, amount: '2.000' },
    ]);
  });

  test('of the same rows is the same, whatever the order of lanes', () => {
    expect(controlTotals(mergeTotals([lines.toReversed()]))).toEqual(controlTotals(lines));
  });
});

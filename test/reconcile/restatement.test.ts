import { expect, test } from 'vitest';
import { restatementRows } from '../../lib/reconcile/discrepancy-rows.ts';
import { type Cells, judgedNight, memo, payment } from './night.ts';

const CREATED = { createdTime: '2026-11-10T10:00:00Z' };

async function restated(before: Cells, after: Cells, currency = 'USD') {
  const cells = { ...CREATED, currency };
  const { restatements } = await judgedNight({
    roster: [],
    rows: [
      { source: 'earlier', table: 'transactions', rows: [payment('a', { ...cells, ...before })] },
      { source: 'changed', table: 'transactions', rows: [payment('a', { ...cells, ...after })] },
    ],
  });
  return restatements.map(({ kind, field, old, new: now, effect, currency }) =>
    [kind, field, old, now, effect, currency].join(' '),
  );
}

test.each<[string, Cells, Cells, string[]]>([
  ['nothing', {}, { updatedTime: '2026-11-20T00:00:00Z', revision: '2' }, []],
  [
    'a settlement',
    {},
    { settlementTime: '2026-11-12T00:00:00Z' },
    ['lifecycle settlementTime  2026-11-12T00:00:00Z  '],
  ],
  [
    'an outcome at last, with its money',
    { result: 'unknown', status: 'pending' },
    {},
    ['lifecycle result unknown approved 100.00 USD', 'lifecycle status pending completed  '],
  ],
  [
    'a void, with its money',
    {},
    { status: 'voided' },
    ['lifecycle status completed voided -100.00 USD'],
  ],
  [
    'a refund that was declined after all',
    { type: 'refund' },
    { type: 'refund', result: 'declined' },
    ['correction result approved declined 100.00 USD'],
  ],
  [
    'an amount and its purchase amount',
    {},
    { amount: '90.00' },
    ['correction amount 100.00 90.00 -10.00 USD', 'lifecycle purchaseAmount 100.00 90.00  '],
  ],
])('%s is restated field by field', async (_title, before, after, expected) => {
  const found = await restated(before, after);
  expect(found.filter((one) => !one.includes('requestAmount'))).toEqual(expected);
});

test('a change of currency has no effect that could be told in one', async () => {
  const found = await restated(
    {},
    { currency: 'EUR', purchaseCurrency: 'USD', requestCurrency: 'USD' },
  );
  expect(found).toEqual(['correction currency USD EUR  ']);
});

test('the effect is exact in dinars, yen and wei', async () => {
  const effect = async (currency: string, before: string, after: string) =>
    (await restated({ amount: before }, { amount: after }, currency)).filter((one) =>
      one.startsWith('correction'),
    );
  expect(await effect('KWD', '0.100', '0.301')).toEqual([
    'correction amount 0.100 0.301 0.201 KWD',
  ]);
  expect(await effect('JPY', '100', '99')).toEqual(['correction amount 100 99 -1 JPY']);
  expect(await effect('ETH', '0.1', '0.300000000000000001')).toEqual([
    'correction amount 0.1 0.300000000000000001 0.200000000000000001 ETH',
  ]);
});

test('memos are restated too, and cells stay guarded as they were', async () => {
  const { restatements } = await judgedNight({
    roster: [],
    rows: [
      {
        source: 'earlier',
        table: 'credit-memos',
        rows: [memo('@m', { ...CREATED, description: 'a' })],
      },
      {
        source: 'changed',
        table: 'credit-memos',
        rows: [memo('@m', { ...CREATED, description: '=1+1', totalAmount: '90.00' })],
      },
    ],
  });
  expect(restatementRows(restatements)).toEqual([
    ['credit-memos', "'@m", '2026-11-10', 'lifecycle', 'description', 'a', "'=1+1", '', ''],
    [
      'credit-memos',
      "'@m",
      '2026-11-10',
      'correction',
      'totalAmount',
      '100.00',
      '90.00',
      'USD',
      '-10.00',
    ],
  ]);
});

import { expect, test } from 'vitest';
import { totalsTable } from '../../../functions/cli/totals-table.ts';
import type { TotalLine } from '../../../lib/contract.ts';
import { KEY_COLUMNS, type TotalKey } from '../../../lib/snapshot/totals.ts';

function line(key: Partial<TotalKey>, count: number, amount: string): TotalLine {
  const cells = { collection: 'transactions', measure: 'created', type: 'sale', ...key };
  const full: Partial<TotalKey> = {
    result: 'approved',
    voided: 'false',
    currency: 'EUR',
    ...cells,
  };
  return { key: KEY_COLUMNS.map((name) => full[name] ?? ''), count, amount, reportAmount: '0' };
}

test('gateways, methods and days are added up; currencies never are', () => {
  const totals = [
    line({ gatewayAccountId: 'gw_1', method: 'payment-card' }, 2, '1000.50'),
    line({ gatewayAccountId: 'gw_2', method: 'ach' }, 1_500, '999999.5'),
    line({ currency: 'JPY' }, 1, '1000'),
    line({ voided: 'true' }, 1, '5.00'),
    line({ measure: 'processed' }, 99, '99.00'),
    line({ collection: 'credit-memos', measure: 'issued', type: '', result: '' }, 3, '12.30'),
  ];
  expect(`\n${totalsTable(totals)}\n`).toBe(`
collection    type  result            currency  count        amount
────────────  ────  ────────────────  ────────  ─────  ────────────
transactions  sale  approved          EUR       1,502  1,001,000.00
                                      JPY           1         1,000
                    approved, voided  EUR           1          5.00
credit-memos                          EUR           3         12.30
`);
});

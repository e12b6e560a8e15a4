import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { TableName } from '../../../lib/model/records.ts';
import { inputColumns } from '../../../lib/reconcile/files.ts';
import { header } from '../../../lib/snapshot/shape.ts';
import { SCOPE } from '../../reconcile/night.ts';
import { noteSnapshot } from './task.ts';

/** A snapshot file holds at most this many rows. */
const FILE_ROWS = 1_000_000;
const DAY_COUNT = 30;
const START = '2026-10-01';
const END = '2026-10-31';

/** Ids as long as real ones: how much memory a row takes depends on little else. */
const id = (prefix: string, number: string) =>
  `'${prefix}_0Y' || upper(substr(md5('${prefix}' || (${number})::VARCHAR), 1, 24))`;
const time = (instant: string) => `strftime(${instant}, '%Y-%m-%dT%H:%M:%SZ')`;
const money = (cents: string) => `((${cents}) / 100)::DECIMAL(18, 2)`;

/**
 * Sound transactions in families of ten: six sales that stand alone, one that was refunded in full,
 * its refund, an authorization and its capture. `n` is a row's number, `g` its family, `k` its
 * place, `cents` its amount.
 */
const TRANSACTION: Readonly<Record<string, string>> = {
  businessDate: `created::DATE::VARCHAR`,
  id: id('txn', 'n'),
  type: `CASE k WHEN 7 THEN 'refund' WHEN 8 THEN 'authorize' WHEN 9 THEN 'capture' ELSE 'sale' END`,
  status: `CASE k WHEN 6 THEN 'refunded' ELSE 'completed' END`,
  result: `'approved'`,
  amount: money('cents'),
  currency: 'currency',
  createdTime: time('created'),
  processedTime: time('created'),
  settlementTime: time(`created + INTERVAL 1 DAY`),
  updatedTime: time(`created + INTERVAL 1 DAY`),
  'paymentInstrument.method': `'payment-card'`,
  gatewayAccountId: `'gw_acc_' || (g % 4)`,
  gatewayTransactionId: id('ref', 'n'),
  customerId: id('cus', 'CASE WHEN k < 6 THEN n ELSE g * 10 + 6 END'),
  invoiceIds: id('in', 'CASE WHEN k < 6 THEN n ELSE g * 10 + k // 8 * 2 + 6 END'),
  parentTransactionId: `CASE WHEN k IN (7, 9) THEN ${id('txn', 'n - 1')} END`,
  childTransactions: `CASE WHEN k IN (6, 8) THEN ${id('txn', 'n + 1')} END`,
  websiteId: `'web_1'`,
  requestId: id('req', 'n'),
  description: `'Order ' || n`,
  requestAmount: money('cents'),
  requestCurrency: 'currency',
  purchaseAmount: money('cents'),
  purchaseCurrency: 'currency',
  hasAmountAdjustment: 'false',
  reportAmount: money(`CASE currency WHEN 'USD' THEN cents ELSE round(cents * 1.1) END`),
  reportCurrency: `'USD'`,
  isReconciled: 'true',
  hadDiscrepancy: 'false',
  isProcessedOutside: 'false',
  isDisputed: 'false',
  bin: `'411111'`,
  'paymentInstrument.paymentInstrumentId': id('inst', 'n'),
  hasDcc: 'false',
  revision: '2',
};

/** One memo for each family, spent in ten parts: five by its refund, five on invoices. */
const MEMO: Readonly<Record<string, string>> = {
  businessDate: TRANSACTION['businessDate']!,
  id: id('crmm', 'g'),
  number: '1',
  status: `'applied'`,
  reason: `'return'`,
  currency: 'currency',
  totalAmount: money('cents * 2'),
  unusedAmount: '0.00',
  taxAmount: '0.00',
  shippingAmount: '0.00',
  customerId: id('cus', 'g * 10 + 6'),
  createdTime: time('created'),
  updatedTime: time('created'),
  revision: '2',
};
const ITEM: Readonly<Record<string, string>> = {
  creditMemoId: id('crmm', 'g'),
  position: '1',
  id: id('itm', 'g'),
  description: `'Refunded purchase'`,
  quantity: '1',
  unitPrice: money('cents * 2'),
  price: money('cents * 2'),
  currency: 'currency',
};
const ALLOCATION: Readonly<Record<string, string>> = {
  creditMemoId: id('crmm', 'g'),
  target: `CASE WHEN k < 5 THEN 'transaction' ELSE 'invoice' END`,
  transactionId: `CASE WHEN k < 5 THEN ${id('txn', 'g * 10 + 7')} END`,
  invoiceId: `CASE WHEN k >= 5 THEN ${id('own', 'n')} END`,
  amount: money('cents // 5'),
  currency: 'currency',
  createdTime: time('created'),
  updatedTime: time('created'),
};

const TABLES: readonly (readonly [TableName, Readonly<Record<string, string>>, string])[] = [
  ['transactions', TRANSACTION, 'true'],
  ['credit-memos', MEMO, 'k = 0'],
  ['credit-memo-items', ITEM, 'k = 0'],
  ['credit-memo-allocations', ALLOCATION, 'true'],
];

/** Writes a sound snapshot of that many transactions, and as many allocations, as fast as can be. */
export async function writeSynthetic(folder: string, rowCount: number): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '1GB' });
  const connection = await instance.connect();
  for (let from = 0, file = 1; from < rowCount; from += FILE_ROWS, file += 1) {
    const end = Math.min(rowCount, from + FILE_ROWS);
    for (const [table, cells, isOf] of TABLES) {
      const columns = header(table, []).map((name) => `${cells[name] ?? 'NULL'} AS "${name}"`);
      const path = join(folder, `${table}${file > 1 ? `-${file}` : ''}.csv`);
      await connection.run(`COPY (
        SELECT ${columns.join(', ')} FROM (
          SELECT n, n // 10 AS g, n % 10 AS k, (101 + n // 10 % 1999) * 5 AS cents,
            CASE WHEN n // 10 % 4 = 0 THEN 'EUR' ELSE 'USD' END AS currency,
            TIMESTAMP '${START}' + to_seconds(n * ${DAY_COUNT * 86_400} // ${rowCount}) AS created
          FROM range(${from}, ${end}) t(n)
        ) WHERE ${isOf}
      ) TO '${path}' (FORMAT csv, HEADER)`);
    }
  }
  connection.closeSync();
  instance.closeSync();
  mkdirSync(join(folder, 'inputs'));
  const gateways = [0, 1, 2, 3].map((number) => `gw_acc_${number},true,true,,\n`);
  writeFileSync(
    join(folder, 'inputs/gateways.csv'),
    `${inputColumns('gateways').join(',')}\n${gateways.join('')}`,
  );
  const csv = { delimiter: ',', lineEnd: 'lf', bom: false } as const;
  noteSnapshot(folder, {
    manifest: {
      scope: { ...SCOPE, csv, firstDay: START, lastDay: '2026-10-30' },
      period: { start: `${START}T00:00:00Z`, end: `${END}T00:00:00Z` },
    },
    judgedAt: '2026-11-01T00:00:00Z',
  });
}

import { type Layer, layeredRows } from './layers.ts';
import { unguarded } from './tables.ts';

/** SQL over layers of rows; ids come without their guards, as the API knows them. */

/** Ids of transactions that rows name: parents, children, and what memos are allocated to. */
export function namedIds(layers: readonly Layer[]): string {
  const transactions = layeredRows(layers, 'transactions', []);
  const allocations = layeredRows(layers, 'credit-memo-allocations', []);
  const [parent, children] = [unguarded('"parentTransactionId"'), unguarded('"childTransactions"')];
  return `
    SELECT DISTINCT id FROM (
      SELECT unnest(string_split(concat_ws(' ', ${parent}, ${children}), ' ')) AS id
      FROM ${transactions}
      UNION ALL
      SELECT ${unguarded('"transactionId"')} FROM ${allocations}
    ) WHERE id <> ''`;
}

export function recordIds(layers: readonly Layer[], collection: 'transactions' | 'credit-memos') {
  return `SELECT DISTINCT ${unguarded('id')} AS id FROM ${layeredRows(layers, collection, [])}`;
}

/**
 * What earlier nights know of the same invoices and the same payouts: records that no row of tonight
 * names, and without which sums over an invoice or a payout would be too small. Two columns:
 * `collection` and `id`.
 */
export function kinIds(tonight: readonly Layer[], earlier: readonly Layer[]): string {
  const [paid, memos, uses] = [
    layeredRows(tonight, 'transactions', []),
    layeredRows(tonight, 'credit-memos', []),
    layeredRows(tonight, 'credit-memo-allocations', []),
  ];
  return `
    WITH invoices AS (
      SELECT DISTINCT unnest(string_split(${unguarded('"invoiceIds"')}, ' ')) AS invoice
      FROM ${paid} WHERE type IN ('refund', 'credit')
      UNION SELECT ${unguarded('"invoiceId"')} FROM ${memos} WHERE "invoiceId" IS NOT NULL
    ),
    payouts AS (SELECT DISTINCT "transactionId" FROM ${uses} WHERE "transactionId" IS NOT NULL),
    payments AS (
      SELECT id, unnest(string_split(${unguarded('"invoiceIds"')}, ' ')) AS invoice
      FROM ${layeredRows(earlier, 'transactions', [])}
    )
    SELECT DISTINCT 'transactions' AS collection, ${unguarded('id')} AS id
    FROM payments SEMI JOIN invoices USING (invoice)
    UNION
    SELECT 'credit-memos', ${unguarded('id')} FROM ${layeredRows(earlier, 'credit-memos', [])}
    WHERE ${unguarded('"invoiceId"')} IN (SELECT invoice FROM invoices)
    UNION
    SELECT 'credit-memos', ${unguarded('"creditMemoId"')}
    FROM ${layeredRows(earlier, 'credit-memo-allocations', [])} SEMI JOIN payouts USING ("transactionId")`;
}

/** Gateway accounts with what tonight's rows show of them. */
export function gatewaySigns(layers: readonly Layer[]): string {
  return `
    SELECT "gatewayAccountId" AS id, bool_or("isReconciled" = 'true')::VARCHAR AS reconciled,
      bool_or("settlementTime" IS NOT NULL)::VARCHAR AS settled
    FROM ${layeredRows(layers, 'transactions', [])}
    WHERE "gatewayAccountId" IS NOT NULL GROUP BY 1 ORDER BY 1`;
}

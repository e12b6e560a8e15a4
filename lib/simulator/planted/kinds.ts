import { minorUnits } from '../../model/currency.ts';
import type { JsonObject } from '../../model/records.ts';

/** What a row of a clean world is good for. Rows of families are left as they are. */
export type PaymentKind = 'card' | 'declined-card' | 'debit';

/** Longer waits are a gateway's time-out: such a row is no plain payment at first. */
const PROCESSING_MS = 60_000;

/** Undefined for rows that plants leave alone: with a past, a conversion, a dispute, a family. */
export function paymentKind(row: JsonObject): PaymentKind | undefined {
  if (!standsAlone(row) || minorUnits(String(row['currency'])) === undefined) return undefined;
  const { method } = row['paymentInstrument'] as JsonObject;
  if (row['result'] === 'approved' && (method === 'ach' || method === 'SEPA')) return 'debit';
  if (method !== 'payment-card' || waitedMs(row) > PROCESSING_MS) return undefined;
  return row['result'] === 'approved' ? 'card' : 'declined-card';
}

function standsAlone(row: JsonObject): boolean {
  return (
    row['type'] === 'sale' &&
    row['status'] === 'completed' &&
    row['parentTransactionId'] === undefined &&
    (row['childTransactions'] as readonly string[]).length === 0 &&
    (row['invoiceIds'] as readonly string[]).length === 1 &&
    typeof row['gatewayAccountId'] === 'string' &&
    row['hasDcc'] === false &&
    row['hasAmountAdjustment'] === false &&
    row['isRetry'] === false
  );
}

function waitedMs(row: JsonObject): number {
  return Date.parse(String(row['processedTime'])) - Date.parse(String(row['createdTime']));
}

const IN_USE: readonly unknown[] = ['issued', 'partially-applied', 'applied'];

/** Whether a memo is a credit that no transaction pays out: its story may be told anew. */
export function isFreeMemo(row: JsonObject): boolean {
  const { transactions } = row['allocations'] as { readonly transactions: readonly JsonObject[] };
  return IN_USE.includes(row['status']) && row['quoteId'] === null && transactions.length === 0;
}

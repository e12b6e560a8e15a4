import type { Measure } from '../columns/control-totals.ts';
import type { TotalLine } from '../contract.ts';
import { createBuckets, KIND_COLUMNS, type TotalKey, totalLine } from './totals.ts';

/** What the totals need of a transaction's row; days are business dates, '' where there is none. */
export interface TransactionFacts {
  readonly createdDay: string;
  readonly processedDay: string;
  readonly gatewayAccountId: string;
  readonly method: string;
  readonly type: string;
  readonly result: string;
  readonly status: string;
  readonly amount: string;
  readonly currency: string;
  readonly reportAmount: string;
  readonly reportCurrency: string;
}

export interface TransactionTotals {
  add(facts: TransactionFacts): void;
  lines(): readonly TotalLine[];
}

type Group = Pick<TotalKey, (typeof KIND_COLUMNS)[number]> &
  Pick<TransactionFacts, 'createdDay' | 'processedDay'>;

/**
 * Counts and sums of transactions by created and by processed day, with the bridge between them:
 *
 *     created   = created-and-processed + created-processed-on-another-day + created-not-processed
 *     processed = created-and-processed + processed-created-on-another-day
 *
 * Each row is counted once, under both of its days; the measures are made from that in the end.
 */
export function createTransactionTotals(): TransactionTotals {
  const buckets = createBuckets<Group>(['createdDay', 'processedDay', ...KIND_COLUMNS]);
  return {
    add(facts) {
      // An amount without its currency, or the reverse, is a row without an amount.
      const hasAmount = facts.amount !== '' && facts.currency !== '';
      const hasReport = facts.reportAmount !== '' && facts.reportCurrency !== '';
      const { createdDay, processedDay, gatewayAccountId, method, type, result } = facts;
      const voided = facts.status === 'voided' ? 'true' : 'false';
      const currency = hasAmount ? facts.currency : '';
      const reportCurrency = hasReport ? facts.reportCurrency : '';
      const bucket = buckets.of({
        createdDay,
        processedDay,
        gatewayAccountId,
        method,
        type,
        result,
        voided,
        currency,
        reportCurrency,
      });
      bucket.count += 1;
      if (hasAmount) bucket.amount.add(facts.amount);
      if (hasReport) bucket.reportAmount.add(facts.reportAmount);
    },
    lines() {
      const lines: TotalLine[] = [];
      for (const bucket of buckets.all()) {
        for (const [measure, businessDate] of measuresOf(bucket.key)) {
          const key = { ...bucket.key, collection: 'transactions', measure, businessDate };
          lines.push(totalLine(key, bucket));
        }
      }
      return lines;
    },
  };
}

function measuresOf({ createdDay, processedDay }: Group): readonly (readonly [Measure, string])[] {
  if (processedDay === '') {
    return [
      ['created', createdDay],
      ['created-not-processed', createdDay],
    ];
  }
  if (processedDay === createdDay) {
    return [
      ['created', createdDay],
      ['processed', processedDay],
      ['created-and-processed', createdDay],
    ];
  }
  return [
    ['created', createdDay],
    ['processed', processedDay],
    ['created-processed-on-another-day', createdDay],
    ['processed-created-on-another-day', processedDay],
  ];
}

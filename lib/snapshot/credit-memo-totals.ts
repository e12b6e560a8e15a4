import type { Measure } from '../columns/control-totals.ts';
import type { TotalLine } from '../contract.ts';
import { createBuckets, type TotalKey, totalLine } from './totals.ts';

/** What the totals need of a credit memo's row. */
export interface CreditMemoFacts {
  readonly createdDay: string;
  readonly status: string;
  readonly currency: string;
  readonly totalAmount: string;
  readonly unusedAmount: string;
  readonly allocations: readonly AllocationFacts[];
}

export interface AllocationFacts {
  /** `invoice` or `transaction`. */
  readonly target: string;
  readonly amount: string;
  readonly currency: string;
}

export interface CreditMemoTotals {
  add(facts: CreditMemoFacts): void;
  lines(): readonly TotalLine[];
}

type Group = Pick<TotalKey, 'measure' | 'businessDate' | 'currency'>;

const NO_CREDIT_YET = new Set(['draft', 'quotation']);

/**
 * Credit memos by the business date of the memo. Where the API's own figures are coherent:
 *
 *     issued = allocated-to-invoices + allocated-to-transactions + unused + voided
 *
 * A voided memo counts as issued and as voided, whatever is left of its allocations.
 */
export function createCreditMemoTotals(): CreditMemoTotals {
  const buckets = createBuckets<Group>(['measure', 'businessDate', 'currency']);

  function count(measure: Measure, businessDate: string, amount: string, currency: string): void {
    const known = amount !== '' && currency !== '' ? currency : '';
    const bucket = buckets.of({ measure, businessDate, currency: known });
    bucket.count += 1;
    if (known !== '') bucket.amount.add(amount);
  }

  return {
    add({ createdDay, status, currency, totalAmount, unusedAmount, allocations }) {
      if (NO_CREDIT_YET.has(status)) return;
      count('issued', createdDay, totalAmount, currency);
      if (status === 'voided') return count('voided', createdDay, totalAmount, currency);
      count('unused', createdDay, unusedAmount, currency);
      for (const allocation of allocations) {
        const { target, amount, currency: allocatedCurrency } = allocation;
        const measure =
          target === 'invoice' ? 'allocated-to-invoices' : 'allocated-to-transactions';
        count(measure, createdDay, amount, allocatedCurrency);
      }
    },
    lines: () => [...buckets.all()].map((bucket) => totalLine(keyOfGroup(bucket.key), bucket)),
  };
}

/** Memos have no gateway account, method, type or result. */
function keyOfGroup(group: Group): TotalKey {
  const none = { gatewayAccountId: '', method: '', type: '', result: '', voided: '' };
  return { collection: 'credit-memos', ...none, ...group, reportCurrency: '' };
}

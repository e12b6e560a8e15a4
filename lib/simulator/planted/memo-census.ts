import type { JsonObject } from '../../model/records.ts';
import type { Table } from '../table.ts';
import { THE_END } from './bed.ts';
import type { MemoRow } from './rows.ts';

/** What only all credit memos of a world together can tell. They are read when it is asked. */
export interface MemoCensus {
  /** Whether its customer has no memo after it: taken away, it leaves no gap in their numbers. */
  isLast(memo: MemoRow): boolean;
  /** Every memo of the customer who was paid out through a transaction; none if nobody was. */
  behind(transactionId: string): readonly number[];
}

export function createMemoCensus(table: Table): MemoCensus {
  let counted: ReturnType<typeof census> | undefined;
  const all = () => {
    counted ??= census(table);
    return counted;
  };
  return {
    isLast: ({ customerId, number }) => all().lastNumbers.get(customerId) === number,
    behind: (transactionId) => {
      const customer = all().paidThrough.get(transactionId);
      return (customer !== undefined && all().byCustomer.get(customer)) || [];
    },
  };
}

function census(table: Table) {
  const lastNumbers = new Map<string, number>();
  const byCustomer = new Map<string, number[]>();
  const paidThrough = new Map<string, string>();
  for (let index = 0; index < table.count; index++) {
    const row = table.row(index, THE_END);
    const { customerId, number } = row as MemoRow;
    lastNumbers.set(customerId, Math.max(lastNumbers.get(customerId) ?? 0, number));
    const own = byCustomer.get(customerId) ?? [];
    byCustomer.set(customerId, own);
    own.push(index);
    const { transactions } = row['allocations'] as { transactions: readonly JsonObject[] };
    for (const { transactionId } of transactions) {
      paidThrough.set(String(transactionId), customerId);
    }
  }
  return { lastNumbers, byCustomer, paidThrough };
}

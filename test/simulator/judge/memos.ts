import type { Row } from '../seen.ts';
import { ageDays, type Books, exact, isMoneyIn, isMoneyOut, sumOf } from './books.ts';

type Question = (memo: Row, books: Books) => boolean;

/** What a person would find wrong with one credit memo, told from the rule catalogue's words. */
export const MEMO_QUESTIONS: Readonly<Record<string, Question>> = {
  'memo-total': (memo) => {
    const net = sumOf([...memo['items'].map((item: Row) => item['price']), memo['shippingAmount']]);
    return ![net, net + taxesOf(memo)].includes(exact(memo['totalAmount']));
  },
  'memo-tax': (memo) => taxesOf(memo) !== exact(memo['taxAmount'] ?? 0),
  'memo-unused': (memo) =>
    memo['status'] !== 'voided' &&
    !hasOddAllocation(memo) &&
    exact(memo['totalAmount']) - spentOf(memo) !== exact(memo['unusedAmount']),
  'memo-over-allocated': (memo) =>
    spentOf(memo) > exact(memo['totalAmount']) || memo['unusedAmount'] < 0,
  'memo-status': ({ status, unusedAmount, totalAmount }) =>
    (status === 'issued' && unusedAmount !== totalAmount) ||
    (status === 'applied' && unusedAmount !== 0) ||
    (status === 'partially-applied' && [0, totalAmount].includes(unusedAmount)),
  'memo-voided-in-use': (memo) => memo['status'] === 'voided' && allocationsOf(memo).length > 0,
  'memo-allocation-currency': (memo) => hasOddAllocation(memo),
  'memo-transaction-missing': (memo, { byId }) =>
    paidOutBy(memo).some((one) => !byId.has(one['transactionId'])),
  'memo-transaction-wrong-kind': (memo, books) =>
    paidOutBy(memo).some(({ transactionId }) => {
      const row = books.byId.get(transactionId);
      if (row === undefined) return false;
      const isWaiting = row['result'] === 'unknown' && ageDays(books, row) < 8;
      const isRight = isMoneyOut(row) || isWaiting || (isMoneyIn(books, row) && row['isDisputed']);
      return !isRight || row['customerId'] !== memo['customerId'];
    }),
  'chargeback-memo-without-dispute': (memo, { byId }) =>
    memo['reason'] === 'chargeback' &&
    paidOutBy(memo).length > 0 &&
    !paidOutBy(memo).some(({ transactionId }) => {
      const row = byId.get(transactionId);
      return row?.['isDisputed'] || byId.get(row?.['parentTransactionId'])?.['isDisputed'];
    }),
};

const taxesOf = (memo: Row) => sumOf(memo['items'].map((item: Row) => item['tax']?.amount ?? 0));
const spentOf = (memo: Row) => sumOf(allocationsOf(memo).map((one) => one['amount']));
const paidOutBy = (memo: Row): readonly Row[] => memo['allocations'].transactions;
const allocationsOf = (memo: Row) => [...paidOutBy(memo), ...memo['allocations'].invoices] as Row[];
const hasOddAllocation = (memo: Row) =>
  allocationsOf(memo).some(({ currency }) => currency !== memo['currency']);

export const takesPart = (memo: Row) => !['draft', 'quotation'].includes(memo['status']);

/** The memo after a number that was left out, or the later one of two with the same number. */
export function misnumbered({ memos }: Books): readonly Row[] {
  const customers = Map.groupBy(memos, (memo) => memo['customerId']);
  return [...customers.values()].flatMap((own) => {
    // Memos come in order of time, which sorting keeps among equal numbers.
    const inOrder = own.toSorted((a, b) => a['number'] - b['number']);
    return inOrder.filter(
      (memo, at) => at > 0 && memo['number'] !== inOrder[at - 1]!['number'] + 1,
    );
  });
}

/** Transactions through which more was paid out, as memos say, than they are for. */
export function overdrawn({ memos, byId }: Books): readonly string[] {
  const allocations = memos.filter(takesPart).flatMap(paidOutBy);
  return [...Map.groupBy(allocations, (one) => one['transactionId'] as string)]
    .filter(([id, all]) => {
      const row = byId.get(id);
      return row !== undefined && sumOf(all.map((one) => one['amount'])) > exact(row['amount']);
    })
    .map(([id]) => id);
}

const FORGIVEN = ['write-off', 'waiver', 'prepayment'];

/** Invoices of which more went back, as refunds and memos, than had come in. */
export function paidBackTwice(books: Books): readonly string[] {
  const { rows, memos } = books;
  const ofInvoice = Map.groupBy(rows, (row) => row['invoiceIds'][0] as string | undefined);
  const against = Map.groupBy(memos.filter(takesPart), (memo) => memo['invoiceId'] as string);
  return [...ofInvoice].flatMap(([invoice, all]) => {
    const refunds = all.filter((row) => row['type'] === 'refund' && isMoneyOut(row));
    const paid = sumOf(all.filter((row) => isMoneyIn(books, row)).map((row) => row['amount']));
    if (invoice === undefined || refunds.length === 0 || paid === 0) return [];
    const refundIds = refunds.map((row) => row['id']);
    const credits = (against.get(invoice) ?? [])
      .filter(({ status, reason }) => status !== 'voided' && !FORGIVEN.includes(reason))
      .map((memo) => {
        const throughThese = paidOutBy(memo).filter((one) =>
          refundIds.includes(one['transactionId']),
        );
        return exact(memo['totalAmount']) - sumOf(throughThese.map((one) => one['amount']));
      });
    const back = sumOf(refunds.map((row) => row['amount'])) + credits.reduce((a, b) => a + b, 0);
    return back > paid ? [invoice] : [];
  });
}

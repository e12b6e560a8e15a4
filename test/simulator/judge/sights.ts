import type { Row } from '../seen.ts';
import { type Books, childrenIn, exact, sumOf } from './books.ts';

type Sight = (id: string, books: Books) => unknown;
type RowSight = (row: Row, books: Books) => unknown;

const payment =
  (sees: RowSight): Sight =>
  (id, books) =>
    sees(books.byId.get(id)!, books);
const memo =
  (sees: RowSight): Sight =>
  (id, books) =>
    sees(books.memos.find((row) => row['id'] === id)!, books);

const refundsOf = (row: Row, books: Books) =>
  childrenIn(books, row).filter(({ type, result }) => type === 'refund' && result === 'approved');
const refundedOf = (row: Row, books: Books) =>
  sumOf(refundsOf(row, books).map((one) => one['amount'])) / exact(row['amount']);
const isHalf = (share: number) => share > 0.4 && share <= 0.5;
const isQuarterMore = (share: number) => share >= 1.25 && share < 1.3;
const spent = ({ allocations }: Row) =>
  sumOf([...allocations.transactions, ...allocations.invoices].map((one) => one.amount));
const spentShare = (row: Row) => spent(row) / exact(row['totalAmount']);
const paidOutBy = (row: Row, { byId }: Books): Row =>
  byId.get(row['allocations'].transactions[0].transactionId)!;
const twinOf = (row: Row, { rows }: Books, names: readonly string[]) =>
  rows.some((one) => one !== row && names.every((name) => `${one[name]}` === `${row[name]}`));
const allotted = ({ id }: Row, { memos }: Books) =>
  memos.flatMap((one) => one['allocations'].transactions).filter((one) => one.transactionId === id);

/** What each plant's sentence says of the record of its label, looked up in the books. */
export const SIGHTS: Readonly<Record<string, Sight>> = {
  'refund-exceeds-parent/while-disputed': payment(
    (row, books) =>
      row['depositRequestId'] && row['isDisputed'] && isQuarterMore(refundedOf(row, books)),
  ),
  'refund-exceeds-parent/of-an-invoice': payment(
    (row, books) =>
      row['status'] === 'refunded' &&
      row['invoiceIds'].length === 1 &&
      isQuarterMore(refundedOf(row, books)),
  ),
  'refund-exceeds-parent/of-what-was-captured': payment((row, books) => {
    const share = (type: string) => {
      const own = childrenIn(books, row).filter((one) => one['type'] === type);
      return sumOf(own.map((one) => one['amount'])) / exact(row['amount']);
    };
    return row['type'] === 'authorize' && isHalf(share('capture')) && share('refund') >= 0.75;
  }),
  'refund-currency-differs/of-a-deposit': payment(
    (row, { byId }) => row['currency'] !== byId.get(row['parentTransactionId'])!['currency'],
  ),
  'parent-missing/unknown-parent': payment(
    (row, { byId }) => row['parentTransactionId'] && !byId.has(row['parentTransactionId']),
  ),
  'parent-missing/no-parent': payment(
    (row) => row['type'] === 'refund' && !row['parentTransactionId'],
  ),
  'parent-missing/void-of-nothing': payment(
    (row) => row['type'] === 'void' && !row['parentTransactionId'],
  ),
  'parent-status-stale/refunded-by-nobody': payment(
    (row, books) => row['status'] === 'refunded' && childrenIn(books, row).length === 0,
  ),
  'parent-status-stale/still-completed': payment(
    (row, books) => row['status'] === 'completed' && isHalf(refundedOf(row, books)),
  ),
  'parent-status-stale/partially-refunded-in-full': payment(
    (row, books) => row['status'] === 'partially-refunded' && refundedOf(row, books) === 1,
  ),
  'parent-status-stale/voided-by-nobody': payment(
    (row, books) => row['status'] === 'voided' && childrenIn(books, row).length === 0,
  ),
  'child-link-broken/not-listed': payment(
    (row, { byId }) =>
      row['type'] === 'refund' &&
      row['result'] === 'declined' &&
      byId.get(row['parentTransactionId'])!['childTransactions'].length === 0,
  ),
  'child-link-broken/listed-only': payment(
    (row, { rows }) =>
      !row['parentTransactionId'] &&
      rows.some((one) => one['childTransactions'].includes(row['id'])),
  ),
  'capture-exceeds-authorization/by-a-quarter': payment((row, books) =>
    isQuarterMore(sumOf(childrenIn(books, row).map((one) => one['amount'])) / exact(row['amount'])),
  ),
  'duplicate-charge/of-an-invoice': payment((row, books) =>
    twinOf(row, books, ['customerId', 'amount', 'currency', 'bin', 'invoiceIds']),
  ),
  'duplicate-charge/of-a-deposit': payment(
    (row, books) =>
      row['depositRequestId'] && twinOf(row, books, ['customerId', 'amount', 'currency', 'bin']),
  ),
  'duplicate-request-id/of-two-sales': payment((row, books) => twinOf(row, books, ['requestId'])),
  'duplicate-gateway-reference/of-two-sales': payment((row, books) =>
    twinOf(row, books, ['gatewayAccountId', 'gatewayTransactionId']),
  ),
  'flagged-by-gateway/changed-by-rebilly': payment(
    (row) => row['hadDiscrepancy'] && row['updatedTime'] >= row['discrepancyTime'],
  ),
  'authorization-expiring/forgotten': payment(
    (row) => row['type'] === 'authorize' && row['childTransactions'].length === 0,
  ),
  'outcome-unknown/card': payment((row) => row['status'] === 'timeout' && row['bin'] !== null),
  'outcome-unknown/bank-debit': payment(
    (row) => row['status'] === 'waiting-gateway' && row['bin'] === null,
  ),
  'status-contradicts-result/disputed-decline': payment(
    (row) => row['status'] === 'disputed' && row['result'] === 'declined',
  ),
  'status-contradicts-result/completed-unknown': payment(
    (row) => row['status'] === 'completed' && row['result'] === 'unknown' && !row['processedTime'],
  ),
  'unreconciled/missed-by-the-batch': payment((row) => row['isReconciled'] === false),
  'unreconciled/payout': payment((row) => row['type'] === 'credit' && !row['isReconciled']),
  'unsettled/missed-by-the-bank': payment((row) => row['settlementTime'] === null),
  'settled-before-processed/by-three-days': payment(
    (row) =>
      Math.abs(Date.parse(row['createdTime']) - Date.parse(row['settlementTime']) - 259_200_000) <
      2000,
  ),
  'disputed-and-refunded/half': payment(
    (row, books) => row['disputeStatus'] === 'lost' && isHalf(refundedOf(row, books)),
  ),
  'disputed-and-refunded/in-full': payment(
    (row, books) => row['disputeStatus'] === 'forfeited' && refundedOf(row, books) === 1,
  ),
  'dispute-response-needed/waiting-for-us': payment((row) => row['isDisputed']),
  'amount-adjusted/without-a-reason': payment((row) => row['requestAmount'] > row['amount']),
  'dcc-inconsistent/rejected': payment((row) => row['dcc'].base.amount > row['amount']),
  'dcc-inconsistent/selected': payment((row) => row['dcc'].quote.amount > row['amount']),
  'amount-precision/all-amounts': payment((row) => row['amount'] === row['purchaseAmount']),
  'amount-precision/purchase-amount': payment((row) => row['amount'] < row['purchaseAmount']),
  'currency-missing/currency': payment((row) => row['purchaseAmount'] && !row['purchaseCurrency']),
  'currency-missing/amount': payment(
    (row) => row['reportAmount'] === null && row['reportCurrency'],
  ),
  'report-rate-outlier/wrong-rate': payment((row) => row['currency'] === 'EUR'),
  'report-rate-outlier/one-currency': payment((row) => row['reportAmount'] === row['amount'] * 2),
  'unapplied-payment/for-nothing': payment((row) => row['invoiceIds'].length === 0),
  'memo-total/one-more': memo((row) => row['unusedAmount'] === row['totalAmount']),
  'memo-tax/one-more': memo(({ taxAmount, items }) => {
    const taxes = sumOf(items.map((item: Row) => item['tax']?.amount ?? 0));
    return exact(taxAmount) - taxes === exact(1);
  }),
  'memo-unused/one-cent-lost': memo(
    (row) =>
      isHalf(spentShare(row)) && exact(row['totalAmount'] - row['unusedAmount']) > spent(row),
  ),
  'memo-over-allocated/negative-rest': memo(
    (row) => row['unusedAmount'] < 0 && spentShare(row) > 1,
  ),
  'memo-over-allocated/nothing-left': memo(
    (row) => row['unusedAmount'] === 0 && spentShare(row) > 1,
  ),
  'memo-status/applied-but-whole': memo((row) => row['status'] === 'applied' && spent(row) === 0),
  'memo-status/issued-but-spent': memo(
    (row) => row['status'] === 'issued' && isHalf(spentShare(row)),
  ),
  'memo-status/partially-applied-but-whole': memo(
    (row) => row['status'] === 'partially-applied' && spent(row) === 0,
  ),
  'memo-status/partially-applied-but-gone': memo(
    (row) => row['status'] === 'partially-applied' && spentShare(row) === 1,
  ),
  'memo-voided-in-use/half-spent': memo(
    (row) => row['status'] === 'voided' && isHalf(spentShare(row)),
  ),
  'memo-allocation-currency/another': memo(
    (row) => row['allocations'].invoices[0].currency !== row['currency'],
  ),
  'memo-number-gap/missing-number': memo(
    (row, books) => !twinOf(row, { ...books, rows: books.memos }, ['customerId', 'number']),
  ),
  'memo-number-gap/shared-number': memo((row, books) =>
    twinOf(row, { ...books, rows: books.memos }, ['customerId', 'number']),
  ),
  'memo-number-gap/spent-later': memo(
    (row, books) =>
      isHalf(spentShare(row)) &&
      !twinOf(row, { ...books, rows: books.memos }, ['customerId', 'number']),
  ),
  'memo-transaction-missing/unknown-refund': memo(
    (row, books) => isHalf(spentShare(row)) && paidOutBy(row, books) === undefined,
  ),
  'memo-transaction-wrong-kind/money-in': memo(
    (row, books) => paidOutBy(row, books)['type'] === 'sale',
  ),
  'memo-transaction-wrong-kind/another-customer': memo((row, books) => {
    const { type, customerId } = paidOutBy(row, books) as { type: string; customerId: string };
    return type === 'credit' && customerId !== row['customerId'];
  }),
  'memo-transaction-wrong-kind/unanswered-refund': memo((row, books) => {
    const { type, status } = paidOutBy(row, books) as { type: string; status: string };
    return type === 'refund' && status === 'waiting-refund';
  }),
  'memo-exceeds-transaction/one-memo': payment(
    (row, books) =>
      allotted(row, books).length === 1 && allotted(row, books)[0].amount >= row['amount'] * 2,
  ),
  'memo-exceeds-transaction/two-memos': payment(
    (row, books) =>
      allotted(row, books).length === 2 &&
      allotted(row, books).every(({ amount }) => amount <= row['amount']),
  ),
  'compensated-twice/refund-and-memo': (invoice, { rows, memos }) =>
    rows.some((row) => row['status'] === 'refunded' && row['invoiceIds'].includes(invoice)) &&
    memos.some((row) => row['invoiceId'] === invoice),
  'chargeback-memo-without-dispute/paid-out': memo(
    (row, books) => row['reason'] === 'chargeback' && !paidOutBy(row, books)['isDisputed'],
  ),
};

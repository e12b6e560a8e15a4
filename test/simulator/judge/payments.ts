import type { Row } from '../seen.ts';
import {
  ageDays,
  type Books,
  childrenIn,
  exact,
  isApproved,
  isMoneyIn,
  isMoneyOut,
  isWholeMinor,
  sumOf,
} from './books.ts';

type Question = (row: Row, books: Books) => boolean;

const AFTERMATH = ['refunded', 'partially-refunded', 'voided', 'disputed'];

/** What a person would find wrong with one transaction, told from the rule catalogue's words. */
export const PAYMENT_QUESTIONS: Readonly<Record<string, Question>> = {
  'flagged-by-gateway': (row) => row['hadDiscrepancy'] === true && row['discrepancyTime'] !== null,
  'refund-exceeds-parent': (row, books) => {
    const out = amountsOut(books, row);
    const limit = row['type'] === 'authorize' ? capturedOf(books, row) : exact(row['amount']);
    return out > 0 && out > limit;
  },
  'refund-currency-differs': (row, { byId }) => {
    const parent = byId.get(row['parentTransactionId']);
    if (row['type'] !== 'refund' || parent === undefined) return false;
    const { currency, purchaseCurrency, dcc } = parent;
    return ![currency, purchaseCurrency, dcc?.quote.currency].includes(row['currency']);
  },
  'parent-missing': (row, { byId }) => {
    const { parentTransactionId: parent, type } = row;
    if (parent) return !byId.has(parent);
    return ['refund', 'void'].includes(type) && !row['isProcessedOutside'];
  },
  'parent-status-stale': (row, books) => {
    if (!isApproved(row) || !['sale', 'capture'].includes(row['type'])) return false;
    const [out, amount] = [amountsOut(books, row), exact(row['amount'])];
    const hasVoid = childrenIn(books, row).some((one) => one['type'] === 'void' && isApproved(one));
    if (row['status'] === 'refunded') return out !== amount;
    if (row['status'] === 'partially-refunded') return out === 0 || out >= amount;
    if (row['status'] === 'completed') return out > 0;
    return row['status'] === 'voided' && !hasVoid;
  },
  'child-link-broken': (row, { byId, rows }) => {
    const parent = byId.get(row['parentTransactionId']);
    if (parent) return !parent['childTransactions'].includes(row['id']);
    return listedIn(rows).has(row['id']);
  },
  'capture-exceeds-authorization': (row, books) =>
    row['type'] === 'authorize' &&
    !row['hasAmountAdjustment'] &&
    capturedOf(books, row) > exact(row['amount']),
  'authorization-expiring': (row, books) =>
    row['type'] === 'authorize' &&
    isApproved(row) &&
    row['amount'] > 0 &&
    ageDays(books, row) >= 5 &&
    ageDays(books, row) < 30 &&
    !childrenIn(books, row).some(
      (one) => isApproved(one) && ['capture', 'void'].includes(one['type']),
    ),
  'outcome-unknown': (row, books) => {
    const grace = row['paymentInstrument'].method === 'payment-card' ? 1 : 7;
    return row['result'] === 'unknown' && ageDays(books, row) >= grace;
  },
  'status-contradicts-result': ({ status, result }) =>
    status === 'completed'
      ? result === 'unknown'
      : AFTERMATH.includes(status) && result !== 'approved',
  unreconciled: (row, books) =>
    (isMoneyIn(books, row) || isMoneyOut(row)) &&
    row['amount'] > 0 &&
    !row['isProcessedOutside'] &&
    ageDays(books, row) >= 4 &&
    !row['isReconciled'] &&
    accountsWhere(books, 'isReconciled').has(row['gatewayAccountId']),
  unsettled: (row, books) =>
    isMoneyIn(books, row) &&
    !row['isProcessedOutside'] &&
    ageDays(books, row) >= 8 &&
    row['settlementTime'] === null &&
    accountsWhere(books, 'settlementTime').has(row['gatewayAccountId']),
  'settled-before-processed': ({ settlementTime, processedTime }) =>
    Boolean(settlementTime) && dayOf(settlementTime) < dayOf(processedTime) - 1,
  'amount-adjusted': (row) =>
    row['currency'] === row['requestCurrency'] &&
    exact(row['amount']) !== exact(row['requestAmount']) &&
    !row['hasAmountAdjustment'] &&
    row['dcc']?.outcome !== 'selected',
  'dcc-inconsistent': ({ type, result, dcc, amount, currency, hasAmountAdjustment }) => {
    const isJudged = ['sale', 'authorize'].includes(type) && result === 'approved';
    if (!isJudged || !dcc || hasAmountAdjustment) return false;
    const { amount: due, currency: dueIn } = dcc.outcome === 'selected' ? dcc.quote : dcc.base;
    return currency === dueIn && amount !== due;
  },
  'disputed-and-refunded': (row, books) =>
    isMoneyIn(books, row) &&
    ['lost', 'forfeited'].includes(row['disputeStatus']) &&
    amountsOut(books, row) > 0,
  'dispute-response-needed': ({ disputeStatus }) => disputeStatus === 'response-needed',
  'amount-precision': (row) =>
    pairsOf(row).some(([amount, code]) => amount && code && !isWholeMinor(amount, code)),
  'currency-missing': (row) => pairsOf(row).some(([amount, code]) => (amount == null) !== !code),
  'report-rate-outlier': (row, books) => {
    const { amount, currency, reportAmount, reportCurrency } = row;
    if (reportAmount == null || !amount) return false;
    if (currency === reportCurrency) return exact(amount) !== exact(reportAmount);
    const usual = amount * usualRate(books, currency);
    return Math.abs(reportAmount - usual) > Math.max(0.01, usual * 0.05);
  },
  'unapplied-payment': (row, books) =>
    isMoneyIn(books, row) &&
    row['invoiceIds'].length === 0 &&
    !row['depositRequestId'] &&
    !row['transferId'],
};

function amountsOut(books: Books, row: Row): number {
  const out = childrenIn(books, row).filter(isMoneyOut);
  return sumOf(out.filter((one) => one['currency'] === row['currency']).map(amountOf));
}

function capturedOf(books: Books, row: Row): number {
  const captures = childrenIn(books, row).filter((one) => one['type'] === 'capture');
  return sumOf(captures.filter((one) => isMoneyIn(books, one)).map(amountOf));
}

const amountOf = (row: Row): number => row['amount'];
const dayOf = (time: string) => Math.floor(Date.parse(time) / 86_400_000);

function pairsOf(row: Row): readonly (readonly [number | undefined, string | undefined])[] {
  const { amount, currency, dcc } = row;
  return [
    [amount, currency],
    [row['purchaseAmount'], row['purchaseCurrency']],
    [row['requestAmount'], row['requestCurrency']],
    [row['reportAmount'], row['reportCurrency']],
    [dcc?.base.amount, dcc?.base.currency],
    [dcc?.quote.amount, dcc?.quote.currency],
  ];
}

/** Looked up for every row of the same books: remembered by them. */
function remembered<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}

/** Children that a parent lists which do not name it. */
const listedIn = remembered((rows: readonly Row[]) => {
  const parents = new Map(rows.map((row) => [row['id'], row['parentTransactionId']]));
  const listed = rows.flatMap((row) =>
    row['childTransactions'].filter((id: string) => parents.get(id) !== row['id']),
  );
  return new Set<string>(listed);
});

const accounts = remembered(({ rows }: Books) => ({
  isReconciled: accountsOf(rows.filter((row) => row['isReconciled'])),
  settlementTime: accountsOf(rows.filter((row) => row['settlementTime'])),
}));

function accountsWhere(books: Books, mark: 'isReconciled' | 'settlementTime') {
  return accounts(books)[mark];
}

function accountsOf(rows: readonly Row[]): ReadonlySet<string> {
  return new Set(rows.map((row) => row['gatewayAccountId']));
}

const rates = remembered(({ rows }: Books) => {
  const charged = rows.filter((row) => row['amount'] > 0 && row['reportAmount'] != null);
  const byCurrency = Map.groupBy(charged, (row) => row['currency'] as string);
  const middle = (same: readonly Row[]) =>
    same.map((row) => row['reportAmount'] / row['amount']).sort((a, b) => a - b)[same.length >> 1]!;
  return new Map([...byCurrency].map(([currency, same]) => [currency, middle(same)]));
});

function usualRate(books: Books, currency: string): number {
  return rates(books).get(currency)!;
}

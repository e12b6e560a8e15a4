import type { Instant } from '../../model/instant.ts';
import type { JsonObject } from '../../model/records.ts';
import { momentText } from '../moments.ts';
import { majorOf, paidMinor, priced, totalMinor } from './amounts.ts';
import type { Ground } from './ground.ts';
import { aboutMemo } from './memo-figures.ts';
import { lastOnes } from './memo-numbers.ts';
import type { Plant } from './plant.ts';
import type { Memo, MemoRow, Payment, PaymentRow } from './rows.ts';
import { childOf, paidOut, refund, unanswered, untouched } from './turned.ts';

/** Memos and payments of other currencies are too rare to be found in one day. */
const COMMON: readonly string[] = ['USD', 'EUR'];

/** Days that a refund may stay without an answer: for its memo, and for itself. */
const GRACE_DAYS = { wrongKind: 7, card: 1 } as const;

export const isCommon = ({ currency }: MemoRow) => COMMON.includes(currency);

/** A memo, and a payment in its currency. */
export function couple(ground: Ground): readonly [Memo, Payment] {
  const memo = ground.memo(isCommon);
  return [memo, ground.payment(isLike(memo))];
}

export function isLike({ row }: Memo): (payment: PaymentRow) => boolean {
  return ({ currency }) => currency === row.currency;
}

/** Half of a memo, or what the payment has: never too much for either. */
export function fitting(memo: Memo, payment: Payment): number {
  return Math.min(Math.floor(totalMinor(memo.row) / 2), paidMinor(payment.row));
}

/** Pays a memo, or a part of it, out through a transaction, once both exist. */
export function payOut(
  ground: Ground,
  memo: Memo,
  through: { readonly id: string; readonly createdAt: Instant },
  minor: number,
  members: JsonObject = {},
): void {
  const { currency } = memo.row;
  const at = Math.max(memo.createdAt, through.createdAt) as Instant;
  const time = momentText(at);
  const amount = majorOf(minor, currency);
  const allocation = {
    transactionId: through.id,
    ...{ amount, currency, createdTime: time, updatedTime: time },
  };
  ground.change(memo, { ...untouched(memo.row), ...members });
  const left = totalMinor(memo.row) - minor;
  ground.turn(memo, at, {
    status: left === 0 ? 'applied' : 'partially-applied',
    unusedAmount: majorOf(left, currency),
    allocations: { transactions: [allocation], invoices: [] },
  });
}

/** Credit memos and transactions that tell different stories. */
export const MEMO_PAYMENT_PLANTS: readonly Plant[] = [
  {
    name: 'memo-transaction-missing/unknown-refund',
    sight: 'Half of a credit memo was paid out through a transaction that Rebilly does not know.',
    plant(ground) {
      const memo = ground.memo();
      const through = { id: ground.freshId('txn_'), createdAt: memo.createdAt };
      payOut(ground, memo, through, Math.floor(totalMinor(memo.row) / 2));
      return [aboutMemo('memo-transaction-missing', memo)];
    },
  },
  {
    name: 'memo-transaction-wrong-kind/money-in',
    sight: 'A credit memo was paid out through a payment that brought money in.',
    plant(ground) {
      const [memo, payment] = couple(ground);
      ground.change(payment, { customerId: memo.row.customerId });
      payOut(ground, memo, payment, fitting(memo, payment));
      return [aboutMemo('memo-transaction-wrong-kind', memo)];
    },
  },
  {
    name: 'memo-transaction-wrong-kind/another-customer',
    sight: 'A credit memo was paid out to another customer than its own.',
    plant(ground) {
      const [memo, payment] = couple(ground);
      ground.change(payment, paidOut(ground));
      payOut(ground, memo, payment, fitting(memo, payment));
      return [aboutMemo('memo-transaction-wrong-kind', memo)];
    },
  },
  {
    name: 'memo-transaction-wrong-kind/unanswered-refund',
    sight: 'A credit memo was paid out through a refund that its gateway never answered.',
    plant(ground) {
      const memo = ground.memo(isCommon);
      const [sale, later] = ground.pair({ first: isLike(memo) });
      const { customerId } = memo.row;
      ground.change(sale, { customerId });
      const parent = { ...sale, row: { ...sale.row, customerId } };
      const minor = fitting(memo, sale);
      ground.change(later, {
        ...childOf(parent, 'refund', minor),
        ...unanswered('waiting-refund'),
      });
      ground.turn(sale, later.createdAt, { childTransactions: [later.id] });
      payOut(ground, memo, later, minor);
      return [
        { ...aboutMemo('memo-transaction-wrong-kind', memo), ageDays: GRACE_DAYS.wrongKind },
        { rule: 'outcome-unknown', recordId: later.id, ageDays: GRACE_DAYS.card },
      ];
    },
  },
  {
    name: 'memo-exceeds-transaction/one-memo',
    sight: 'A credit memo says that twice as much was paid out as was.',
    plant(ground) {
      const [memo, payment] = couple(ground);
      const minor = Math.floor(totalMinor(memo.row) / 2);
      const { customerId } = memo.row;
      const less = priced(payment.row, Math.floor(minor / 2));
      ground.change(payment, { ...paidOut(ground), ...less, customerId });
      payOut(ground, memo, payment, minor);
      return [{ rule: 'memo-exceeds-transaction', recordId: payment.id }];
    },
  },
  {
    name: 'memo-exceeds-transaction/two-memos',
    sight: 'Two credit memos together say that half as much again was paid out as was.',
    plant(ground) {
      const [first, second] = lastOnes(ground, ({ currency }) => currency === 'USD');
      const { customerId, currency, number } = first.row;
      const payment = ground.payment((row) => row.currency === currency);
      const minor = Math.floor(Math.min(totalMinor(first.row), totalMinor(second.row)) / 2);
      ground.change(payment, { ...paidOut(ground), ...priced(payment.row, minor), customerId });
      payOut(ground, first, payment, minor);
      payOut(ground, second, payment, Math.ceil(minor / 2), { customerId, number: number + 1 });
      return [{ rule: 'memo-exceeds-transaction', recordId: payment.id }];
    },
  },
  {
    name: 'compensated-twice/refund-and-memo',
    sight: 'An invoice was refunded in full, and a credit memo was issued against it as well.',
    plant(ground) {
      const memo = ground.memo(isCommon);
      const [sale, later] = ground.pair({ first: isLike(memo) });
      const { customerId } = memo.row;
      const invoiceId = sale.row.invoiceIds[0]!;
      ground.change(sale, { customerId });
      const parent = { ...sale, row: { ...sale.row, customerId } };
      refund(ground, [parent, later], paidMinor(sale.row), { status: 'refunded' });
      ground.change(memo, { ...untouched(memo.row), invoiceId });
      return [{ rule: 'compensated-twice', collection: 'invoices', recordId: invoiceId }];
    },
  },
  {
    name: 'chargeback-memo-without-dispute/paid-out',
    sight: 'A credit memo gives a chargeback as its reason, but what it paid out is not disputed.',
    plant(ground) {
      const [memo, payment] = couple(ground);
      ground.change(payment, { ...paidOut(ground), customerId: memo.row.customerId });
      payOut(ground, memo, payment, fitting(memo, payment), { reason: 'chargeback' });
      return [aboutMemo('chargeback-memo-without-dispute', memo)];
    },
  },
];

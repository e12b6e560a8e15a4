import type { JsonObject } from '../../model/records.ts';
import { majorOf, minorOf, paidMinor, priced, totalMinor } from './amounts.ts';
import { decoy } from './decoy.ts';
import type { Ground } from './ground.ts';
import { lastOnes } from './memo-numbers.ts';
import { couple, fitting, isCommon, isLike, payOut } from './memo-payments.ts';
import type { Plant } from './plant.ts';
import type { Memo, MemoRow, Payment } from './rows.ts';
import { disputed, paidOut, refund, untouched } from './turned.ts';

const taxMinor = ({ taxAmount, currency }: MemoRow) => minorOf(taxAmount, currency);

/** Spends a memo on several invoices of which nothing else is known; the rest is unused. */
function spread(ground: Ground, { row }: Memo, parts: readonly number[]): JsonObject {
  const { currency, createdTime } = row;
  const left = totalMinor(row) - parts.reduce((sum, part) => sum + part, 0);
  const invoices = parts.map((part) => ({
    invoiceId: ground.freshId('in_'),
    ...{ amount: majorOf(part, currency), currency },
    ...{ createdTime, updatedTime: createdTime },
  }));
  return {
    ...untouched(row),
    status: left === 0 ? 'applied' : 'partially-applied',
    unusedAmount: majorOf(left, currency),
    allocations: { transactions: [], invoices },
  };
}

const half = (minor: number) => Math.ceil(minor / 2);

/** Thirds of an amount, the last with what is left of it. */
function thirds(minor: number): readonly number[] {
  const third = Math.floor(minor / 3);
  return [third, third, minor - 2 * third];
}

/** A memo and two payments in its currency; the first is its customer's, of that many minor units. */
function credited(ground: Ground, minorOfSale: (totalOfMemo: number) => number) {
  const memo = ground.memo(isCommon);
  const [sale, later] = ground.pair({ first: isLike(memo) });
  const { customerId } = memo.row;
  const members = { customerId, ...priced(sale.row, minorOfSale(totalMinor(memo.row))) };
  ground.change(sale, members);
  const parent: Payment = { ...sale, row: { ...sale.row, ...members } };
  return { memo, parent, later, invoiceId: sale.row.invoiceIds[0]! };
}

/** Credit memos that add up, by a hair. */
export const MEMO_DECOYS: readonly Plant[] = [
  decoy(
    'memo-total/tax-included',
    'The prices of a credit memo contain the tax: they alone add up to its total.',
    (ground) => {
      const memo = ground.memo((row) => row.taxAmount > 0);
      const { row } = memo;
      const totalAmount = majorOf(totalMinor(row) - taxMinor(row), row.currency);
      ground.change(memo, { ...untouched(row), totalAmount, unusedAmount: totalAmount });
    },
  ),
  decoy(
    'memo-tax/absent',
    'No line of a credit memo has a tax, and the memo says none.',
    (ground) => {
      const memo = ground.memo((row) => row.taxAmount === 0);
      ground.change(memo, { ...untouched(memo.row), taxAmount: undefined });
    },
  ),
  decoy(
    'memo-unused/one-left',
    'A credit memo was spent in three parts, and one minor unit of it is left.',
    (ground) => {
      const memo = ground.memo();
      ground.change(memo, spread(ground, memo, thirds(totalMinor(memo.row) - 1)));
    },
  ),
  decoy(
    'memo-over-allocated/all-of-it',
    'A credit memo was spent in three parts, which are exactly all of it.',
    (ground) => {
      const memo = ground.memo();
      ground.change(memo, spread(ground, memo, thirds(totalMinor(memo.row))));
    },
  ),
  decoy(
    'memo-status/first-unit',
    'One minor unit of a credit memo was spent; it is called partially applied.',
    (ground) => {
      const memo = ground.memo();
      ground.change(memo, spread(ground, memo, [1]));
    },
  ),
  decoy(
    'memo-voided-in-use/taken-back',
    'A credit memo was voided after its allocations were taken back.',
    (ground) => {
      const memo = ground.memo();
      ground.change(memo, { ...untouched(memo.row), status: 'voided', unusedAmount: 0 });
    },
  ),
  decoy(
    'memo-number-gap/voided',
    'The last number of a customer is that of a voided credit memo.',
    (ground) => {
      const [first, second] = lastOnes(ground);
      const { customerId, number } = first.row;
      ground.change(first, untouched(first.row));
      const members = { customerId, number: number + 1, status: 'voided', unusedAmount: 0 };
      ground.change(second, { ...untouched(second.row), ...members });
    },
  ),
  decoy(
    'memo-transaction-wrong-kind/lost-dispute',
    'A credit memo for a chargeback is allocated to the payment whose dispute was lost.',
    (ground) => {
      const [memo, payment] = couple(ground);
      const { customerId } = memo.row;
      ground.change(payment, { customerId, ...disputed(payment.row, 'lost') });
      payOut(ground, memo, payment, fitting(memo, payment), { reason: 'chargeback' });
    },
  ),
  decoy(
    'chargeback-memo-without-dispute/of-its-parent',
    'A credit memo for a chargeback was paid out by a refund of a disputed payment.',
    (ground) => {
      const { memo, parent, later } = credited(ground, half);
      const minor = fitting(memo, parent);
      refund(ground, [parent, later], minor, disputed(parent.row, 'under-review'));
      payOut(ground, memo, later, minor, { reason: 'chargeback' });
    },
  ),
  decoy(
    'memo-exceeds-transaction/all-of-it',
    'A payout was exactly the half of a credit memo that it paid out.',
    (ground) => {
      const [memo, payment] = couple(ground);
      const minor = Math.floor(totalMinor(memo.row) / 2);
      const { customerId } = memo.row;
      ground.change(payment, { ...paidOut(ground), ...priced(payment.row, minor), customerId });
      payOut(ground, memo, payment, minor);
    },
  ),
  decoy(
    'compensated-twice/paid-through',
    'An invoice was refunded in full, and the refund paid out the credit memo against it.',
    (ground) => {
      const { memo, parent, later, invoiceId } = credited(ground, (total) => total);
      refund(ground, [parent, later], paidMinor(parent.row), { status: 'refunded' });
      payOut(ground, memo, later, totalMinor(memo.row), { invoiceId });
    },
  ),
  decoy(
    'compensated-twice/written-off',
    'An invoice was refunded in full, and what the customer still owed was written off.',
    (ground) => {
      const { memo, parent, later, invoiceId } = credited(ground, half);
      refund(ground, [parent, later], paidMinor(parent.row), { status: 'refunded' });
      ground.change(memo, { ...untouched(memo.row), invoiceId, reason: 'write-off' });
    },
  ),
  decoy(
    'compensated-twice/all-of-it',
    'A refund and the credit memo against its invoice are exactly what was paid.',
    (ground) => {
      const { memo, parent, later, invoiceId } = credited(ground, (total) => total + half(total));
      const minor = paidMinor(parent.row) - totalMinor(memo.row);
      refund(ground, [parent, later], minor, { status: 'partially-refunded' });
      ground.change(memo, { ...untouched(memo.row), invoiceId });
    },
  ),
];

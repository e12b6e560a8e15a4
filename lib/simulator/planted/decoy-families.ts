import { paidMinor } from './amounts.ts';
import { decoy } from './decoy.ts';
import type { Ground } from './ground.ts';
import { threeInOrder, tooMuch } from './parents.ts';
import type { Plant } from './plant.ts';
import type { Payment } from './rows.ts';
import {
  authorized,
  childOf,
  deposited,
  disputed,
  half,
  likeOf,
  NO_BANK,
  refund,
} from './turned.ts';

/** A child that was refused: it moved nothing. */
function declinedRefund(ground: Ground, { id, row }: Payment): Payment {
  const child = ground.payment(undefined, 'declined-card');
  const like = likeOf(row, paidMinor(row));
  ground.change(child, { ...like, type: 'refund', parentTransactionId: id });
  return child;
}

/** Makes the second payment a void of the first. */
function cancel(ground: Ground, [first, later]: readonly [Payment, Payment]): void {
  const like = likeOf(first.row, paidMinor(first.row));
  ground.change(later, { ...like, type: 'void', parentTransactionId: first.id, ...NO_BANK });
  ground.turn(first, later.createdAt, { status: 'voided', childTransactions: [later.id] });
}

/** Captures an authorization once, and calls it completed. */
function capture(ground: Ground, [held, later]: readonly [Payment, Payment], minor: number): void {
  ground.change(later, childOf(held, 'capture', minor));
  ground.turn(held, later.createdAt, { status: 'completed', childTransactions: [later.id] });
}

/** Families in which everything adds up, by a hair. */
export const FAMILY_DECOYS: readonly Plant[] = [
  decoy(
    'refund-exceeds-parent/in-two-parts',
    'A payment was paid back in two parts, which are exactly all of it.',
    (ground) => {
      const [sale, one, other] = threeInOrder(ground);
      const part = Math.floor(paidMinor(sale.row) / 3);
      ground.change(one, childOf(sale, 'refund', part));
      const partly = { status: 'partially-refunded', childTransactions: [one.id] };
      ground.turn(sale, one.createdAt, partly);
      ground.change(other, childOf(sale, 'refund', paidMinor(sale.row) - part));
      const wholly = { status: 'refunded', childTransactions: [one.id, other.id] };
      ground.turn(sale, other.createdAt, wholly);
    },
  ),
  decoy(
    'refund-exceeds-parent/declined-on-top',
    'A payment was refunded in full; a second refund of it was declined.',
    (ground) => {
      const [sale, later] = ground.pair();
      const second = declinedRefund(ground, sale);
      const childTransactions = [later.id, second.id];
      refund(ground, [sale, later], paidMinor(sale.row), { status: 'refunded', childTransactions });
    },
  ),
  decoy(
    'refund-currency-differs/of-the-purchase',
    'A refund was paid in the currency of the purchase, in which the payment was not charged.',
    (ground) => {
      const [sale, later] = ground.pair({ both: (a, b) => a.currency !== b.currency });
      const deposit = { ...deposited(ground), ...disputed(sale.row, 'under-review') };
      const { amount: purchaseAmount, currency: purchaseCurrency } = later.row;
      ground.change(sale, { ...deposit, purchaseAmount, purchaseCurrency });
      const { customerId } = deposit;
      const parentTransactionId = sale.id;
      ground.change(later, { type: 'refund', parentTransactionId, customerId, invoiceIds: [] });
      ground.turn(sale, later.createdAt, { childTransactions: [later.id] });
    },
  ),
  decoy(
    'parent-missing/made-elsewhere',
    'A refund names no payment, and was processed elsewhere.',
    (ground) => {
      const back = ground.payment();
      ground.change(back, { type: 'refund', isProcessedOutside: true, ...NO_BANK });
    },
  ),
  decoy(
    'parent-status-stale/one-left',
    'All but one minor unit of a payment was paid back; it is called partially refunded.',
    (ground) => {
      const [sale, later] = ground.pair();
      const minor = paidMinor(sale.row) - 1;
      refund(ground, [sale, later], minor, { status: 'partially-refunded' });
    },
  ),
  decoy(
    'parent-status-stale/voided',
    'A payment is called voided, and there is an approved void of it.',
    (ground) => cancel(ground, ground.pair()),
  ),
  decoy(
    'capture-exceeds-authorization/to-the-last',
    'A capture took exactly what its authorization allows.',
    (ground) => {
      const [held, later] = ground.pair();
      ground.change(held, authorized('waiting-capture'));
      capture(ground, [held, later], paidMinor(held.row));
    },
  ),
  decoy(
    'capture-exceeds-authorization/adjusted',
    'A capture took a quarter more than authorized, and an adjustment of the amount allowed it.',
    (ground) => {
      const [held, later] = ground.pair();
      ground.change(held, { ...authorized('waiting-capture'), hasAmountAdjustment: true });
      capture(ground, [held, later], tooMuch(paidMinor(held.row)));
    },
  ),
  decoy(
    'authorization-expiring/let-go',
    'An authorization was not captured, but voided.',
    (ground) => {
      const [held, later] = ground.pair();
      ground.change(held, authorized('waiting-capture'));
      cancel(ground, [held, later]);
    },
  ),
  decoy(
    'disputed-and-refunded/won',
    'A payment was refunded in full, and the dispute over it was won.',
    (ground) => {
      const [sale, later] = ground.pair();
      const members = { ...disputed(sale.row, 'won'), status: 'refunded' };
      refund(ground, [sale, later], paidMinor(sale.row), members);
    },
  ),
  decoy(
    'disputed-and-refunded/declined',
    'The dispute over a payment was lost, and a refund of it was declined.',
    (ground) => {
      const sale = ground.payment();
      const child = declinedRefund(ground, sale);
      const childTransactions = [child.id];
      ground.change(sale, { ...disputed(sale.row, 'lost'), childTransactions });
    },
  ),
  decoy(
    'duplicate-gateway-reference/captured-twice',
    'An authorization was captured in two equal parts, under one reference of the gateway.',
    (ground) => {
      const held = ground.payment();
      const { gatewayAccountId } = held.row;
      const isOfAccount = (row: { gatewayAccountId: string }) =>
        row.gatewayAccountId === gatewayAccountId;
      const [one, other] = [ground.payment(isOfAccount), ground.payment(isOfAccount)];
      const { gatewayTransactionId } = one.row;
      const reference = { gatewayTransactionId, referenceData: { gatewayTransactionId } };
      ground.change(held, {
        ...authorized('completed'),
        childTransactions: [one.id, other.id],
      });
      ground.change(one, childOf(held, 'capture', half(held.row)));
      ground.change(other, { ...childOf(held, 'capture', half(held.row)), ...reference });
    },
  ),
];

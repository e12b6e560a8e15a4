import { paidMinor } from './amounts.ts';
import type { Ground } from './ground.ts';
import type { Plant } from './plant.ts';
import type { Payment } from './rows.ts';
import { authorized, childOf, deposited, disputed, half, likeOf, refund } from './turned.ts';

/** A quarter more, but at least one minor unit. */
export const tooMuch = (minor: number) => minor + Math.ceil(minor / 4);

/** Parents and children that do not belong together, or exceed one another. */
export const PARENT_PLANTS: readonly Plant[] = [
  {
    name: 'refund-exceeds-parent/while-disputed',
    sight: 'A disputed deposit was refunded for a quarter more than was paid.',
    plant(ground) {
      const [sale, later] = ground.pair();
      const deposit = { ...deposited(ground), ...disputed(sale.row, 'under-review') };
      ground.change(sale, deposit);
      const parent = { ...sale, row: { ...sale.row, ...deposit } };
      const members = { childTransactions: [later.id] };
      refund(ground, [parent, later], tooMuch(paidMinor(sale.row)), members);
      return [{ rule: 'refund-exceeds-parent', recordId: sale.id }];
    },
  },
  {
    name: 'refund-exceeds-parent/of-an-invoice',
    sight: 'A payment of an invoice is called refunded, but a quarter more than it was paid back.',
    plant(ground) {
      const [sale, later] = ground.pair();
      refund(ground, [sale, later], tooMuch(paidMinor(sale.row)), { status: 'refunded' });
      const [invoice] = sale.row.invoiceIds;
      return [
        { rule: 'refund-exceeds-parent', recordId: sale.id },
        { rule: 'parent-status-stale', recordId: sale.id },
        { rule: 'compensated-twice', collection: 'invoices', recordId: invoice! },
      ];
    },
  },
  {
    name: 'refund-exceeds-parent/of-what-was-captured',
    sight: 'Half of an authorized deposit was captured, but three quarters of it were paid back.',
    plant(ground) {
      const [held, taken, back] = threeInOrder(ground);
      const deposit = deposited(ground);
      ground.change(held, { ...authorized('waiting-capture'), ...deposit });
      const parent = { ...held, row: { ...held.row, ...deposit } };
      const { depositRequestId } = deposit;
      const [part, most] = [half(held.row), Math.ceil((paidMinor(held.row) * 3) / 4)];
      ground.change(taken, { ...childOf(parent, 'capture', part), depositRequestId });
      ground.turn(held, taken.createdAt, { status: 'completed', childTransactions: [taken.id] });
      refund(ground, [parent, back], most, { childTransactions: [taken.id, back.id] });
      return [{ rule: 'refund-exceeds-parent', recordId: held.id }];
    },
  },
  {
    name: 'refund-currency-differs/of-a-deposit',
    sight: 'A refund was paid in a currency that its payment was never asked or charged in.',
    plant(ground) {
      const [sale, later] = ground.pair({ both: (a, b) => a.currency !== b.currency });
      const deposit = { ...deposited(ground), ...disputed(sale.row, 'under-review') };
      ground.change(sale, deposit);
      ground.change(later, {
        type: 'refund',
        parentTransactionId: sale.id,
        customerId: deposit.customerId,
        invoiceIds: [],
      });
      ground.turn(sale, later.createdAt, { childTransactions: [later.id] });
      return [{ rule: 'refund-currency-differs', recordId: later.id }];
    },
  },
  {
    name: 'parent-missing/unknown-parent',
    sight: 'A refund names a payment that Rebilly does not know.',
    plant(ground) {
      const child = ground.payment();
      const parentTransactionId = ground.freshId('txn_');
      ground.change(child, { type: 'refund', parentTransactionId });
      return [{ rule: 'parent-missing', recordId: child.id }];
    },
  },
  {
    name: 'parent-missing/no-parent',
    sight: 'A refund names no payment, although it was not processed elsewhere.',
    plant(ground) {
      const child = ground.payment();
      ground.change(child, { type: 'refund' });
      return [{ rule: 'parent-missing', recordId: child.id }];
    },
  },
  {
    name: 'parent-missing/void-of-nothing',
    sight: 'A void names no payment that it cancels.',
    plant(ground) {
      const child = ground.payment();
      ground.change(child, { type: 'void', settlementTime: null, isReconciled: false, arn: null });
      return [{ rule: 'parent-missing', recordId: child.id }];
    },
  },
  {
    name: 'parent-status-stale/refunded-by-nobody',
    sight: 'A payment is called refunded, but no refund of it exists.',
    plant(ground) {
      const sale = ground.payment();
      ground.change(sale, { status: 'refunded' });
      return [{ rule: 'parent-status-stale', recordId: sale.id }];
    },
  },
  {
    name: 'parent-status-stale/still-completed',
    sight: 'A payment is called completed, although half of it was refunded.',
    plant(ground) {
      const [sale, later] = ground.pair();
      refund(ground, [sale, later], half(sale.row), {});
      return [{ rule: 'parent-status-stale', recordId: sale.id }];
    },
  },
  {
    name: 'parent-status-stale/partially-refunded-in-full',
    sight: 'A payment is called partially refunded, although all of it was paid back.',
    plant(ground) {
      const [sale, later] = ground.pair();
      refund(ground, [sale, later], paidMinor(sale.row), { status: 'partially-refunded' });
      return [{ rule: 'parent-status-stale', recordId: sale.id }];
    },
  },
  {
    name: 'parent-status-stale/voided-by-nobody',
    sight: 'A payment is called voided, but no void of it exists.',
    plant(ground) {
      const sale = ground.payment();
      ground.change(sale, { status: 'voided' });
      return [{ rule: 'parent-status-stale', recordId: sale.id }];
    },
  },
  {
    name: 'child-link-broken/not-listed',
    sight: 'A declined refund names its payment, but the payment does not list it.',
    plant(ground) {
      const child = ground.payment(undefined, 'declined-card');
      const sale = ground.payment();
      const like = likeOf(sale.row, half(sale.row));
      ground.change(child, { ...like, type: 'refund', parentTransactionId: sale.id });
      return [{ rule: 'child-link-broken', recordId: child.id }];
    },
  },
  {
    name: 'child-link-broken/listed-only',
    sight: 'A payment lists another payment as its child, which names no parent.',
    plant(ground) {
      const [sale, later] = ground.pair();
      ground.turn(sale, later.createdAt, { childTransactions: [later.id] });
      return [{ rule: 'child-link-broken', recordId: later.id }];
    },
  },
  {
    name: 'capture-exceeds-authorization/by-a-quarter',
    sight: 'A capture took a quarter more than its authorization allows.',
    plant(ground) {
      const [held, later] = ground.pair();
      ground.change(held, authorized('waiting-capture'));
      const minor = tooMuch(paidMinor(held.row));
      ground.change(later, childOf(held, 'capture', minor));
      const members = { status: 'completed', childTransactions: [later.id] };
      ground.turn(held, later.createdAt, members);
      return [{ rule: 'capture-exceeds-authorization', recordId: held.id }];
    },
  },
];

export function threeInOrder(ground: Ground): readonly [Payment, Payment, Payment] {
  const three: [Payment, Payment, Payment] = [ground.payment(), ground.payment(), ground.payment()];
  return three.sort((a, b) => a.index - b.index);
}

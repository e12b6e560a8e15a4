import { paidMinor } from './amounts.ts';
import { decoy } from './decoy.ts';
import type { Plant } from './plant.ts';
import type { PaymentRow } from './rows.ts';
import { half, likeOf, refund } from './turned.ts';
import { CLOSE_MS, isSameAccount } from './twins.ts';

const gapMs = (a: PaymentRow, b: PaymentRow) =>
  Date.parse(b.createdTime) - Date.parse(a.createdTime);

/** Payments that are just not like one another. */
export const TWIN_DECOYS: readonly Plant[] = [
  decoy(
    'duplicate-charge/later',
    'One invoice was paid twice with one card, the same amount, more than ten minutes apart.',
    (ground) => {
      const both = (a: PaymentRow, b: PaymentRow) => gapMs(a, b) > CLOSE_MS;
      const [sale, later] = ground.pair({ withinMs: 4 * CLOSE_MS, both });
      ground.change(later, likeOf(sale.row, paidMinor(sale.row)));
    },
  ),
  decoy(
    'duplicate-charge/another-card',
    'One invoice was paid twice within ten minutes, the same amount, with two cards.',
    (ground) => {
      const [sale, later] = ground.pair({ withinMs: CLOSE_MS });
      const { paymentInstrument, bin } = later.row;
      const like = likeOf(sale.row, paidMinor(sale.row));
      ground.change(later, { ...like, paymentInstrument: paymentInstrument!, bin: bin! });
    },
  ),
  decoy(
    'duplicate-charge/one-minor-unit',
    'One invoice was paid twice within ten minutes with one card, one minor unit apart.',
    (ground) => {
      const [sale, later] = ground.pair({ withinMs: CLOSE_MS });
      ground.change(later, likeOf(sale.row, paidMinor(sale.row) + 1));
    },
  ),
  decoy(
    'duplicate-charge/paid-back',
    'One invoice was paid twice within ten minutes, and the second payment was refunded in full.',
    (ground) => {
      const [sale, again] = ground.pair({ withinMs: CLOSE_MS });
      const back = ground.payment();
      const like = likeOf(sale.row, paidMinor(sale.row));
      ground.change(again, like);
      const parent = { ...again, row: { ...again.row, ...like } };
      refund(ground, [parent, back], paidMinor(sale.row), { status: 'refunded' });
    },
  ),
  decoy(
    'duplicate-request-id/second-try',
    'A payment was declined; the approved one after it carries the same request id.',
    (ground) => {
      const decline = ground.payment(undefined, 'declined-card');
      const sale = ground.payment();
      const { requestId } = decline.row;
      ground.change(sale, { requestId, orderId: requestId });
    },
  ),
  decoy(
    'duplicate-request-id/of-its-refund',
    'A refund carries the request id and the gateway’s reference of its payment.',
    (ground) => {
      const [sale, later] = ground.pair({ both: isSameAccount });
      const { requestId, gatewayTransactionId } = sale.row;
      refund(ground, [sale, later], half(sale.row), { status: 'partially-refunded' });
      ground.change(later, { requestId, gatewayTransactionId });
    },
  ),
  decoy(
    'duplicate-gateway-reference/another-account',
    'Two approved payments carry the same reference of two gateway accounts.',
    (ground) => {
      const [sale, later] = ground.pair({ both: (a, b) => !isSameAccount(a, b) });
      const { gatewayTransactionId } = sale.row;
      ground.change(later, { gatewayTransactionId, referenceData: { gatewayTransactionId } });
    },
  ),
];

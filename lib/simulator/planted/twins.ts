import { paidMinor } from './amounts.ts';
import type { Plant } from './plant.ts';
import type { PaymentRow } from './rows.ts';
import { deposited, likeOf } from './turned.ts';

/** Two charges further apart than this are two purchases. */
export const CLOSE_MS = 10 * 60_000;

export const isSameAccount = (a: PaymentRow, b: PaymentRow) =>
  a.gatewayAccountId === b.gatewayAccountId;

/** Rows that show what only one row may show. The earlier one is the record in question. */
export const TWIN_PLANTS: readonly Plant[] = [
  {
    name: 'duplicate-charge/of-an-invoice',
    sight: 'One invoice was paid twice with one card, the same amount, within ten minutes.',
    plant(ground) {
      const [sale, later] = ground.pair({ withinMs: CLOSE_MS });
      ground.change(later, likeOf(sale.row, paidMinor(sale.row)));
      return [{ rule: 'duplicate-charge', recordId: sale.id }];
    },
  },
  {
    name: 'duplicate-charge/of-a-deposit',
    sight: 'A customer deposited the same amount twice with one card within ten minutes.',
    plant(ground) {
      const [sale, later] = ground.pair({ withinMs: CLOSE_MS });
      const { customerId, ...deposit } = deposited(ground);
      ground.change(sale, { customerId, ...deposit });
      const like = likeOf(sale.row, paidMinor(sale.row));
      ground.change(later, { ...like, ...deposited(ground), customerId });
      return [{ rule: 'duplicate-charge', recordId: sale.id }];
    },
  },
  {
    name: 'duplicate-request-id/of-two-sales',
    sight: 'Two approved payments of one day carry the same request id.',
    plant(ground) {
      const [sale, later] = ground.pair();
      ground.change(later, { requestId: sale.row.requestId, orderId: sale.row.requestId });
      return [{ rule: 'duplicate-request-id', recordId: sale.id }];
    },
  },
  {
    name: 'duplicate-gateway-reference/of-two-sales',
    sight: 'Two approved payments carry the same reference of the same gateway account.',
    plant(ground) {
      const [sale, later] = ground.pair({ both: isSameAccount });
      const { gatewayTransactionId } = sale.row;
      const referenceData = { gatewayTransactionId };
      ground.change(later, { gatewayTransactionId, referenceData });
      return [{ rule: 'duplicate-gateway-reference', recordId: sale.id }];
    },
  },
];

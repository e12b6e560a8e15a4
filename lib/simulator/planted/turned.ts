import type { JsonObject } from '../../model/records.ts';
import { paidMinor, priced } from './amounts.ts';
import type { Ground } from './ground.ts';
import type { MemoRow, Payment, PaymentRow } from './rows.ts';

/** Lone payments, told anew as something else. All keep their own gateway account and its marks. */

/** Nothing came back from a bank, nor will. */
export const NO_BANK = { settlementTime: null, isReconciled: false, arn: null } as const;

/** Who pays, for what, with what: the same as another row, with an amount of its own. */
export function likeOf(row: PaymentRow, minor: number): JsonObject {
  const { customerId, websiteId, invoiceIds, subscriptionIds, planIds, isRebill } = row;
  const { rebillNumber, paymentInstrument, method, bin, billingAddress } = row;
  const { currency, purchaseCurrency, requestCurrency, reportCurrency } = row;
  return {
    ...{ customerId, websiteId, invoiceIds, subscriptionIds, planIds, isRebill, rebillNumber },
    ...{ paymentInstrument, method, bin, billingAddress },
    ...{ currency, purchaseCurrency, requestCurrency, reportCurrency },
    ...priced(row, minor),
  };
}

export function childOf(parent: Payment, type: 'capture' | 'refund', minor: number): JsonObject {
  return { ...likeOf(parent.row, minor), type, parentTransactionId: parent.id };
}

/** Makes the second payment a refund of the first, which then shows what its members say. */
export function refund(
  ground: Ground,
  [sale, later]: readonly [Payment, Payment],
  minor: number,
  members: JsonObject,
): void {
  ground.change(later, childOf(sale, 'refund', minor));
  ground.turn(sale, later.createdAt, { childTransactions: [later.id], ...members });
}

export function authorized(status: 'completed' | 'waiting-capture'): JsonObject {
  return { type: 'authorize', status, ...NO_BANK };
}

/** Money that went out without a payment before it. */
export function paidOut(ground: Ground): JsonObject {
  return { type: 'credit', invoiceIds: [], payoutRequestId: ground.freshId('pout_req_') };
}

/** A deposit of somebody who comes once: no invoice ties it to anything. */
export function deposited(ground: Ground): JsonObject {
  return {
    customerId: ground.freshId('cus_'),
    invoiceIds: [],
    depositRequestId: ground.freshId('dep_req_'),
  };
}

/** Sent, and never answered. */
export function unanswered(
  status: 'completed' | 'timeout' | 'waiting-gateway' | 'waiting-refund',
): JsonObject {
  const response = { code: null, message: null, type: null };
  return {
    status,
    result: 'unknown',
    processedTime: undefined,
    gatewayTransactionId: null,
    referenceData: null,
    gateway: { response: { ...response, originalCode: null, originalMessage: null } },
    ...NO_BANK,
  };
}

/** In dispute from the beginning. Its status hides whatever else becomes of the payment. */
export function disputed(row: PaymentRow, disputeStatus: string): JsonObject {
  return {
    status: 'disputed',
    isDisputed: true,
    disputeTime: row.createdTime,
    disputeStatus,
  };
}

/** An approved credit nobody has used. Nothing happens to it any more. */
export function untouched({ totalAmount, createdTime }: MemoRow): JsonObject {
  return {
    status: 'issued',
    reason: 'customer-credit',
    unusedAmount: totalAmount,
    allocations: { transactions: [], invoices: [] },
    revision: 1,
    updatedTime: createdTime,
  };
}

export function isQuiet({ isReconciled, settlementTime }: PaymentRow): boolean {
  return !isReconciled && settlementTime === null;
}

export function half(row: PaymentRow): number {
  return Math.floor(paidMinor(row) / 2);
}

import type { Instant } from '../../model/instant.ts';
import type { CollectionName, JsonObject } from '../../model/records.ts';

/** The members that plants read of a card payment: an approved sale that stands alone. */
export interface PaymentRow extends JsonObject {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly result: string;
  readonly amount: number;
  readonly currency: string;
  readonly reportAmount: number;
  readonly reportCurrency: string;
  readonly customerId: string;
  readonly websiteId: string;
  readonly invoiceIds: readonly string[];
  readonly requestId: string;
  readonly gatewayAccountId: string;
  readonly gatewayTransactionId: string;
  readonly createdTime: string;
  readonly updatedTime: string;
  readonly settlementTime: string | null;
  readonly isReconciled: boolean;
  readonly revision: number;
}

/** The members that plants read of a credit memo. */
export interface MemoRow extends JsonObject {
  readonly id: string;
  readonly number: number;
  readonly customerId: string;
  readonly currency: string;
  readonly totalAmount: number;
  readonly taxAmount: number;
  readonly createdTime: string;
  readonly updatedTime: string;
  readonly revision: number;
}

/** A row of the ground, as it stands when everything has happened to it. */
export interface Spot<Row extends JsonObject> {
  readonly collection: CollectionName;
  readonly index: number;
  readonly createdAt: Instant;
  readonly id: string;
  readonly row: Row;
}

export type Payment = Spot<PaymentRow>;
export type Memo = Spot<MemoRow>;

/** Members to overwrite; one that is undefined is left out of the row. */
export type Patch = JsonObject | ((row: PaymentRow & MemoRow) => JsonObject);

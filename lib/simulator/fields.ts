import type { CollectionName } from '../model/records.ts';

export type FieldKind = 'text' | 'number' | 'integer' | 'boolean' | 'time';

export interface Field {
  readonly kind: FieldKind;
  readonly sortable: boolean;
}

/** Names by kind; `*` marks what the API's definition calls `x-sortable`. `id` is not sortable. */
type Listing = Readonly<Record<FieldKind, string>>;

const TRANSACTION: Listing = {
  text: `id websiteId customerId* type status result currency* purchaseCurrency* requestCurrency*
    parentTransactionId childTransactions invoiceIds subscriptionIds planIds redirectUrl
    billingAddress.firstName billingAddress.lastName billingAddress.organization
    billingAddress.address billingAddress.address2 billingAddress.city billingAddress.region
    billingAddress.country billingAddress.postalCode billingAddress.dob billingAddress.jobTitle
    billingAddress.hash billingAddress.emails.value billingAddress.phoneNumbers.value
    3ds.server 3ds.version 3ds.enrolled 3ds.authenticated 3ds.liability 3ds.flow
    billingDescriptor description requestId* gatewayName gatewayAccountId gatewayTransactionId
    gateway.response.code gateway.response.message gateway.response.type
    gateway.response.originalCode gateway.response.originalMessage gateway.avsResponse.code
    gateway.avsResponse.message gateway.cvvResponse.code gateway.cvvResponse.message acquirerName
    method bin paymentInstrument.method paymentInstrument.paymentInstrumentId
    paymentInstrument.reference paymentInstrument.receivedBy dcc.base.currency dcc.quote.currency
    dcc.outcome riskMetadata.ipAddress riskMetadata.country notificationUrl disputeStatus orderId*
    arn reportCurrency* limits.currency organizationId depositRequestId transferId
    payoutRequestId`,
  number: `amount* purchaseAmount* requestAmount reportAmount* dcc.base.amount dcc.quote.amount
    dcc.usdMarkup limits.amount`,
  integer: 'rebillNumber* retryNumber* velocity revision riskScore*',
  boolean: `isRebill has3ds 3ds.isDowngraded isRetry hasAmountAdjustment hasDcc dcc.isForceDcc
    isDisputed isReconciled isProcessedOutside isMerchantInitiated hadDiscrepancy`,
  time: `processedTime* createdTime* updatedTime* disputeTime* settlementTime* discrepancyTime*
    limits.resetTime`,
};

const CREDIT_MEMO: Listing = {
  text: `id status reason description customerId currency* invoiceId quoteId
    allocations.transactions.transactionId allocations.transactions.currency
    allocations.invoices.invoiceId allocations.invoices.currency items.id items.invoiceItemId
    items.description items.productId items.planId items.tax.description`,
  number: `shippingAmount taxAmount totalAmount unusedAmount allocations.transactions.amount
    allocations.invoices.amount items.unitPrice items.price items.tax.amount`,
  integer: 'number revision items.quantity',
  boolean: '',
  time: `createdTime* updatedTime* allocations.transactions.createdTime
    allocations.invoices.createdTime`,
};

const FIELDS: Readonly<Record<CollectionName, ReadonlyMap<string, Field>>> = {
  transactions: fieldsOf(TRANSACTION),
  'credit-memos': fieldsOf(CREDIT_MEMO),
};

/** What merchants name themselves, here and on related resources (contract 5.1): compared as text. */
const MERCHANT_DEFINED = /^(customFields|referenceData|customer\.customFields)\.[^.]/;

/** What a filter or a sort may name; undefined for everything else, which the API refuses. */
export function fieldOf(collection: CollectionName, name: string): Field | undefined {
  const known = FIELDS[collection].get(name);
  if (known !== undefined) return known;
  return MERCHANT_DEFINED.test(name) ? { kind: 'text', sortable: false } : undefined;
}

function fieldsOf(listing: Listing): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  for (const [kind, names] of Object.entries(listing) as [FieldKind, string][]) {
    for (const name of names.split(/\s+/).filter((word) => word !== '')) {
      fields.set(name.replace('*', ''), { kind, sortable: name.endsWith('*') });
    }
  }
  return fields;
}

import {
  ALWAYS,
  columnsFrom,
  decimal,
  id,
  integer,
  money,
  NULLABLE,
  oneOf,
  type TableContract,
  text,
  time,
} from './column.ts';

const STATUSES = ['draft', 'quotation', 'issued', 'partially-applied', 'applied', 'voided'];
const REASONS = [
  'return',
  'product-unsatisfactory',
  'order-change',
  'order-cancellation',
  'chargeback',
  'write-off',
  'waiver',
  'customer-credit',
  'prepayment',
  'other',
];

const memoColumns = columnsFrom('CreditMemo', [
  {
    name: 'businessDate',
    kind: 'date',
    source: 'createdTime, in the time zone of the books',
    meaning: 'The business day on which the memo was created: the day of this file.',
  },
  id('id', 'The credit memo. Unique in the organization.', ALWAYS),
  integer(
    'number',
    'Its number in the sequence of its customer: two customers have equal numbers.',
  ),
  oneOf(
    'status',
    STATUSES,
    'draft and quotation are no credit yet; issued: all of it is left; applied: nothing.',
    ALWAYS,
  ),
  oneOf('reason', REASONS, 'Why it was given.'),
  text('currency', 'Currency of all its amounts, ISO 4217.', ALWAYS),
  money('totalAmount', 'currency', 'Items, shipping and tax.', ALWAYS),
  money('unusedAmount', 'currency', 'What is not yet allocated to an invoice or paid out.', ALWAYS),
  money('taxAmount', 'currency', 'Tax of all items.'),
  money('shippingAmount', 'currency', 'Shipping that is credited.'),
  id('customerId', 'The customer who is credited.', ALWAYS),
  id(
    'invoiceId',
    'The invoice it was issued against; the allocations tell which ones it pays.',
    NULLABLE,
  ),
  id('quoteId', 'The quote it belongs to.', NULLABLE),
  text('description', 'Its text, as the customer sees it.'),
  time(
    'createdTime',
    'When Rebilly recorded it. Never changes; decides the business date.',
    ALWAYS,
  ),
  time('updatedTime', 'When the record was last changed.', ALWAYS),
  integer('revision', 'How often the record was changed: the higher one is the later.', ALWAYS),
]);

export const creditMemos: TableContract = {
  path: '',
  columns: memoColumns,
  nullableObjects: [],
  ignored: ['_links', '_embedded', 'items', 'allocations.transactions', 'allocations.invoices'],
};

const MEMO_ID = { source: 'CreditMemo.id' } as const;
const AS_SENT = { nullable: true } as const;

const itemColumns = columnsFrom('CreditMemo.items[]', [
  id('creditMemoId', 'The memo that the line belongs to.', MEMO_ID),
  integer('position', 'Which line of the memo, from 1.', { source: 'order of CreditMemo.items[]' }),
  id('id', 'The line.', ALWAYS),
  id('invoiceItemId', 'The invoice line that it credits.', NULLABLE),
  text('description', 'What is credited.'),
  id('productId', 'The product.', NULLABLE),
  id('planId', 'The plan.', NULLABLE),
  integer('quantity', 'How many.', ALWAYS),
  decimal('unitPrice', 'Price of one, every digit kept.', ALWAYS),
  money('price', 'currency', 'Total of the line.', ALWAYS),
  text('currency', 'Currency of the memo, and so of every amount of the line.', {
    source: 'CreditMemo.currency',
  }),
  text('tax.description', 'Name of the tax.'),
  decimal('tax.rate', 'Rate of the whole tax, as sent.', NULLABLE),
  money('tax.amount', 'currency', 'Whole tax of the line.'),
  decimal('tax.stateRate', 'Rate of the state.', NULLABLE),
  money('tax.stateAmount', 'currency', 'Tax of the state.', AS_SENT),
  decimal('tax.countyRate', 'Rate of the county.', NULLABLE),
  money('tax.countyAmount', 'currency', 'Tax of the county.', AS_SENT),
  decimal('tax.cityRate', 'Rate of the city.', NULLABLE),
  money('tax.cityAmount', 'currency', 'Tax of the city.', AS_SENT),
  decimal('tax.specialDistrictRate', 'Rate of the special district.', NULLABLE),
  money('tax.specialDistrictAmount', 'currency', 'Tax of the special district.', AS_SENT),
  text('tax.jurisdictions.country', 'Country that taxes.', NULLABLE),
  text('tax.jurisdictions.state', 'State that taxes.', NULLABLE),
  text('tax.jurisdictions.county', 'County that taxes.', NULLABLE),
  text('tax.jurisdictions.city', 'City that taxes.', NULLABLE),
]);

export const creditMemoItems: TableContract = {
  path: 'items',
  columns: itemColumns,
  nullableObjects: ['tax', 'tax.jurisdictions'],
  ignored: [],
};

const TARGETS = ['transaction', 'invoice'];

const allocationColumns = columnsFrom('CreditMemo.allocations.*[]', [
  id('creditMemoId', 'The memo whose credit was used.', MEMO_ID),
  oneOf(
    'target',
    TARGETS,
    'invoice: it pays an invoice. transaction: it was paid out or taken back.',
    { source: 'the list it stands in: transactions or invoices' },
  ),
  id('transactionId', 'The transaction that paid it out or took it.'),
  id('invoiceId', 'The invoice that it pays.'),
  money('amount', 'currency', 'How much of the credit.', ALWAYS),
  text('currency', 'Currency of amount; differs from the memo’s only by mistake.', ALWAYS),
  time('createdTime', 'When it was allocated.'),
  time('updatedTime', 'When the allocation was last changed.'),
]);

export const creditMemoAllocations: TableContract = {
  path: 'allocations',
  columns: allocationColumns,
  nullableObjects: [],
  ignored: [],
};

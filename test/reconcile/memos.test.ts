import { memoAllocationCurrency } from '../../lib/reconcile/rules/memo-allocation-currency.ts';
import { memoNumberGap } from '../../lib/reconcile/rules/memo-number-gap.ts';
import { memoOverAllocated } from '../../lib/reconcile/rules/memo-over-allocated.ts';
import { memoStatus } from '../../lib/reconcile/rules/memo-status.ts';
import { memoTax } from '../../lib/reconcile/rules/memo-tax.ts';
import { memoTotal } from '../../lib/reconcile/rules/memo-total.ts';
import { memoUnused } from '../../lib/reconcile/rules/memo-unused.ts';
import { memoVoidedInUse } from '../../lib/reconcile/rules/memo-voided-in-use.ts';
import { allocation, type Cells, line, memo } from './night.ts';
import { type Case, ruleFacts } from './rule-facts.ts';

const withItems = (cells: Cells, ...items: Cells[]): Case => ({ memos: [memo('m', cells)], items });

ruleFacts(memoTotal, {
  'a cent is missing': {
    ...withItems({ totalAmount: '118.99', shippingAmount: '9.00' }, line('m', '100.00', '10.00')),
    fires: { m: { expected: '119.00', actual: '118.99', difference: '-0.01' } },
  },
  'prices without tax': withItems(
    { totalAmount: '119.00', shippingAmount: '9.00' },
    line('m', '60.00', '10.00'),
    line('m', '40.00'),
  ),
  'prices with tax': withItems(
    { totalAmount: '109.00', shippingAmount: '9.00' },
    line('m', '100.00', '10.00'),
  ),
  'tenths add up exactly': withItems(
    { totalAmount: '0.3', currency: 'ETH' },
    line('m', '0.1'),
    line('m', '0.2'),
  ),
  'a draft is no credit yet': withItems(
    { totalAmount: '1.00', status: 'draft' },
    line('m', '100.00'),
  ),
  'a quotation neither': withItems(
    { totalAmount: '1.00', status: 'quotation' },
    line('m', '100.00'),
  ),
  'without lines': { memos: [memo('m')], unclear: 1 },
  'a line without a price': {
    ...withItems({ totalAmount: '1.00' }, line('m', '100.00'), line('m', undefined)),
    unclear: 1,
  },
  'without shipping': {
    ...withItems({ totalAmount: '1.00', shippingAmount: undefined }, line('m', '100.00')),
    unclear: 1,
  },
  'without a status': {
    ...withItems({ totalAmount: '1.00', status: undefined }, line('m', '100.00')),
    unclear: 1,
  },
});

ruleFacts(memoTax, {
  'a cent is missing': {
    ...withItems({ taxAmount: '9.99' }, line('m', '60.00', '6.00'), line('m', '40.00', '4.00')),
    fires: { m: { expected: '10.00', actual: '9.99', difference: '-0.01' } },
  },
  'they add up': withItems({ taxAmount: '10.00' }, line('m', '100.00', '10.00')),
  'absent tax is none': withItems({ taxAmount: undefined }, line('m', '100.00')),
  'absent tax is too little': {
    ...withItems({ taxAmount: undefined }, line('m', '100.00', '1.00')),
    fires: { m: { actual: '0.00' } },
  },
  'a draft is no credit yet': withItems({ taxAmount: '1.00', status: 'draft' }, line('m', '1.00')),
  'without lines': { memos: [memo('m', { taxAmount: '1.00' })], unclear: 1 },
});

const used = (cells: Cells, ...amounts: string[]): Case => ({
  memos: [memo('m', cells)],
  allocations: amounts.map((amount, at) => allocation('m', { invoiceId: `i${at}`, amount })),
});

ruleFacts(memoUnused, {
  'a cent is left over': {
    ...used({ unusedAmount: '40.01' }, '30.00', '30.00'),
    fires: { m: { expected: '40.00', actual: '40.01', difference: '0.01' } },
  },
  'what is not allocated is unused': used({ unusedAmount: '40.00' }, '30.00', '30.00'),
  'nothing is allocated': used({ unusedAmount: '100.00' }),
  'nothing is allocated, and some was used': {
    ...used({ unusedAmount: '99.00' }),
    fires: { m: { expected: '100.00' } },
  },
  'paid out and spent': {
    memos: [memo('m', { unusedAmount: '0.00' })],
    allocations: [
      allocation('m', { invoiceId: 'i', amount: '30.00' }),
      allocation('m', { transactionId: 't', amount: '70.00' }),
    ],
  },
  voided: used({ status: 'voided', unusedAmount: '0.00' }),
  'a draft is no credit yet': used({ status: 'draft', unusedAmount: '0.00' }),
  'an allocation in another currency': {
    memos: [memo('m')],
    allocations: [allocation('m', { invoiceId: 'i', currency: 'EUR' })],
    unclear: 1,
  },
  'an allocation without an amount': {
    memos: [memo('m')],
    allocations: [allocation('m', { invoiceId: 'i', amount: undefined })],
    unclear: 1,
  },
  'nobody knows what is unused': { ...used({ unusedAmount: undefined }), unclear: 1 },
});

ruleFacts(memoOverAllocated, {
  'more is given out than there is': {
    ...used({ unusedAmount: '0.00' }, '60.00', '40.01'),
    fires: { m: { expected: '100.00', actual: '100.01', difference: '0.01' } },
  },
  'all is given out': used({ unusedAmount: '0.00' }, '60.00', '40.00'),
  'unused is negative': {
    ...used({ unusedAmount: '-0.01' }),
    fires: { m: { actual: '100.01', difference: '0.01' } },
  },
  'in other currencies nobody can tell': {
    memos: [memo('m')],
    allocations: [allocation('m', { invoiceId: 'i', currency: 'EUR', amount: '999.00' })],
    unclear: 1,
  },
  'a quotation is no credit yet': used({ status: 'quotation', unusedAmount: '-1.00' }),
});

const standing = (status: string, unusedAmount: string): Case => ({
  memos: [memo('m', { status, unusedAmount })],
});
const wrong = (status: string, unusedAmount: string, expected: string): Case => ({
  ...standing(status, unusedAmount),
  fires: { m: { expected, actual: status } },
});

ruleFacts(memoStatus, {
  'issued, and some is used': wrong('issued', '99.99', 'partially-applied'),
  issued: standing('issued', '100.00'),
  'applied, and some is left': wrong('applied', '0.01', 'partially-applied'),
  applied: standing('applied', '0.00'),
  'partially applied, and nothing is left': wrong('partially-applied', '0.00', 'applied'),
  'partially applied, and all is left': wrong('partially-applied', '100.00', 'issued'),
  'partially applied': standing('partially-applied', '0.01'),
  voided: standing('voided', '50.00'),
  'a draft': standing('draft', '50.00'),
  'nobody knows what is unused': {
    memos: [memo('m', { unusedAmount: undefined })],
    unclear: 1,
  },
});

ruleFacts(memoVoidedInUse, {
  'an allocation is left': {
    ...used({ status: 'voided' }, '0.01'),
    fires: { m: { actual: '1 allocation' } },
  },
  'none is left': used({ status: 'voided' }),
  'it is not voided': used({}, '1.00'),
});

ruleFacts(memoAllocationCurrency, {
  'one is in euro': {
    memos: [memo('m')],
    allocations: [
      allocation('m', { invoiceId: 'i' }),
      allocation('m', { invoiceId: 'j', currency: 'EUR' }),
    ],
    fires: { m: { expected: 'USD', actual: 'EUR USD' } },
  },
  'all are in dollars': used({}, '1.00', '2.00'),
  'one does not tell': {
    memos: [memo('m')],
    allocations: [allocation('m', { invoiceId: 'i', currency: undefined })],
    unclear: 1,
  },
  'a draft is no credit yet': {
    memos: [memo('m', { status: 'draft' })],
    allocations: [allocation('m', { invoiceId: 'i', currency: 'EUR' })],
  },
});

const numbered = (id: string, number: string | undefined, cells: Cells = {}) =>
  memo(id, { number, customerId: 'c', ...cells });

ruleFacts(memoNumberGap, {
  'three is missing': {
    memos: [numbered('a', '1'), numbered('b', '2'), numbered('d', '4')],
    fires: { d: { expected: '3', actual: '4', relatedIds: 'b' } },
  },
  'two share a number': {
    memos: [numbered('a', '1'), numbered('b', '1', { createdTime: '2026-11-20T11:00:00Z' })],
    fires: { b: { expected: '2', actual: '1', relatedIds: 'a' } },
  },
  'in a row': { memos: [numbered('a', '9'), numbered('b', '10'), numbered('c', '11')] },
  'drafts and voided ones count': {
    memos: [
      numbered('a', '1'),
      numbered('b', '2', { status: 'draft' }),
      numbered('c', '3', { status: 'voided' }),
      numbered('d', '4'),
    ],
  },
  'customers count for themselves': {
    memos: [numbered('a', '1'), numbered('b', '3', { customerId: 'd' })],
  },
  'of other days': {
    memos: [numbered('a', '1')],
    changedMemos: [numbered('b', '3', { createdTime: '2026-11-01T00:00:00Z' })],
  },
  'without a number': { memos: [numbered('a', undefined), numbered('b', '5')] },
});

ruleFacts(
  memoNumberGap,
  { 'a filter leaves memos out': { memos: [numbered('a', '1'), numbered('d', '4')] } },
  { scope: { filter: 'status:issued' } },
);

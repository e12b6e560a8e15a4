import { memoAllocationCurrency } from '../../lib/reconcile/rules/memo-allocation-currency.ts';
import { memoNumberGap } from '../../lib/reconcile/rules/memo-number-gap.ts';
import { memoStatus } from '../../lib/reconcile/rules/memo-status.ts';
import { memoVoidedInUse } from '../../lib/reconcile/rules/memo-voided-in-use.ts';
import { allocation, type Cells, memo } from './night.ts';
import { type Case, ruleFacts } from './rule-facts.ts';

const used = (cells: Cells, ...amounts: string[]): Case => ({
  memos: [memo('m', cells)],
  allocations: amounts.map((amount, at) => allocation('m', { invoiceId: `i${at}`, amount })),
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
  'one was paid out in euro': {
    memos: [memo('m')],
    allocations: [
      allocation('m', { invoiceId: 'i' }),
      allocation('m', { transactionId: 't', currency: 'EUR' }),
    ],
    fires: { m: { relatedIds: 't' } },
  },
  'one of two does not tell': {
    memos: [memo('m')],
    allocations: [
      allocation('m', { invoiceId: 'i' }),
      allocation('m', { invoiceId: 'j', currency: undefined }),
    ],
    unclear: 1,
  },
  'the memo does not tell': {
    memos: [memo('m', { currency: undefined })],
    allocations: [allocation('m', { invoiceId: 'i' })],
    unclear: 1,
  },
  'without a status': {
    memos: [memo('m', { status: undefined })],
    allocations: [allocation('m', { invoiceId: 'i', currency: 'EUR' })],
    unclear: 1,
  },
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

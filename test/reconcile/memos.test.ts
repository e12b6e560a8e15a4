import { memoOverAllocated } from '../../lib/reconcile/rules/memo-over-allocated.ts';
import { memoTax } from '../../lib/reconcile/rules/memo-tax.ts';
import { memoTotal } from '../../lib/reconcile/rules/memo-total.ts';
import { memoUnused } from '../../lib/reconcile/rules/memo-unused.ts';
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
  'context is not judged': { contextMemos: [memo('m', { unusedAmount: '-1.00' })] },
  'thousandths of a dinar add up': {
    ...withItems(
      { totalAmount: '0.302', currency: 'KWD', shippingAmount: '0.000' },
      line('m', '0.100'),
      line('m', '0.201'),
    ),
    fires: { m: { expected: '0.301', actual: '0.302', difference: '0.001' } },
  },
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
  'a tenth and two tenths are three tenths': withItems(
    { taxAmount: '0.30' },
    line('m', '1.00', '0.10'),
    line('m', '1.00', '0.20'),
  ),
  'without a status': {
    ...withItems({ taxAmount: '1.00', status: undefined }, line('m', '1.00')),
    unclear: 1,
  },
  'context is not judged': { contextMemos: [memo('m', { unusedAmount: '-1.00' })] },
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
  'one of two allocations in another currency': {
    memos: [memo('m', { unusedAmount: '0.00' })],
    allocations: [
      allocation('m', { invoiceId: 'i' }),
      allocation('m', { invoiceId: 'j', currency: 'EUR' }),
    ],
    unclear: 1,
  },
  'through which transaction': {
    memos: [memo('m', { unusedAmount: '1.00' })],
    allocations: [allocation('m', { transactionId: 't' })],
    fires: { m: { relatedIds: 't' } },
  },
  'an allocation without an amount': {
    memos: [memo('m')],
    allocations: [allocation('m', { invoiceId: 'i', amount: undefined })],
    unclear: 1,
  },
  'nobody knows what is unused': { ...used({ unusedAmount: undefined }), unclear: 1 },
  'without a status': { ...used({ status: undefined, unusedAmount: '99.00' }), unclear: 1 },
  'context is not judged': { contextMemos: [memo('m', { unusedAmount: '-1.00' })] },
  'a tenth and two tenths of a coin are three tenths': {
    memos: [memo('m', { totalAmount: '0.3', unusedAmount: '0', currency: 'ETH' })],
    allocations: ['0.1', '0.2'].map((amount, at) =>
      allocation('m', { invoiceId: `i${at}`, amount, currency: 'ETH' }),
    ),
  },
  'a wei is left over': {
    memos: [
      memo('m', { totalAmount: '0.3', unusedAmount: '0.000000000000000001', currency: 'ETH' }),
    ],
    allocations: [allocation('m', { invoiceId: 'i', amount: '0.3', currency: 'ETH' })],
    fires: { m: { expected: '0', actual: '0.000000000000000001' } },
  },
  'a yen is left over': {
    memos: [memo('m', { totalAmount: '100', unusedAmount: '41', currency: 'JPY' })],
    allocations: [allocation('m', { invoiceId: 'i', amount: '60', currency: 'JPY' })],
    fires: { m: { expected: '40', actual: '41', difference: '1' } },
  },
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
  'without a status': { ...used({ status: undefined, unusedAmount: '-1.00' }), unclear: 1 },
  'context is not judged': { contextMemos: [memo('m', { unusedAmount: '-1.00' })] },
  'ten tenths are one': {
    ...used(
      { totalAmount: '1.00', unusedAmount: '0.00' },
      ...Array.from('0123456789', () => '0.10'),
    ),
  },
});

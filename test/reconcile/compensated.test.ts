import { compensatedTwice } from '../../lib/reconcile/rules/compensated-twice.ts';
import { allocation, type Cells, child, memo, payment } from './night.ts';
import { ruleFacts } from './rule-facts.ts';

const paidOut = (cells: Cells = {}) => allocation('m', { transactionId: 'r', ...cells });
const invoice = (refunded: string, cells: Cells = {}) => [
  payment('p', { childTransactions: 'r', invoiceIds: 'i' }),
  child('refund', 'r', 'p', { amount: refunded, invoiceIds: 'i', ...cells }),
];
const against = (cells: Cells = {}) => memo('m', { customerId: 'cus_p', invoiceId: 'i', ...cells });

ruleFacts(compensatedTwice, {
  'refunded and credited': {
    transactions: invoice('60.00'),
    memos: [against({ totalAmount: '40.01' })],
    fires: {
      i: {
        collection: 'invoices',
        expected: '100.00',
        actual: '100.01',
        difference: '0.01',
        relatedIds: 'm r',
      },
    },
  },
  'refunded and credited as far as paid': {
    transactions: invoice('60.00'),
    memos: [against({ totalAmount: '40.00' })],
  },
  'the refund paid the memo out': {
    transactions: invoice('100.00'),
    memos: [against()],
    allocations: [paidOut()],
  },
  'the refund paid a part of it': {
    transactions: invoice('100.00'),
    memos: [against()],
    allocations: [paidOut({ amount: '99.99' })],
    fires: { i: { actual: '100.01' } },
  },
  'the memo reduced the invoice itself': {
    transactions: invoice('100.00'),
    memos: [against()],
    allocations: [allocation('m', { invoiceId: 'i' })],
  },
  'the memo paid another invoice': {
    transactions: invoice('100.00'),
    memos: [against()],
    allocations: [allocation('m', { invoiceId: 'j' })],
    fires: { i: {} },
  },
  'more was refunded than paid': {
    transactions: invoice('100.01'),
    fires: { i: { actual: '100.01' } },
  },
  'a tenth and two tenths of a coin are three tenths': {
    transactions: invoice('0.1', { currency: 'ETH' }).map((row, at) =>
      at === 0 ? { ...row, amount: '0.3', currency: 'ETH' } : row,
    ),
    memos: [against({ totalAmount: '0.2', currency: 'ETH' })],
  },
  'a yen too much': {
    transactions: invoice('60', { currency: 'JPY' }).map((row, at) =>
      at === 0 ? { ...row, amount: '100', currency: 'JPY' } : row,
    ),
    memos: [against({ totalAmount: '41', currency: 'JPY' })],
    fires: { i: { expected: '100', actual: '101', difference: '1' } },
  },
  'the payment is known from before': {
    context: invoice('100.01').slice(0, 1),
    transactions: invoice('100.01').slice(1),
    fires: { i: {} },
  },
  'one memo of two is judged': {
    context: invoice('60.00'),
    memos: [against({ totalAmount: '20.00' })],
    contextMemos: [memo('n', { invoiceId: 'i', totalAmount: '20.01' })],
    fires: { i: { actual: '100.01', relatedIds: 'm n r' } },
  },
  'credited once, and written off': {
    transactions: invoice('60.00'),
    memos: [against({ totalAmount: '40.01' }), memo('n', { invoiceId: 'i', reason: 'write-off' })],
    fires: { i: { actual: '100.01', relatedIds: 'm r' } },
  },
  'one of two memos gives no reason': {
    transactions: invoice('60.00'),
    memos: [against({ totalAmount: '40.01' }), memo('n', { invoiceId: 'i', reason: undefined })],
    unclear: 1,
  },
  'one of two memos is in another currency': {
    transactions: invoice('60.00'),
    memos: [against({ totalAmount: '40.01' }), memo('n', { invoiceId: 'i', currency: 'EUR' })],
    unclear: 1,
  },
  'a second payment without a result': {
    transactions: [
      ...invoice('100.01'),
      payment('q', { invoiceIds: 'i', result: undefined, amount: '1.00' }),
    ],
    unclear: 1,
  },
  'written off': { transactions: invoice('100.00'), memos: [against({ reason: 'write-off' })] },
  waived: { transactions: invoice('100.00'), memos: [against({ reason: 'waiver' })] },
  'a prepayment': { transactions: invoice('100.00'), memos: [against({ reason: 'prepayment' })] },
  voided: { transactions: invoice('100.00'), memos: [against({ status: 'voided' })] },
  'a draft': { transactions: invoice('100.00'), memos: [against({ status: 'draft' })] },
  'for no reason that is known': {
    transactions: invoice('100.00'),
    memos: [against({ reason: undefined })],
    unclear: 1,
  },
  'credited, not refunded': {
    transactions: [payment('p', { invoiceIds: 'i' })],
    memos: [against({ totalAmount: '900.00' })],
  },
  'without a known payment': {
    transactions: invoice('100.00').slice(1),
    memos: [against()],
    unclear: 1,
  },
  'paid by nothing': {
    transactions: [
      payment('p', { childTransactions: 'r', invoiceIds: 'i', amount: '0.00' }),
      invoice('1.00')[1]!,
    ],
    unclear: 1,
  },
  'a refund for two invoices cannot be divided': {
    transactions: invoice('100.01', { invoiceIds: 'i j' }),
    unclear: 2,
  },
  'in two currencies': { transactions: invoice('900.00', { currency: 'JPY' }), unclear: 1 },
  'a memo in another currency': {
    transactions: invoice('100.00'),
    memos: [against({ currency: 'EUR' })],
    unclear: 1,
  },
});

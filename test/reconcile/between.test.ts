import { chargebackMemoWithoutDispute } from '../../lib/reconcile/rules/chargeback-memo-without-dispute.ts';
import { compensatedTwice } from '../../lib/reconcile/rules/compensated-twice.ts';
import { memoExceedsTransaction } from '../../lib/reconcile/rules/memo-exceeds-transaction.ts';
import { memoTransactionMissing } from '../../lib/reconcile/rules/memo-transaction-missing.ts';
import { memoTransactionWrongKind } from '../../lib/reconcile/rules/memo-transaction-wrong-kind.ts';
import { allocation, type Cells, child, memo, payment } from './night.ts';
import { ruleFacts } from './rule-facts.ts';

const mine = (cells: Cells = {}) => memo('m', { customerId: 'cus_p', ...cells });
const paidOut = (cells: Cells = {}) => allocation('m', { transactionId: 'r', ...cells });
const refund = (cells: Cells = {}) => child('refund', 'r', 'p', cells);

ruleFacts(memoTransactionMissing, {
  'the API does not know it': {
    memos: [mine()],
    allocations: [paidOut()],
    absent: [{ collection: 'transactions', id: 'r' }],
    fires: { m: { actual: '1 missing', difference: '100.00', relatedIds: 'r' } },
  },
  'it is there': { memos: [mine()], allocations: [paidOut()], context: [refund()] },
  'nobody has asked for it': { memos: [mine()], allocations: [paidOut()], unclear: 1 },
  'invoices are none of it': {
    memos: [mine()],
    allocations: [allocation('m', { invoiceId: 'i' })],
  },
  'a draft is no credit yet': {
    memos: [mine({ status: 'draft' })],
    allocations: [paidOut()],
    absent: [{ collection: 'transactions', id: 'r' }],
  },
});

const kind = (transaction: Cells, cells: Cells = {}) => ({
  memos: [mine(cells)],
  allocations: [paidOut()],
  context: [transaction],
});

ruleFacts(memoTransactionWrongKind, {
  'an approved refund': kind(refund()),
  'an approved payout': kind(refund({ type: 'credit' })),
  'a payment': {
    ...kind(payment('r', { customerId: 'cus_p' })),
    fires: { m: { relatedIds: 'r', difference: '100.00' } },
  },
  'a disputed payment': kind(payment('r', { customerId: 'cus_p', isDisputed: 'true' })),
  'a declined refund': { ...kind(refund({ result: 'declined' })), fires: { m: {} } },
  'a voided refund': { ...kind(refund({ status: 'voided' })), fires: { m: {} } },
  'a refund without a result, for seven days': kind(
    refund({ result: 'unknown', createdTime: '2026-11-14T12:00:00Z' }),
  ),
  'a refund without a result, after seven days': {
    ...kind(refund({ result: 'unknown', createdTime: '2026-11-13T12:00:00Z' })),
    fires: { m: {} },
  },
  'a refund to somebody else': { ...kind(refund({ customerId: 'other' })), fires: { m: {} } },
  'a refund to nobody known': { ...kind(refund({ customerId: undefined })), unclear: 1 },
  'a payment, disputed or not': {
    ...kind(payment('r', { customerId: 'cus_p', isDisputed: undefined })),
    unclear: 1,
  },
  'nobody has asked for it': { memos: [mine()], allocations: [paidOut()], unclear: 1 },
  'a draft is no credit yet': kind(payment('r'), { status: 'draft' }),
});

ruleFacts(memoExceedsTransaction, {
  'two memos for one refund': {
    memos: [mine(), memo('n')],
    allocations: [
      paidOut({ amount: '60.00' }),
      allocation('n', { transactionId: 'r', amount: '40.01' }),
    ],
    context: [refund()],
    fires: { r: { expected: '100.00', actual: '100.01', difference: '0.01', relatedIds: 'm n' } },
  },
  'all of it': { memos: [mine()], allocations: [paidOut()], context: [refund()] },
  'in another currency': {
    memos: [mine()],
    allocations: [paidOut({ amount: '999', currency: 'JPY' })],
    context: [refund()],
  },
  'an allocation without an amount': {
    memos: [mine()],
    allocations: [paidOut({ amount: undefined })],
    context: [refund()],
    unclear: 1,
  },
  'a draft is no credit yet': {
    memos: [mine({ status: 'draft' })],
    allocations: [paidOut({ amount: '101.00' })],
    context: [refund()],
  },
});

const invoice = (refunded: string, cells: Cells = {}) => [
  payment('p', { childTransactions: 'r', invoiceIds: 'i' }),
  child('refund', 'r', 'p', { amount: refunded, invoiceIds: 'i', ...cells }),
];
const against = (cells: Cells = {}) => mine({ invoiceId: 'i', ...cells });

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

const chargeback = { memos: [mine({ reason: 'chargeback' })], allocations: [paidOut()] };

ruleFacts(chargebackMemoWithoutDispute, {
  'nothing is disputed': {
    ...chargeback,
    context: [payment('p', { childTransactions: 'r' }), refund()],
    fires: { m: { actual: 'none', relatedIds: 'r' } },
  },
  'a payment without a dispute': { ...chargeback, context: [payment('r')], fires: { m: {} } },
  'the payment is disputed': { ...chargeback, context: [payment('r', { isDisputed: 'true' })] },
  'its parent is disputed': {
    ...chargeback,
    context: [payment('p', { isDisputed: 'true' }), refund()],
  },
  'for another reason': { memos: [mine()], allocations: [paidOut()], context: [payment('r')] },
  'none of it is judged': {
    contextMemos: chargeback.memos,
    contextAllocations: chargeback.allocations,
    context: [payment('r')],
  },
  'its parent is not known': { ...chargeback, context: [refund()], unclear: 1 },
  'it does not tell of disputes': {
    ...chargeback,
    context: [payment('r', { isDisputed: undefined })],
    unclear: 1,
  },
});

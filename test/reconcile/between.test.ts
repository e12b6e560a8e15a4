import { chargebackMemoWithoutDispute } from '../../lib/reconcile/rules/chargeback-memo-without-dispute.ts';
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
  'one of two is missing': {
    memos: [mine()],
    allocations: [
      paidOut({ amount: '60.00' }),
      allocation('m', { transactionId: 's', amount: '40.00' }),
    ],
    context: [child('refund', 's', 'p')],
    absent: [{ collection: 'transactions', id: 'r' }],
    fires: { m: { actual: '1 missing', difference: '60.00', relatedIds: 'r' } },
  },
  'a memo of that id is gone, not a transaction': {
    memos: [mine()],
    allocations: [paidOut()],
    absent: [{ collection: 'credit-memos', id: 'r' }],
    unclear: 1,
  },
  'without a status': {
    memos: [mine({ status: undefined })],
    allocations: [paidOut()],
    absent: [{ collection: 'transactions', id: 'r' }],
    unclear: 1,
  },
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
  'a payout without a result, for seven days': kind(
    refund({ type: 'credit', result: 'unknown', createdTime: '2026-11-14T12:00:00Z' }),
  ),
  'one of two is wrong': {
    memos: [mine()],
    allocations: [
      paidOut({ amount: '60.00' }),
      allocation('m', { transactionId: 's', amount: '40.00' }),
    ],
    context: [refund(), payment('s', { customerId: 'cus_p' })],
    fires: { m: { relatedIds: 's', difference: '40.00' } },
  },
  'the transaction is judged, not the memo': {
    contextMemos: [mine()],
    contextAllocations: [paidOut()],
    transactions: [payment('r', { customerId: 'cus_p' })],
    fires: { m: {} },
  },
  'neither is judged': {
    contextMemos: [mine()],
    contextAllocations: [paidOut()],
    context: [payment('r', { customerId: 'cus_p' })],
  },
  'without a status': { ...kind(payment('r'), { status: undefined }), unclear: 1 },
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
  'two memos, one of them judged': {
    memos: [mine()],
    contextMemos: [memo('n')],
    allocations: [paidOut({ amount: '60.00' })],
    contextAllocations: [allocation('n', { transactionId: 'r', amount: '40.01' })],
    context: [refund()],
    fires: { r: { actual: '100.01' } },
  },
  'a tenth and two tenths of a coin': {
    memos: [mine({ currency: 'ETH' }), memo('n', { currency: 'ETH' })],
    allocations: [
      paidOut({ amount: '0.1', currency: 'ETH' }),
      allocation('n', { transactionId: 'r', amount: '0.2', currency: 'ETH' }),
    ],
    context: [refund({ amount: '0.3', currency: 'ETH' })],
  },
  'a thousandth of a dinar too much': {
    memos: [mine({ currency: 'KWD' })],
    allocations: [paidOut({ amount: '0.301', currency: 'KWD' })],
    context: [refund({ amount: '0.300', currency: 'KWD' })],
    fires: { r: { expected: '0.300', actual: '0.301', difference: '0.001' } },
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
  'one of two is disputed': {
    memos: chargeback.memos,
    allocations: [paidOut(), allocation('m', { transactionId: 's' })],
    context: [payment('r'), payment('s', { isDisputed: 'true' })],
  },
  'the transaction is judged, not the memo': {
    contextMemos: chargeback.memos,
    contextAllocations: chargeback.allocations,
    transactions: [payment('r')],
    fires: { m: {} },
  },
  'the parent is judged, not the memo': {
    contextMemos: chargeback.memos,
    contextAllocations: chargeback.allocations,
    context: [refund()],
    changed: [payment('p', { childTransactions: 'r' })],
    fires: { m: {} },
  },
  'a draft is no credit yet': {
    memos: [mine({ reason: 'chargeback', status: 'draft' })],
    allocations: [paidOut()],
    context: [payment('r')],
  },
  'without a status': {
    memos: [mine({ reason: 'chargeback', status: undefined })],
    allocations: [paidOut()],
    context: [payment('r')],
    unclear: 1,
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

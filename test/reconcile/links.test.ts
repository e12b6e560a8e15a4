import { childLinkBroken } from '../../lib/reconcile/rules/child-link-broken.ts';
import { parentMissing } from '../../lib/reconcile/rules/parent-missing.ts';
import { child, payment } from './night.ts';
import { ruleFacts } from './rule-facts.ts';

const refund = (id: string, amount: string, cells = {}) =>
  child('refund', id, 'p', { amount, ...cells });
const parent = (children: string, cells = {}) =>
  payment('p', { childTransactions: children, ...cells });

ruleFacts(parentMissing, {
  'the API does not know the parent': {
    transactions: [refund('r', '1.00')],
    absent: [{ collection: 'transactions', id: 'p' }],
    fires: { r: { relatedIds: 'p' } },
  },
  'the parent is there': { transactions: [parent('r'), refund('r', '1.00')] },
  'nobody has asked for the parent': { transactions: [refund('r', '1.00')], unclear: 1 },
  'a memo of that id is gone, not a transaction': {
    transactions: [refund('r', '1.00')],
    absent: [{ collection: 'credit-memos', id: 'p' }],
    unclear: 1,
  },
  'a refund without a parent': {
    transactions: [refund('r', '1.00', { parentTransactionId: undefined })],
    fires: { r: {} },
  },
  'a void without a parent': {
    transactions: [payment('v', { type: 'void' })],
    fires: { v: {} },
  },
  'a refund made elsewhere': {
    transactions: [
      refund('r', '1.00', { parentTransactionId: undefined, isProcessedOutside: 'true' }),
    ],
  },
  'a refund that does not tell where it was made': {
    transactions: [
      refund('r', '1.00', { parentTransactionId: undefined, isProcessedOutside: undefined }),
    ],
    unclear: 1,
  },
  'a payment needs no parent': { transactions: [payment('a')] },
});

ruleFacts(childLinkBroken, {
  'the parent does not list it': {
    transactions: [parent(''), refund('r', '1.00')],
    fires: { r: { relatedIds: 'p' } },
  },
  'both name each other': { transactions: [parent('r'), refund('r', '1.00')] },
  'it names nobody': {
    transactions: [parent('r'), refund('r', '1.00', { parentTransactionId: undefined })],
    fires: { r: { relatedIds: 'p' } },
  },
  'somebody else lists it too': {
    transactions: [parent('r'), refund('r', '1.00'), payment('q', { childTransactions: 'r' })],
    fires: { r: { relatedIds: 'q' } },
  },
  'only its lister is judged': {
    context: [parent('r'), refund('r', '1.00')],
    transactions: [payment('q', { childTransactions: 'r' })],
    fires: { r: { relatedIds: 'q' } },
  },
  'only the one who is listed is judged': {
    context: [payment('q', { childTransactions: 'a' })],
    transactions: [payment('a')],
    fires: { a: { relatedIds: 'q' } },
  },
  'nobody is judged': { context: [payment('q', { childTransactions: 'a' }), payment('a')] },
  'the parent is not known': { transactions: [refund('r', '1.00')], unclear: 1 },
});

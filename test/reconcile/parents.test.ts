import { parentStatusStale } from '../../lib/reconcile/rules/parent-status-stale.ts';
import { refundCurrencyDiffers } from '../../lib/reconcile/rules/refund-currency-differs.ts';
import { refundExceedsParent } from '../../lib/reconcile/rules/refund-exceeds-parent.ts';
import { child, payment } from './night.ts';
import { ruleFacts } from './rule-facts.ts';

const refund = (id: string, amount: string, cells = {}) =>
  child('refund', id, 'p', { amount, ...cells });
const parent = (children: string, cells = {}) =>
  payment('p', { childTransactions: children, ...cells });

ruleFacts(refundExceedsParent, {
  'more was refunded than paid': {
    transactions: [parent('r s'), refund('r', '60.00'), refund('s', '40.01')],
    fires: {
      p: { expected: '100.00', actual: '100.01', difference: '0.01', relatedIds: 'r s' },
    },
  },
  'all was refunded': { transactions: [parent('r'), refund('r', '100.00')] },
  'ten refunds of a tenth are all of it, not a hair more': {
    transactions: [
      parent('a b c d e f g h i j', { amount: '1.00' }),
      ...'abcdefghij'.split('').map((id) => refund(id, '0.10')),
    ],
  },
  'a wei too much is too much': {
    transactions: [
      parent('r s', { amount: '0.3', currency: 'ETH' }),
      refund('r', '0.1', { currency: 'ETH' }),
      refund('s', '0.200000000000000001', { currency: 'ETH' }),
    ],
    fires: { p: { expected: '0.3', difference: '0.000000000000000001' } },
  },
  'three decimals of a dinar count': {
    transactions: [
      parent('r', { amount: '0.300', currency: 'KWD' }),
      refund('r', '0.301', { currency: 'KWD' }),
    ],
    fires: { p: { expected: '0.300', actual: '0.301', difference: '0.001' } },
  },
  'a yen has no decimals': {
    transactions: [
      parent('r', { amount: '100', currency: 'JPY' }),
      refund('r', '101', { currency: 'JPY' }),
    ],
    fires: { p: { expected: '100', actual: '101', difference: '1', currency: 'JPY' } },
  },
  'refunds with a minus count by their size': {
    transactions: [parent('r'), refund('r', '-100.01')],
    fires: { p: { difference: '0.01' } },
  },
  'of an authorization at most the captures are refunded': {
    transactions: [
      parent('c r', { type: 'authorize' }),
      child('capture', 'c', 'p', { amount: '50.00' }),
      refund('r', '50.01'),
    ],
    fires: { p: { expected: '50.00', actual: '50.01' } },
  },
  'declined and voided refunds moved nothing': {
    transactions: [
      parent('r s t'),
      refund('r', '90.00'),
      refund('s', '90.00', { result: 'declined' }),
      refund('t', '90.00', { childTransactions: 'v' }),
      child('void', 'v', 't'),
    ],
  },
  'a refund in another currency is not added up': {
    transactions: [parent('r'), refund('r', '900.00', { currency: 'JPY' })],
  },
  'a child that nobody has read leaves it open': {
    transactions: [parent('r x'), refund('r', '100.01')],
    unclear: 1,
  },
  'a memo of its id is gone, not the child': {
    transactions: [parent('r x'), refund('r', '100.01')],
    absent: [{ collection: 'credit-memos', id: 'x' }],
    unclear: 1,
  },
  'only one of its refunds is judged': {
    context: [parent('r s'), refund('r', '100.00')],
    transactions: [refund('s', '0.01')],
    fires: { p: { relatedIds: 'r s' } },
  },
  'a child that is gone does not': {
    transactions: [parent('r x'), refund('r', '100.01')],
    absent: [{ collection: 'transactions', id: 'x' }],
    fires: { p: {} },
  },
  'a refund without an amount leaves it open': {
    transactions: [parent('r s'), refund('r', '100.01'), refund('s', '', { amount: undefined })],
    unclear: 1,
  },
  'the parent may be context': {
    context: [parent('r')],
    changed: [refund('r', '100.01')],
    fires: { p: {} },
  },
  'context alone is not judged': { context: [parent('r'), refund('r', '100.01')] },
});

ruleFacts(refundCurrencyDiffers, {
  'the refund is in a foreign currency': {
    transactions: [parent('r'), refund('r', '100.00', { currency: 'EUR' })],
    fires: { r: { expected: 'USD', actual: 'EUR', relatedIds: 'p' } },
  },
  'only the refund is judged': {
    context: [parent('r')],
    transactions: [refund('r', '1.00', { currency: 'EUR' })],
    fires: { r: {} },
  },
  'only the payment is judged': {
    transactions: [parent('r')],
    context: [refund('r', '1.00', { currency: 'EUR' })],
    fires: { r: {} },
  },
  'neither is judged': { context: [parent('r'), refund('r', '1.00', { currency: 'EUR' })] },
  'a payout is not its refund': {
    transactions: [parent('r'), refund('r', '1.00', { currency: 'EUR', type: 'credit' })],
  },
  'a refund without a result': {
    transactions: [parent('r'), refund('r', '1.00', { currency: 'EUR', result: undefined })],
    unclear: 1,
  },
  'it is in that of the payment': { transactions: [parent('r'), refund('r', '1.00')] },
  'it is in that of the purchase': {
    transactions: [
      parent('r', { purchaseCurrency: 'EUR' }),
      refund('r', '1.00', { currency: 'EUR' }),
    ],
  },
  'it is in that of the quote': {
    transactions: [
      parent('r', { 'dcc.quote.currency': 'EUR' }),
      refund('r', '1.00', { currency: 'EUR' }),
    ],
  },
  'a declined refund moved nothing': {
    transactions: [parent('r'), refund('r', '1.00', { currency: 'EUR', result: 'declined' })],
  },
  'the conversion does not tell its currency': {
    transactions: [parent('r', { hasDcc: 'true' }), refund('r', '1.00', { currency: 'EUR' })],
    unclear: 1,
  },
  'converted into a third currency': {
    transactions: [
      parent('r', { hasDcc: 'true', 'dcc.quote.currency': 'GBP' }),
      refund('r', '1.00', { currency: 'EUR' }),
    ],
    fires: { r: {} },
  },
  'the purchase does not tell its currency': {
    transactions: [
      parent('r', { purchaseCurrency: undefined }),
      refund('r', '1.00', { currency: 'EUR' }),
    ],
    unclear: 1,
  },
});

ruleFacts(parentStatusStale, {
  'refunded, but not all of it': {
    transactions: [parent('r', { status: 'refunded' }), refund('r', '99.99')],
    fires: { p: { expected: 'partially-refunded', actual: 'refunded', relatedIds: 'r' } },
  },
  'refunded in full': {
    transactions: [parent('r', { status: 'refunded' }), refund('r', '100.00')],
  },
  'partially refunded, but nothing was': {
    transactions: [parent('', { status: 'partially-refunded' })],
    fires: { p: { expected: 'completed' } },
  },
  'partially refunded, but all was': {
    transactions: [parent('r', { status: 'partially-refunded' }), refund('r', '100.00')],
    fires: { p: { expected: 'refunded' } },
  },
  'partially refunded': {
    transactions: [parent('r', { status: 'partially-refunded' }), refund('r', '99.99')],
  },
  'completed, but refunded': {
    transactions: [parent('r'), refund('r', '0.01')],
    fires: { p: { expected: 'partially-refunded', actual: 'completed' } },
  },
  'completed, and its refund declined': {
    transactions: [parent('r'), refund('r', '1.00', { result: 'declined' })],
  },
  'a capture, refunded, but not all of it': {
    transactions: [parent('r', { type: 'capture', status: 'refunded' }), refund('r', '99.99')],
    fires: { p: {} },
  },
  'voided, by one of two voids': {
    transactions: [
      parent('v w', { status: 'voided' }),
      child('void', 'v', 'p', { result: 'declined' }),
      child('void', 'w', 'p'),
    ],
  },
  'voided, and another child that nobody has read': {
    transactions: [parent('v x', { status: 'voided' }), child('void', 'v', 'p')],
  },
  'voided, by nobody known, and a child that nobody has read': {
    transactions: [parent('x', { status: 'voided' })],
    unclear: 1,
  },
  'completed, but one of two refunds is in another currency': {
    transactions: [parent('r s'), refund('r', '0.00'), refund('s', '1.00', { currency: 'EUR' })],
    fires: { p: {} },
  },
  'completed, refunded in another currency, and a child that nobody has read': {
    transactions: [parent('r x'), refund('r', '1.00', { currency: 'EUR' })],
    fires: { p: {} },
  },
  'called refunded, and voided': {
    transactions: [parent('v', { status: 'refunded' }), child('void', 'v', 'p')],
    fires: { p: { expected: 'voided', actual: 'refunded' } },
  },
  'refunded by a tenth and two tenths, which are all of it': {
    transactions: [
      parent('r s', { status: 'refunded', amount: '0.30' }),
      refund('r', '0.10'),
      refund('s', '0.20'),
    ],
  },
  'voided without a void': {
    transactions: [parent('', { status: 'voided' })],
    fires: { p: { expected: 'completed', actual: 'voided' } },
  },
  'voided by a void': {
    transactions: [parent('v', { status: 'voided' }), child('void', 'v', 'p')],
  },
  'voided, and the void declined': {
    transactions: [
      parent('v', { status: 'voided' }),
      child('void', 'v', 'p', { result: 'declined' }),
    ],
    fires: { p: {} },
  },
  'refunds in another currency cannot be compared': {
    transactions: [parent('r', { status: 'refunded' }), refund('r', '90.00', { currency: 'EUR' })],
    unclear: 1,
  },
  'a child that nobody has read leaves it open': {
    transactions: [parent('x', { status: 'refunded' })],
    unclear: 1,
  },
  'completed, but refunded in another currency': {
    transactions: [parent('r'), refund('r', '1.00', { currency: 'EUR' })],
    fires: { p: { expected: 'partially-refunded' } },
  },
  'a disputed one says nothing about refunds': {
    transactions: [parent('r', { status: 'disputed' }), refund('r', '1.00')],
  },
  'a child that names nobody is its lister’s': {
    transactions: [
      parent('r', { status: 'refunded' }),
      refund('r', '100.00', { parentTransactionId: undefined }),
    ],
  },
});

import { authorizationExpiring } from '../../lib/reconcile/rules/authorization-expiring.ts';
import { captureExceedsAuthorization } from '../../lib/reconcile/rules/capture-exceeds-authorization.ts';
import { disputedAndRefunded } from '../../lib/reconcile/rules/disputed-and-refunded.ts';
import { child, payment } from './night.ts';
import { ruleFacts } from './rule-facts.ts';

const refund = (id: string, amount: string, cells = {}) =>
  child('refund', id, 'p', { amount, ...cells });
const parent = (children: string, cells = {}) =>
  payment('p', { childTransactions: children, ...cells });

ruleFacts(captureExceedsAuthorization, {
  'more was captured than authorized': {
    transactions: [
      parent('c d', { type: 'authorize' }),
      child('capture', 'c', 'p', { amount: '100.00' }),
      child('capture', 'd', 'p', { amount: '0.01' }),
    ],
    fires: { p: { expected: '100.00', actual: '100.01', difference: '0.01', relatedIds: 'c d' } },
  },
  'all was captured': {
    transactions: [parent('c', { type: 'authorize' }), child('capture', 'c', 'p')],
  },
  'an adjustment allowed it': {
    transactions: [
      parent('c', { type: 'authorize', hasAmountAdjustment: 'true' }),
      child('capture', 'c', 'p', { amount: '120.00' }),
    ],
  },
  'nobody knows of an adjustment': {
    transactions: [
      parent('c', { type: 'authorize', hasAmountAdjustment: undefined }),
      child('capture', 'c', 'p', { amount: '120.00' }),
    ],
    unclear: 1,
  },
  'a voided capture took nothing': {
    transactions: [
      parent('c d', { type: 'authorize' }),
      child('capture', 'c', 'p'),
      child('capture', 'd', 'p', { status: 'voided' }),
    ],
  },
  'only one of its captures is judged': {
    context: [
      parent('c d', { type: 'authorize' }),
      child('capture', 'c', 'p', { amount: '100.00' }),
    ],
    transactions: [child('capture', 'd', 'p', { amount: '0.01' })],
    fires: { p: { relatedIds: 'c d' } },
  },
  'one of two captures has no amount': {
    transactions: [
      parent('c d', { type: 'authorize' }),
      child('capture', 'c', 'p', { amount: '100.01' }),
      child('capture', 'd', 'p', { amount: undefined }),
    ],
    unclear: 1,
  },
  'one of two captures has no result': {
    transactions: [
      parent('c d', { type: 'authorize' }),
      child('capture', 'c', 'p', { amount: '100.01' }),
      child('capture', 'd', 'p', { result: undefined }),
    ],
    unclear: 1,
  },
  'context alone is not judged': {
    context: [parent('c', { type: 'authorize' }), child('capture', 'c', 'p', { amount: '200.00' })],
  },
  'captures of a tenth and two tenths are three tenths': {
    transactions: [
      parent('c d', { type: 'authorize', amount: '0.30' }),
      child('capture', 'c', 'p', { amount: '0.10' }),
      child('capture', 'd', 'p', { amount: '0.20' }),
    ],
  },
  'a capture in another currency is not added up': {
    transactions: [
      parent('c', { type: 'authorize' }),
      child('capture', 'c', 'p', { amount: '900', currency: 'JPY' }),
    ],
  },
});

const authorized = (businessDate: string, cells = {}) =>
  payment('p', {
    type: 'authorize',
    status: 'waiting-capture',
    createdTime: `${businessDate}T12:00:00Z`,
    ...cells,
  });

ruleFacts(authorizationExpiring, {
  'held for longer than its grace': {
    changed: [authorized('2026-11-15')],
    fires: { p: { actual: 'neither', relatedIds: '' } },
  },
  'held for all of its grace': { changed: [authorized('2026-11-16')] },
  'lapsed after thirty days': { changed: [authorized('2026-10-21')] },
  'not lapsed before': { changed: [authorized('2026-10-22')], fires: { p: {} } },
  captured: {
    changed: [authorized('2026-11-15', { childTransactions: 'c' }), child('capture', 'c', 'p')],
  },
  'captured in another currency': {
    changed: [
      authorized('2026-11-15', { childTransactions: 'c' }),
      child('capture', 'c', 'p', { currency: 'EUR' }),
    ],
  },
  'the capture was declined': {
    changed: [
      authorized('2026-11-15', { childTransactions: 'c' }),
      child('capture', 'c', 'p', { result: 'declined' }),
    ],
    fires: { p: {} },
  },
  voided: {
    changed: [
      authorized('2026-11-15', { childTransactions: 'v' }),
      child('void', 'v', 'p', { createdTime: '2026-11-16T12:00:00Z' }),
    ],
  },
  'called voided': { changed: [authorized('2026-11-15', { status: 'voided' })] },
  'voided by a void that it lists': {
    changed: [
      authorized('2026-11-15', { childTransactions: 'v' }),
      child('void', 'v', 'p', { parentTransactionId: undefined }),
    ],
  },
  declined: { changed: [authorized('2026-11-15', { result: 'declined' })] },
  'of nothing': { changed: [authorized('2026-11-15', { amount: '0.00' })] },
  'its child was not read': {
    changed: [authorized('2026-11-15', { childTransactions: 'x' })],
    unclear: 1,
  },
  'without a result': { changed: [authorized('2026-11-15', { result: undefined })], unclear: 1 },
});

const lost = (children: string, cells = {}) =>
  parent(children, { status: 'disputed', isDisputed: 'true', disputeStatus: 'lost', ...cells });

ruleFacts(disputedAndRefunded, {
  'all was refunded of a lost dispute': {
    transactions: [lost('r'), refund('r', '100.00')],
    fires: { p: { severity: 'critical', expected: '0.00', actual: '100.00', relatedIds: 'r' } },
  },
  'a part was refunded': {
    transactions: [lost('r'), refund('r', '99.99')],
    fires: { p: { severity: 'medium', difference: '99.99' } },
  },
  'it was refunded in another currency': {
    transactions: [lost('r'), refund('r', '90.00', { currency: 'EUR' })],
    fires: { p: { severity: 'medium', actual: '', difference: '', relatedIds: 'r' } },
  },
  'a dispute was forfeited': {
    transactions: [lost('r', { disputeStatus: 'forfeited' }), refund('r', '1.00')],
    fires: { p: {} },
  },
  'a payment without a result': {
    transactions: [lost('r', { result: undefined }), refund('r', '1.00')],
    unclear: 1,
  },
  'nothing was refunded': { transactions: [lost('')] },
  'the dispute was won': {
    transactions: [
      parent('r', { isDisputed: 'true', disputeStatus: 'won' }),
      refund('r', '100.00'),
    ],
  },
  'a child that nobody has read leaves it open': { transactions: [lost('x')], unclear: 1 },
});

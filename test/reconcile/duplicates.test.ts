import { duplicateCharge } from '../../lib/reconcile/rules/duplicate-charge.ts';
import { duplicateRequestId } from '../../lib/reconcile/rules/duplicate-request-id.ts';
import { child, payment } from './night.ts';
import { ruleFacts } from './rule-facts.ts';

const charge = (id: string, at: string, cells = {}) =>
  payment(id, {
    createdTime: `2026-11-20T${at}Z`,
    customerId: 'c',
    invoiceIds: 'i',
    'paymentInstrument.paymentInstrumentId': 'card',
    ...cells,
  });

ruleFacts(duplicateCharge, {
  'the same card pays the same again': {
    transactions: [charge('a', '10:00:00'), charge('b', '10:10:00')],
    fires: { a: { expected: '1', actual: '2', difference: '100.00', relatedIds: 'b' } },
  },
  'of three each earlier one is reported': {
    transactions: [charge('a', '10:00:00'), charge('b', '10:01:00'), charge('c', '10:02:00')],
    fires: {
      a: { actual: '3', difference: '200.00', relatedIds: 'b c' },
      b: { actual: '2', relatedIds: 'c' },
    },
  },
  'eleven minutes later': { transactions: [charge('a', '10:00:00'), charge('b', '10:10:01')] },
  'another amount': {
    transactions: [charge('a', '10:00:00'), charge('b', '10:01:00', { amount: '100.01' })],
  },
  'another currency': {
    transactions: [charge('a', '10:00:00'), charge('b', '10:01:00', { currency: 'CAD' })],
  },
  'another customer': {
    transactions: [charge('a', '10:00:00'), charge('b', '10:01:00', { customerId: 'd' })],
  },
  'another card': {
    transactions: [
      charge('a', '10:00:00'),
      charge('b', '10:01:00', { 'paymentInstrument.paymentInstrumentId': 'other' }),
    ],
  },
  'without a stored card the bin tells': {
    transactions: [
      charge('a', '10:00:00', { bin: '411111' }),
      charge('b', '10:01:00', {
        bin: '411111',
        'paymentInstrument.paymentInstrumentId': undefined,
      }),
    ],
    fires: { a: {} },
  },
  'without either nobody can tell': {
    transactions: [
      charge('a', '10:00:00'),
      charge('b', '10:01:00', { 'paymentInstrument.paymentInstrumentId': undefined }),
    ],
    unclear: 1,
  },
  'of two later ones one is with another card': {
    transactions: [
      charge('a', '10:00:00'),
      charge('b', '10:01:00'),
      charge('c', '10:02:00', { 'paymentInstrument.paymentInstrumentId': 'other' }),
    ],
    fires: { a: { actual: '2', difference: '100.00', relatedIds: 'b' } },
  },
  'ten cents and ten cents are twenty': {
    transactions: ['a', 'b', 'c'].map((id, at) =>
      charge(id, `10:0${at}:00`, { amount: '0.100', currency: 'KWD' }),
    ),
    fires: { a: { difference: '0.200' }, b: { difference: '0.100' } },
  },
  'one for an invoice, one for none': {
    transactions: [charge('a', '10:00:00'), charge('b', '10:01:00', { invoiceIds: '' })],
  },
  'one of them without a result': {
    transactions: [charge('a', '10:00:00', { result: undefined }), charge('b', '10:01:00')],
    unclear: 1,
  },
  'another invoice': {
    transactions: [charge('a', '10:00:00'), charge('b', '10:01:00', { invoiceIds: 'j' })],
  },
  'one invoice of several is shared': {
    transactions: [charge('a', '10:00:00'), charge('b', '10:01:00', { invoiceIds: 'h i' })],
    fires: { a: {} },
  },
  'both without an invoice': {
    transactions: [
      charge('a', '10:00:00', { invoiceIds: '' }),
      charge('b', '10:01:00', { invoiceIds: '' }),
    ],
    fires: { a: {} },
  },
  'captures of one authorization': {
    transactions: ['a', 'b'].map((id) =>
      charge(id, '10:00:00', { type: 'capture', parentTransactionId: 'p' }),
    ),
  },
  'a capture of another authorization': {
    transactions: ['a', 'b'].map((id) =>
      charge(id, '10:00:00', { type: 'capture', parentTransactionId: `of_${id}` }),
    ),
    fires: { a: {} },
  },
  'captures that name no authorization': {
    transactions: ['a', 'b'].map((id) => charge(id, '10:00:00', { type: 'capture' })),
    fires: { a: {} },
  },
  'two tries of one parent, both approved': {
    transactions: ['a', 'b'].map((id) => charge(id, '10:00:00', { parentTransactionId: 'p' })),
    fires: { a: {} },
  },
  'a try and a capture of one parent': {
    transactions: [
      charge('a', '10:00:00', { parentTransactionId: 'p' }),
      charge('b', '10:01:00', { type: 'capture', parentTransactionId: 'p' }),
    ],
    fires: { a: {} },
  },
  'the capture is the earlier one': {
    transactions: [
      charge('a', '10:00:00', { type: 'capture', parentTransactionId: 'p' }),
      charge('b', '10:01:00', { parentTransactionId: 'p' }),
    ],
    fires: { a: {} },
  },
  'one was refunded in another currency': {
    transactions: [
      charge('a', '10:00:00', { childTransactions: 'r' }),
      charge('b', '10:01:00'),
      child('refund', 'r', 'a', { currency: 'EUR' }),
    ],
    unclear: 1,
  },
  'the later one was refunded in another currency': {
    transactions: [
      charge('a', '10:00:00'),
      charge('b', '10:01:00', { childTransactions: 'r' }),
      child('refund', 'r', 'b', { currency: 'EUR' }),
    ],
    unclear: 1,
  },
  'one was refunded in full': {
    transactions: [
      charge('a', '10:00:00', { childTransactions: 'r' }),
      charge('b', '10:01:00'),
      child('refund', 'r', 'a'),
    ],
  },
  'the later one was refunded in full': {
    transactions: [
      charge('a', '10:00:00'),
      charge('b', '10:01:00', { childTransactions: 'r' }),
      child('refund', 'r', 'b'),
    ],
  },
  'one was refunded in part': {
    transactions: [
      charge('a', '10:00:00', { childTransactions: 'r' }),
      charge('b', '10:01:00'),
      child('refund', 'r', 'a', { amount: '99.99' }),
    ],
    fires: { a: {} },
  },
  'one was voided': {
    transactions: [charge('a', '10:00:00', { status: 'voided' }), charge('b', '10:01:00')],
  },
  'one was declined': {
    transactions: [charge('a', '10:00:00', { result: 'declined' }), charge('b', '10:01:00')],
  },
  'the earlier one is of the night before': {
    earlier: [charge('a', '', { createdTime: '2026-11-19T23:55:00Z' })],
    transactions: [charge('b', '00:05:00')],
    fires: { a: { relatedIds: 'b' } },
  },
  'without a customer nobody can tell': {
    transactions: [charge('a', '10:00:00', { customerId: undefined })],
    unclear: 1,
  },
});

const request = (id: string, createdTime: string, cells = {}) =>
  payment(id, { createdTime, requestId: 'once', ...cells });

ruleFacts(duplicateRequestId, {
  'one request, two payments': {
    transactions: [request('b', '2026-11-20T12:00:00Z', { amount: '7.00' })],
    earlier: [request('a', '2026-11-19T12:00:00Z')],
    fires: { a: { actual: '2', difference: '7.00', relatedIds: 'b' } },
  },
  'a day and a second later': {
    transactions: [request('b', '2026-11-20T12:00:01Z')],
    earlier: [request('a', '2026-11-19T12:00:00Z')],
  },
  'in another currency': {
    transactions: [
      request('a', '2026-11-20T10:00:00Z'),
      request('b', '2026-11-20T11:00:00Z', { currency: 'EUR', amount: '7.00' }),
      request('c', '2026-11-20T12:00:00Z', { amount: '0.30' }),
    ],
    fires: { a: { actual: '3', difference: '0.30', relatedIds: 'b c' }, b: { difference: '' } },
  },
  'of two later ones one is its child': {
    transactions: [
      request('a', '2026-11-20T10:00:00Z'),
      request('b', '2026-11-20T11:00:00Z', { amount: '0.10' }),
      request('c', '2026-11-20T12:00:00Z', { parentTransactionId: 'a', requestId: 'once' }),
    ],
    fires: { a: { actual: '2', difference: '0.10', relatedIds: 'b' }, b: { relatedIds: 'c' } },
  },
  'one of them without a result': {
    transactions: [
      request('a', '2026-11-20T10:00:00Z', { result: undefined }),
      request('b', '2026-11-20T11:00:00Z'),
    ],
    unclear: 1,
  },
  'of different types': {
    transactions: [
      request('a', '2026-11-20T10:00:00Z'),
      request('b', '2026-11-20T10:00:00Z', { type: 'credit' }),
    ],
  },
  'one is the other’s parent': {
    transactions: [
      request('a', '2026-11-20T10:00:00Z'),
      request('b', '2026-11-20T10:00:00Z', { parentTransactionId: 'a' }),
    ],
  },
  'the later is the earlier one’s parent': {
    transactions: [
      request('a', '2026-11-20T10:00:00Z', { parentTransactionId: 'b' }),
      request('b', '2026-11-20T11:00:00Z'),
    ],
  },
  'one was declined': {
    transactions: [
      request('a', '2026-11-20T10:00:00Z', { result: 'declined' }),
      request('b', '2026-11-20T10:00:00Z'),
    ],
  },
  'none has one': {
    transactions: [
      request('a', '2026-11-20T10:00:00Z', { requestId: undefined }),
      request('b', '2026-11-20T10:00:00Z', { requestId: undefined }),
    ],
    unclear: 2,
  },
});

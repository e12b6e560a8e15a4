import { duplicateGatewayReference } from '../../lib/reconcile/rules/duplicate-gateway-reference.ts';
import { payment } from './night.ts';
import { ruleFacts } from './rule-facts.ts';

const referred = (id: string, cells = {}) => payment(id, { gatewayTransactionId: 'ref', ...cells });

ruleFacts(duplicateGatewayReference, {
  'one movement, two payments': {
    transactions: [referred('a'), referred('b', { createdTime: '2026-11-20T11:00:00Z' })],
    fires: { a: { actual: '2', difference: '100.00', relatedIds: 'b' } },
  },
  'of two later ones one is its child': {
    transactions: [
      referred('a'),
      referred('b', { createdTime: '2026-11-20T11:00:00Z', amount: '0.10' }),
      referred('c', { createdTime: '2026-11-20T12:00:00Z', parentTransactionId: 'a' }),
    ],
    fires: { a: { actual: '2', difference: '0.10', relatedIds: 'b' }, b: { relatedIds: 'c' } },
  },
  'another one is in another currency': {
    transactions: [
      referred('a'),
      referred('b', { createdTime: '2026-11-20T11:00:00Z', currency: 'EUR' }),
    ],
    fires: { a: { actual: '2', difference: '' } },
  },
  'one of them without a result': {
    transactions: [
      referred('a', { result: undefined }),
      referred('b', { createdTime: '2026-11-20T11:00:00Z' }),
    ],
    unclear: 1,
  },
  'the earlier one is known from before': {
    earlier: [referred('a', { createdTime: '2026-11-10T10:00:00Z' })],
    transactions: [referred('b')],
    fires: { a: { relatedIds: 'b' } },
  },
  'of different accounts': {
    transactions: [referred('a'), referred('b', { gatewayAccountId: 'gw_2' })],
  },
  'of different types': { transactions: [referred('a'), referred('b', { type: 'refund' })] },
  'children of one parent': {
    transactions: ['a', 'b'].map((id) =>
      referred(id, { type: 'capture', parentTransactionId: 'p' }),
    ),
  },
  'parent and child': {
    transactions: [referred('a'), referred('b', { parentTransactionId: 'a' })],
  },
  'child and parent': {
    transactions: [referred('a', { parentTransactionId: 'b' }), referred('b')],
  },
  'neither is judged': { context: [referred('a'), referred('b')] },
  'one was processed elsewhere': {
    transactions: [referred('a'), referred('b', { isProcessedOutside: 'true' })],
  },
  'one does not tell where it was processed': {
    transactions: [referred('a', { isProcessedOutside: undefined }), referred('b')],
    unclear: 1,
  },
  'one was declined': { transactions: [referred('a'), referred('b', { result: 'declined' })] },
  'without a reference': {
    transactions: [referred('a', { gatewayTransactionId: undefined })],
    unclear: 1,
  },
});

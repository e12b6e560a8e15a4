import { duplicates } from '../duplicates.ts';
import { rule } from '../rule.ts';
export const duplicateGatewayReference = rule({
  id: 'duplicate-gateway-reference',
  severity: 'critical',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the earlier transaction',
  differsWhen:
    'Another approved transaction of the type has the same gatewayTransactionId of the same ' +
    'gateway account; not parent and child, not children of one parent, neither processed ' +
    'outside.',
  question: () =>
    duplicates({
      rows: "SELECT * FROM all_transactions WHERE (result = 'approved') IS NOT FALSE",
      same: ['gatewayAccountId', 'gatewayTransactionId', 'type'],
      differs: `a.result = 'approved' AND b.result = 'approved'
        AND NOT a.isProcessedOutside AND NOT b.isProcessedOutside
        AND (a.parentTransactionId = b.id) IS NOT TRUE
        AND (b.parentTransactionId = a.id) IS NOT TRUE
        AND (a.parentTransactionId = b.parentTransactionId) IS NOT TRUE`,
    }),
  expected: 'One movement of money at the gateway is one transaction in Rebilly.',
  found:
    '{actual} approved transactions carry the same reference of the gateway: one movement of ' +
    'money may be booked twice.',
  action:
    'Look the reference up at the gateway: if the money moved once, one of the records must go.',
});

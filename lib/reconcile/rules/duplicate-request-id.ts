import { duplicates } from '../duplicates.ts';
import { rule } from '../rule.ts';
export const duplicateRequestId = rule({
  id: 'duplicate-request-id',
  severity: 'high',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the earlier transaction',
  differsWhen:
    'Another approved transaction of the type has the same requestId within 24 hours, and ' +
    'neither is the other’s parent.',
  thresholds: {
    withinHours: {
      value: 24,
      unit: 'hours',
      meaning: 'Hours within which a requestId may occur once.',
    },
  },
  question: ({ withinHours }) =>
    duplicates({
      rows: "SELECT * FROM all_transactions WHERE (result = 'approved') IS NOT FALSE",
      same: ['requestId', 'type'],
      withinMinutes: withinHours * 60,
      differs: `a.result = 'approved' AND b.result = 'approved'
        AND (a.parentTransactionId = b.id) IS NOT TRUE
        AND (b.parentTransactionId = a.id) IS NOT TRUE`,
    }),
  expected: 'A requestId keeps a request from being carried out twice: it occurs once in 24 hours.',
  found: '{actual} approved transactions carry it: one of them may have been sent twice.',
  action: 'Check with the gateway whether both went through; undo the one that was not meant.',
});

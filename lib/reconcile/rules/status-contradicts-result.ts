import { rule } from '../rule.ts';

export const statusContradictsResult = rule({
  id: 'status-contradicts-result',
  severity: 'medium',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the transaction',
  differsWhen:
    '`completed` with result `unknown`; `refunded`, `partially-refunded`, `voided` or ' +
    '`disputed` with a result other than `approved`.',
  question: () => `
    SELECT id AS recordId, []::VARCHAR[] AS relatedIds, customerId, currency,
      CASE status WHEN 'completed' THEN 'a final result' ELSE 'approved' END AS expected,
      result AS actual, NULL AS difference, status,
      CASE status WHEN 'completed' THEN result = 'unknown' ELSE result <> 'approved' END AS differs
    FROM judged_transactions
    WHERE status IN ('completed', 'refunded', 'partially-refunded', 'voided', 'disputed')`,
  expected: 'A transaction that is {status} has {expected} as its result.',
  found: 'Its result is {actual}.',
  action: 'Ask the gateway whether the money moved, and have Rebilly correct the record.',
});

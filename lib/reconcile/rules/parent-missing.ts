import { rule } from '../rule.ts';

export const parentMissing = rule({
  id: 'parent-missing',
  severity: 'high',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the transaction that names the parent',
  differsWhen:
    'The API does not return the parent that it names; or it is a refund or void without a ' +
    'parent, and was not processed outside.',
  question: () => `
    SELECT t.id AS recordId,
      [t.parentTransactionId] AS relatedIds, t.customerId, t.currency,
      coalesce(t.parentTransactionId, 'a parent') AS expected, 'none' AS actual,
      NULL AS difference,
      CASE
        WHEN t.parentTransactionId IS NULL THEN NOT t.isProcessedOutside
        WHEN a.id IS NOT NULL THEN true
        WHEN p.id IS NOT NULL THEN false
      END AS differs
    FROM judged_transactions t
    LEFT JOIN all_transactions p ON p.id = t.parentTransactionId
    LEFT JOIN absent a ON a.id = t.parentTransactionId AND a.collection = 'transactions'
    WHERE t.parentTransactionId IS NOT NULL OR t.type IN ('refund', 'void')`,
  expected: 'What captures, refunds or voids a transaction names it, and it exists.',
  found: 'It names {expected}, and the API returns {actual}.',
  action:
    'Find the payment it belongs to with the gateway’s reference, and ask Rebilly why the link ' +
    'is lost.',
});

import { rule } from '../rule.ts';

export const memoAllocationCurrency = rule({
  id: 'memo-allocation-currency',
  severity: 'high',
  class: 'mismatch',
  nature: 'state',
  collection: 'credit-memos',
  keySubject: 'the memo',
  differsWhen: 'An allocation is in another currency than the memo.',
  question: () => `
    SELECT m.id AS recordId, list(a.transactionId) AS relatedIds,
      any_value(m.customerId) AS customerId, any_value(m.currency) AS currency,
      any_value(m.currency) AS expected,
      string_agg(DISTINCT a.currency, ' ' ORDER BY a.currency) AS actual, NULL AS difference,
      -- One that differs, differs, whatever the others lack.
      any_value(m.isCredit) AND CASE WHEN bool_or(a.currency <> m.currency) THEN true
        WHEN bool_and(a.currency IS NOT NULL AND m.currency IS NOT NULL) THEN false END AS differs
    FROM judged_memos m JOIN memo_allocations a ON a.creditMemoId = m.id
    WHERE m.isCredit IS NOT FALSE
    GROUP BY m.id`,
  expected: 'A memo in {expected} is used in {expected}.',
  found: 'It was used in {actual}.',
  action: 'Take the allocation back, and credit the customer in the right currency.',
});

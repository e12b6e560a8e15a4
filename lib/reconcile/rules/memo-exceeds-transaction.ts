import { rule } from '../rule.ts';

export const memoExceedsTransaction = rule({
  id: 'memo-exceeds-transaction',
  severity: 'critical',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the transaction',
  differsWhen:
    'The known allocations of all memos to it are more than its amount, in one currency.',
  question: () => `
    SELECT t.id AS recordId, list(DISTINCT m.id) AS relatedIds,
      any_value(t.customerId) AS customerId, any_value(t.currency) AS currency,
      money_text(any_value(t.amount), any_value(t.currency)) AS expected,
      money_text(sum(a.amount), any_value(t.currency)) AS actual,
      money_text(sum(a.amount) - any_value(t.amount), any_value(t.currency)) AS difference,
      CASE WHEN count(a.amount) = count(*) THEN sum(a.amount) > any_value(t.amount) END AS differs
    FROM all_transactions t
    JOIN memo_allocations a ON a.transactionId = t.id AND a.currency = t.currency
    JOIN all_memos m ON m.id = a.creditMemoId AND m.isCredit
    GROUP BY t.id
    HAVING bool_or(t.isJudged OR m.isJudged)`,
  expected: 'Memos are paid out by at most what the transaction moved: {expected} {currency}.',
  found: '{actual} {currency} are allocated to it, {difference} more than that.',
  action: 'Find the memo that was not paid out, and take its allocation back.',
});

import { rule } from '../rule.ts';

export const chargebackMemoWithoutDispute = rule({
  id: 'chargeback-memo-without-dispute',
  severity: 'medium',
  class: 'mismatch',
  nature: 'state',
  collection: 'credit-memos',
  keySubject: 'the memo',
  differsWhen:
    'Its reason is `chargeback`, and none of the transactions it is allocated to is disputed or ' +
    'has a disputed parent.',
  question: () => `
    WITH uses AS (
      SELECT m.id, m.isCredit, m.customerId, m.currency, a.transactionId, a.amount,
        t.isDisputed OR CASE
          WHEN t.id IS NOT NULL AND t.parentTransactionId IS NULL THEN false ELSE p.isDisputed
        END AS isDisputed
      FROM all_memos m
      JOIN memo_allocations a ON a.creditMemoId = m.id AND a.transactionId IS NOT NULL
      LEFT JOIN all_transactions t ON t.id = a.transactionId
      LEFT JOIN all_transactions p ON p.id = t.parentTransactionId
      WHERE m.reason = 'chargeback' AND m.isCredit IS NOT FALSE
        AND (m.isJudged OR t.isJudged OR p.isJudged)
    )
    SELECT id AS recordId, list(DISTINCT transactionId) AS relatedIds,
      any_value(customerId) AS customerId, any_value(currency) AS currency,
      'a disputed payment' AS expected, 'none' AS actual, NULL AS difference,
      money_text(sum(amount), any_value(currency)) AS amountText,
      any_value(isCredit)
        AND CASE WHEN bool_or(isDisputed) THEN false WHEN count(isDisputed) = count(*) THEN true END
        AS differs
    FROM uses GROUP BY id`,
  expected: 'A memo for a chargeback follows a dispute.',
  found: '{amountText} {currency} are allocated to {relatedIds}, where nothing is disputed.',
  action: 'Find the dispute, or correct the reason of the memo.',
});

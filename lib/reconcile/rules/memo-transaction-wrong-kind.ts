import { rule } from '../rule.ts';

export const memoTransactionWrongKind = rule({
  id: 'memo-transaction-wrong-kind',
  severity: 'high',
  class: 'mismatch',
  nature: 'state',
  collection: 'credit-memos',
  keySubject: 'the memo',
  differsWhen:
    'A transaction it is allocated to is neither approved money out nor disputed money in, or ' +
    'belongs to another customer. A refund without a result has seven days.',
  thresholds: {
    graceDays: {
      value: 7,
      unit: 'days',
      meaning: 'Days that a refund may be without a result.',
      isGrace: true,
    },
  },
  question: ({ graceDays }) => `
    WITH uses AS (
      SELECT m.id, m.isCredit, m.customerId, m.currency, t.id AS transactionId, a.amount,
        t.customerId <> m.customerId OR NOT (
          t.moneyOut
          OR t.moneyIn AND t.isDisputed
          OR t.type IN ('refund', 'credit') AND t.result = 'unknown'
            AND NOT is_due(t.createdTime, t.businessDate, ${graceDays})
        ) AS differs
      FROM all_memos m
      JOIN memo_allocations a ON a.creditMemoId = m.id AND a.transactionId IS NOT NULL
      LEFT JOIN all_transactions t ON t.id = a.transactionId
      WHERE m.isCredit IS NOT FALSE AND (m.isJudged OR t.isJudged)
    )
    SELECT id AS recordId, list(transactionId) FILTER (differs) AS relatedIds,
      any_value(customerId) AS customerId, any_value(currency) AS currency,
      'money out to the customer' AS expected, 'something else' AS actual,
      money_text(sum(amount) FILTER (differs), any_value(currency)) AS difference,
      any_value(isCredit) AND CASE WHEN bool_or(differs) THEN true
        WHEN count(differs) = count(*) THEN false END AS differs
    FROM uses GROUP BY id`,
  expected:
    'Credit is paid out by an approved refund or payout to the same customer, or taken by a ' +
    'dispute.',
  found: '{difference} {currency} are allocated to {relatedIds}, which moved no such money.',
  action: 'Take the allocation back, or allocate the memo to the transaction that paid it out.',
});

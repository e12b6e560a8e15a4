import { rule } from '../rule.ts';

export const memoTransactionMissing = rule({
  id: 'memo-transaction-missing',
  severity: 'high',
  class: 'mismatch',
  nature: 'state',
  collection: 'credit-memos',
  keySubject: 'the memo',
  differsWhen: 'It is allocated to a transaction that the API does not return.',
  question: () => `
    SELECT m.id AS recordId,
      list(gone.id) AS relatedIds,
      any_value(m.customerId) AS customerId, any_value(m.currency) AS currency,
      'every transaction' AS expected,
      count(gone.id) || ' missing' AS actual,
      money_text(sum(a.amount) FILTER (gone.id IS NOT NULL), any_value(m.currency)) AS difference,
      any_value(m.isCredit) AND CASE WHEN count(gone.id) > 0 THEN true
        WHEN count(t.id) = count(*) THEN false END AS differs
    FROM judged_memos m
    JOIN memo_allocations a ON a.creditMemoId = m.id AND a.transactionId IS NOT NULL
    LEFT JOIN all_transactions t ON t.id = a.transactionId
    LEFT JOIN absent gone ON gone.id = a.transactionId AND gone.collection = 'transactions'
    WHERE m.isCredit IS NOT FALSE
    GROUP BY m.id`,
  expected: 'The transactions that paid a memo out exist.',
  found: 'Of {difference} {currency} allocated, the API returns no transaction ({relatedIds}).',
  action: 'Find out whether the money was paid out, and ask Rebilly where the transaction is.',
});

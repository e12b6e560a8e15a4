import { rule } from '../rule.ts';

export const compensatedTwice = rule({
  id: 'compensated-twice',
  severity: 'high',
  class: 'mismatch',
  nature: 'state',
  collection: 'invoices',
  keySubject: 'the invoice',
  differsWhen:
    'It has a refund, and its refunds with the memos issued against it, as far as those did not ' +
    'pay these refunds or the invoice itself, are more than its known payments.',
  question: () => `
    WITH money AS NOT MATERIALIZED (
      SELECT id, unnest(invoiceIds) AS invoiceId, len(invoiceIds) AS invoiceCount, amount,
        currency, customerId, moneyIn, moneyOut, isJudged
      FROM all_transactions
      WHERE (moneyIn OR moneyOut) IS NOT FALSE
    ),
    refunded AS (SELECT DISTINCT unnest(invoiceIds) AS invoiceId FROM all_transactions WHERE moneyOut),
    -- One movement for several invoices cannot be divided among them.
    moved AS (
      SELECT invoiceId, bool_or(isJudged) AS isJudged, any_value(customerId) AS customerId,
        min(currency) AS currency,
        bool_and(invoiceCount = 1 AND amount IS NOT NULL AND (moneyIn OR moneyOut) IS NOT NULL)
          AND count(DISTINCT currency) = 1 AND count(currency) = count(*) AS isClear,
        sum(amount) FILTER (moneyIn) AS paid, sum(amount) FILTER (moneyOut) AS refunded,
        list(id) FILTER (moneyOut) AS refunds
      FROM money SEMI JOIN refunded USING (invoiceId) GROUP BY invoiceId
    ),
    memos AS (
      SELECT m.id, m.invoiceId, m.currency, m.totalAmount, m.isJudged,
        m.isCredit AND m.status <> 'voided'
          AND m.reason NOT IN ('write-off', 'waiver', 'prepayment') AS takesPart
      FROM all_memos m WHERE m.invoiceId IN (SELECT invoiceId FROM moved)
    ),
    -- What paid these refunds is the same money; what paid the invoice only reduced what was owed.
    accounted AS (
      SELECT m.id, sum(a.amount) AS amount, count(a.amount) = count(*) AS isClear
      FROM memos m JOIN moved v ON v.invoiceId = m.invoiceId
      JOIN memo_allocations a ON a.creditMemoId = m.id AND (
        a.invoiceId = m.invoiceId OR list_contains(v.refunds, a.transactionId))
      GROUP BY m.id
    ),
    credited AS (
      SELECT m.invoiceId, bool_or(m.isJudged) AS isJudged, list(m.id) FILTER (takesPart) AS memoIds,
        bool_and(takesPart IS NOT NULL) AND bool_and(NOT takesPart OR coalesce(
          m.totalAmount IS NOT NULL AND m.currency = v.currency AND coalesce(a.isClear, true),
          false)) AS isClear,
        sum(m.totalAmount - coalesce(a.amount, 0)) FILTER (takesPart) AS credit
      FROM memos m JOIN moved v ON v.invoiceId = m.invoiceId
      LEFT JOIN accounted a ON a.id = m.id
      GROUP BY m.invoiceId
    ),
    sums AS (
      SELECT v.*, v.refunded + coalesce(c.credit, 0) AS compensated,
        list_concat(v.refunds, c.memoIds) AS related,
        v.isClear AND coalesce(c.isClear, true) AS isKnown
      FROM moved v LEFT JOIN credited c ON c.invoiceId = v.invoiceId
      WHERE v.isJudged OR c.isJudged
    )
    SELECT invoiceId AS recordId, related AS relatedIds, customerId, currency,
      money_text(paid, currency) AS expected, money_text(compensated, currency) AS actual,
      money_text(compensated - paid, currency) AS difference,
      CASE WHEN isKnown AND paid > 0 THEN compensated > paid END AS differs
    FROM sums`,
  expected: 'A customer gets back at most what was paid for the invoice: {expected} {currency}.',
  found: 'Refunds and memos add up to {actual} {currency}, {difference} more than that.',
  action: 'Check whether the memo was meant to be paid out by the refund: allocate it, or void it.',
});

import { rule } from '../rule.ts';

export const memoStatus = rule({
  id: 'memo-status',
  severity: 'medium',
  class: 'mismatch',
  nature: 'state',
  collection: 'credit-memos',
  keySubject: 'the memo',
  differsWhen:
    '`issued` but unused ≠ total; `applied` but unused ≠ 0; `partially-applied` but unused is 0 ' +
    'or the total.',
  question: () => `
    SELECT id AS recordId, []::VARCHAR[] AS relatedIds, customerId, currency,
      CASE
        WHEN unusedAmount = totalAmount THEN 'issued'
        WHEN unusedAmount = 0 THEN 'applied'
        ELSE 'partially-applied'
      END AS expected,
      status AS actual, NULL AS difference,
      money_text(unusedAmount, currency) AS unused, money_text(totalAmount, currency) AS total,
      CASE status
        WHEN 'issued' THEN unusedAmount <> totalAmount
        WHEN 'applied' THEN unusedAmount <> 0
        ELSE unusedAmount = 0 OR unusedAmount = totalAmount
      END AS differs
    FROM judged_memos WHERE status IN ('issued', 'applied', 'partially-applied')`,
  expected: 'With {unused} of {total} {currency} unused, the status is {expected}.',
  found: 'The status is {actual}.',
  action: 'Go by the amounts; have Rebilly bring the status up to date.',
});

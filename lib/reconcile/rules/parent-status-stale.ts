import { rule } from '../rule.ts';

export const parentStatusStale = rule({
  id: 'parent-status-stale',
  severity: 'medium',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the payment (sale or capture)',
  differsWhen:
    'It is `refunded` but refunds ≠ amount; `partially-refunded` but they are 0 or all of it; ' +
    '`completed` although there are some; `voided` without an approved void.',
  question: () => `
    SELECT id AS recordId, refunds AS relatedIds, customerId, currency,
      CASE
        WHEN hasApprovedVoid THEN 'voided'
        WHEN refunded = 0 AND NOT hasForeignRefund THEN 'completed'
        WHEN refunded >= amount THEN 'refunded'
        ELSE 'partially-refunded'
      END AS expected,
      status AS actual, NULL AS difference, money_text(refunded, currency) AS refundedText,
      -- Refunds in another currency cannot be told apart from none or all.
      CASE status
        WHEN 'refunded' THEN CASE WHEN NOT hasForeignRefund THEN refunded <> amount END
        WHEN 'partially-refunded' THEN
          CASE WHEN NOT hasForeignRefund THEN refunded = 0 OR refunded >= amount END
        WHEN 'completed' THEN refunded > 0 OR hasForeignRefund
        WHEN 'voided' THEN NOT hasApprovedVoid
      END AS differs
    FROM parents
    WHERE isJudged AND type IN ('sale', 'capture')
      AND status IN ('refunded', 'partially-refunded', 'completed', 'voided')`,
  expected: 'The status follows from refunds and voids: {expected}.',
  found: 'The status is {actual}; approved refunds add up to {refundedText} {currency}.',
  action: 'Go by the refunds, not by the status; ask Rebilly to bring the record up to date.',
});

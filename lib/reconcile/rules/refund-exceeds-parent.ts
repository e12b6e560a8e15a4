import { rule } from '../rule.ts';

export const refundExceedsParent = rule({
  id: 'refund-exceeds-parent',
  severity: 'critical',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the payment that was refunded',
  differsWhen:
    'The sum of its approved refunds is more than its amount (of an authorization: than its ' +
    'captures), in one currency.',
  question: () => `
    WITH paid AS (
      SELECT *, CASE WHEN type = 'authorize' THEN captured WHEN type <> 'authorize' THEN amount END
        AS paid
      FROM parents WHERE isJudged
    )
    SELECT id AS recordId, refunds AS relatedIds, customerId, currency,
      money_text(paid, currency) AS expected, money_text(refunded, currency) AS actual,
      money_text(refunded - paid, currency) AS difference,
      refunded > paid AS differs
    FROM paid WHERE (refunded > 0) IS NOT FALSE`,
  expected: 'At most what was paid is paid back: {expected} {currency}.',
  found: 'Refunds add up to {actual} {currency}, {difference} too much.',
  action:
    'Find the refund that should not be, and recover the money or correct the record in Rebilly.',
});

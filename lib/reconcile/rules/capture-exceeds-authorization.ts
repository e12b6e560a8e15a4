import { rule } from '../rule.ts';

export const captureExceedsAuthorization = rule({
  id: 'capture-exceeds-authorization',
  severity: 'critical',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the authorization',
  differsWhen:
    'The sum of its captures is more than its amount, in one currency, and there is no amount ' +
    'adjustment on it.',
  question: () => `
    SELECT id AS recordId, captures AS relatedIds, customerId, currency,
      money_text(amount, currency) AS expected, money_text(captured, currency) AS actual,
      money_text(captured - amount, currency) AS difference,
      captured > amount AND NOT hasAmountAdjustment AS differs
    FROM parents
    WHERE isJudged AND type = 'authorize'`,
  expected: 'At most what was authorized is captured: {expected} {currency}.',
  found: 'Captures add up to {actual} {currency}, {difference} too much.',
  action: 'Refund what was taken without authorization, or find the adjustment that allowed it.',
});

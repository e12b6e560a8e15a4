import { rule } from '../rule.ts';

export const amountAdjusted = rule({
  id: 'amount-adjusted',
  severity: 'medium',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the transaction',
  differsWhen:
    'Its amount is not what was asked for, in one currency, and neither an adjustment nor a ' +
    'chosen currency conversion explains it.',
  question: () => `
    SELECT id AS recordId, []::VARCHAR[] AS relatedIds, customerId, currency,
      money_text(requestAmount, currency) AS expected, money_text(amount, currency) AS actual,
      money_text(amount - requestAmount, currency) AS difference,
      currency = requestCurrency AND amount <> requestAmount AND NOT hasAmountAdjustment
        AND CASE WHEN dccOutcome IS NULL THEN NOT hasDcc ELSE dccOutcome <> 'selected' END
        AS differs
    FROM judged_transactions
    WHERE (currency = requestCurrency) IS NOT FALSE`,
  expected: 'The amount that was asked for is charged: {expected} {currency}.',
  found:
    '{actual} {currency} were charged, {difference} {currency} from it, and no adjustment is on ' +
    'record.',
  action: 'Find out who changed the amount, and what the customer agreed to.',
});

import { rule } from '../rule.ts';

export const dccInconsistent = rule({
  id: 'dcc-inconsistent',
  severity: 'medium',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the approved sale or authorization',
  differsWhen:
    'Currency conversion was chosen but the amount is not the quote; or it was not, and the ' +
    'amount is not the base.',
  question: () => `
    WITH offered AS (
      SELECT *,
        CASE WHEN dccOutcome = 'selected' THEN dccQuoteAmount ELSE dccBaseAmount END AS due,
        CASE WHEN dccOutcome = 'selected' THEN dccQuoteCurrency ELSE dccBaseCurrency END
          AS dueCurrency
      FROM judged_transactions
      WHERE dccOutcome IS NOT NULL AND type IN ('sale', 'authorize')
    )
    SELECT id AS recordId, []::VARCHAR[] AS relatedIds, customerId, currency,
      money_text(due, dueCurrency) || ' ' || dueCurrency AS expected,
      money_text(amount, currency) || ' ' || currency AS actual,
      CASE WHEN currency = dueCurrency THEN money_text(amount - due, currency) END AS difference,
      dccOutcome,
      result = 'approved' AND NOT hasAmountAdjustment
        AND (currency <> dueCurrency OR amount <> due) AS differs
    FROM offered`,
  expected: 'With the conversion {dccOutcome}, {expected} is charged.',
  found: '{actual} was charged.',
  action:
    'Compare with what the customer saw at the checkout, and refund the difference if there is ' +
    'one.',
});

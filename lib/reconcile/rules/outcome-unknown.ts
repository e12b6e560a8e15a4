import { rule } from '../rule.ts';

export const outcomeUnknown = rule({
  id: 'outcome-unknown',
  severity: 'high',
  class: 'timing',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the transaction',
  differsWhen:
    'Its result is still `unknown` after the grace of its payment method, whatever its status.',
  thresholds: {
    cardDays: {
      value: 1,
      unit: 'days',
      meaning: 'Days within which a card payment has its result.',
      isGrace: true,
    },
    otherDays: {
      value: 7,
      unit: 'days',
      meaning: 'Days within which any other method has.',
      isGrace: true,
    },
  },
  question: ({ cardDays, otherDays }) => `
    WITH waiting AS (
      SELECT *, coalesce(paymentInstrumentMethod, method) AS how FROM judged_transactions
      WHERE result = 'unknown'
    ),
    due AS (
      SELECT *, is_due(createdTime, businessDate, CASE
        WHEN how = 'payment-card' THEN ${cardDays} WHEN how IS NOT NULL THEN ${otherDays}
      END) AS isDue
      FROM waiting
    )
    SELECT id AS recordId, []::VARCHAR[] AS relatedIds, customerId, currency,
      'a final result' AS expected, result AS actual, NULL AS difference, status, how,
      money_text(amount, currency) AS amountText, isDue AS differs
    FROM due WHERE isDue IS NOT FALSE`,
  expected: 'A card is answered within {cardDays} day, any other method within {otherDays} days.',
  found: 'The result of {amountText} {currency} by {how} is still {actual} (status {status}).',
  action:
    'Ask the gateway for the outcome and have Rebilly query it again: the money may have moved.',
});

import { rule } from '../rule.ts';

export const unsettled = rule({
  id: 'unsettled',
  severity: 'medium',
  class: 'timing',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the payment',
  differsWhen:
    'Money in without a settlement time after its grace, on a gateway account that reported ' +
    'settlement times in the last 30 nights.',
  thresholds: {
    graceDays: {
      value: 7,
      unit: 'days',
      meaning: 'Days within which a payment is expected to be settled.',
      isGrace: true,
    },
  },
  question: ({ graceDays }) => `
    SELECT t.id AS recordId, []::VARCHAR[] AS relatedIds, t.customerId, t.currency,
      'settled' AS expected, 'not settled' AS actual, NULL AS difference,
      money_text(t.amount, t.currency) AS amountText, t.gatewayAccountId,
      CASE WHEN g.settles THEN
        t.moneyIn AND NOT t.isProcessedOutside AND t.settlementTime IS NULL
      END AS differs
    FROM judged_transactions t
    LEFT JOIN gateways g ON g.gatewayAccountId = t.gatewayAccountId
    WHERE t.moneyIn IS NOT FALSE AND t.isProcessedOutside IS NOT TRUE
      AND is_due(t.createdTime, t.businessDate, ${graceDays})`,
  expected: 'The bank settles a payment within {graceDays} days.',
  found: '{gatewayAccountId} has reported no settlement of {amountText} {currency}.',
  action:
    'Look for the payment in the payouts of the gateway, and ask the gateway where the money is.',
});

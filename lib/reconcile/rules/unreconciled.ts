import { rule } from '../rule.ts';

export const unreconciled = rule({
  id: 'unreconciled',
  severity: 'medium',
  class: 'timing',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the transaction',
  differsWhen:
    'Money in or out that Rebilly has not matched to the gateway’s batch after its grace, on a ' +
    'gateway account that had a matched transaction in the last 30 nights.',
  thresholds: {
    graceDays: {
      value: 3,
      unit: 'days',
      meaning: 'Days within which a batch is expected to confirm a transaction.',
      isGrace: true,
    },
  },
  question: ({ graceDays }) => `
    SELECT t.id AS recordId, []::VARCHAR[] AS relatedIds, t.customerId, t.currency,
      'matched' AS expected, 'not matched' AS actual, NULL AS difference,
      money_text(t.amount, t.currency) AS amountText, t.gatewayAccountId,
      -- Of most gateways there is no batch: false says nothing there.
      CASE WHEN g.reconciles THEN
        (t.moneyIn OR t.moneyOut) AND t.amount > 0 AND NOT t.isProcessedOutside
          AND NOT t.isReconciled
      END AS differs
    FROM judged_transactions t
    LEFT JOIN gateways g ON g.gatewayAccountId = t.gatewayAccountId
    WHERE (t.moneyIn OR t.moneyOut) IS NOT FALSE
      AND t.isProcessedOutside IS NOT TRUE
      AND is_due(t.createdTime, t.businessDate, ${graceDays})`,
  expected: 'Money that moved is found in the gateway’s batch within {graceDays} days.',
  found: '{amountText} {currency} were not found in a batch of {gatewayAccountId}.',
  action:
    'Look for the transaction in the gateway’s own report: if it is not there, the money did ' +
    'not move.',
});

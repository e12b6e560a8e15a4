import { rule } from '../rule.ts';

export const authorizationExpiring = rule({
  id: 'authorization-expiring',
  severity: 'medium',
  class: 'timing',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the authorization',
  differsWhen:
    'It was approved, holds an amount, and is neither captured nor voided after its grace. It ' +
    'lapses, and resolves, after thirty days.',
  thresholds: {
    graceDays: {
      value: 5,
      unit: 'days',
      meaning: 'Days after which an open authorization is reported.',
      isGrace: true,
    },
    lapseDays: {
      value: 30,
      unit: 'days',
      meaning: 'Days after which it has lapsed.',
      isGrace: true,
    },
  },
  question: ({ graceDays, lapseDays }) => `
    SELECT id AS recordId, []::VARCHAR[] AS relatedIds, customerId, currency,
      'captured or voided' AS expected, 'neither' AS actual, NULL AS difference,
      money_text(amount, currency) AS held,
      result = 'approved' AND amount > 0 AND NOT isVoided AND NOT hasApprovedVoid
        AND captured = 0 AND len(captures) = 0 AS differs
    FROM parents
    WHERE isJudged AND type = 'authorize' AND (result = 'approved') IS NOT FALSE
      AND is_due(createdTime, businessDate, ${graceDays})
      AND NOT is_due(createdTime, businessDate, ${lapseDays})`,
  expected:
    'An authorization is captured or voided within {graceDays} days; banks hold the money for ' +
    'seven.',
  found: '{held} {currency} are still held, neither captured nor voided.',
  action: 'Capture what was delivered, or void it so that the customer has the money back.',
});

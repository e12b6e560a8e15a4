import { rule } from '../rule.ts';

export const settledBeforeProcessed = rule({
  id: 'settled-before-processed',
  severity: 'medium',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the transaction',
  differsWhen: 'The UTC date of its settlement is more than a day before that of its processing.',
  thresholds: {
    toleranceDays: {
      value: 1,
      unit: 'days',
      meaning: 'Days by which time zones may make it seem earlier.',
    },
  },
  question: ({ toleranceDays }) => `
    SELECT id AS recordId, []::VARCHAR[] AS relatedIds, customerId, currency,
      'on or after ' || processedTime::DATE AS expected, settlementTime::DATE::VARCHAR AS actual,
      NULL AS difference,
      date_diff('day', settlementTime::DATE, processedTime::DATE) > ${toleranceDays} AS differs
    FROM judged_transactions WHERE settlementTime IS NOT NULL`,
  expected: 'Money is settled {expected}, when it was processed.',
  found: 'It was settled on {actual}.',
  action: 'Check both dates with the gateway: the settlement may belong to another payment.',
});

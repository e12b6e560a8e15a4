import { rule } from '../rule.ts';

export const restated = rule({
  id: 'restated',
  severity: 'high',
  class: 'mismatch',
  nature: 'event',
  collection: 'transactions',
  keySubject: 'the published record, with the time of the change',
  differsWhen:
    'A published record was corrected: its amount, currency, type, parent or customer, a final ' +
    'result or a settlement time changed, or its status moved backwards. (restatements.csv ' +
    'lists every change; the normal course of life is none.)',
  question: () => `
    WITH corrected AS (
      SELECT collection, recordId, sum(effect) AS effect,
        string_agg(field || ' ' || old, '; ' ORDER BY field) AS oldValues,
        string_agg(field || ' ' || coalesce("new", 'empty'), '; ' ORDER BY field) AS newValues
      FROM restatements WHERE kind = 'correction'
      GROUP BY collection, recordId
    )
    SELECT c.collection, c.recordId, []::VARCHAR[] AS relatedIds, c.customerId, c.currency,
      r.oldValues AS expected, r.newValues AS actual,
      money_text(r.effect, c.currency) AS difference,
      c.instant::VARCHAR AS instant, c.businessDate::VARCHAR AS businessDate,
      r.recordId IS NOT NULL AS differs
    FROM comparisons c
    LEFT JOIN corrected r ON r.collection = c.collection AND r.recordId = c.recordId`,
  expected: 'What was published for {businessDate} stays as it was: {expected}.',
  found: 'It was changed afterwards: {actual}.',
  action:
    'Correct the books of {businessDate}, or ask who changed the record and why. Then acknowledge.',
});

import { rule } from '../rule.ts';

export const appeared = rule({
  id: 'appeared',
  severity: 'high',
  class: 'mismatch',
  nature: 'event',
  collection: 'transactions',
  keySubject: 'the record',
  differsWhen: 'A record of a published period was not in its snapshot.',
  question: () => `
    WITH late AS (
      SELECT 'transactions' AS collection, id, customerId, currency, amount, createdTime,
        businessDate
      FROM judged_transactions WHERE NOT inPeriod
      UNION ALL
      SELECT 'credit-memos', id, customerId, currency, totalAmount, createdTime, businessDate
      FROM judged_memos WHERE NOT inPeriod
    )
    SELECT l.collection, l.id AS recordId, []::VARCHAR[] AS relatedIds, l.customerId, l.currency,
      'in its snapshot' AS expected, 'not in it' AS actual,
      money_text(l.amount, l.currency) AS difference,
      l.createdTime::VARCHAR AS instant, l.businessDate::VARCHAR AS businessDate,
      p.id IS NULL AS differs
    FROM late l
    JOIN published d ON d.businessDate = l.businessDate AND d.collection = l.collection
    LEFT JOIN published_rows p ON p.collection = l.collection AND p.id = l.id`,
  expected: 'A record created on {businessDate} is in the snapshot of {businessDate}.',
  found: 'It is not: it came to be there afterwards.',
  action:
    'Add it to the books of {businessDate}, and ask Rebilly how it came there. Then acknowledge.',
});

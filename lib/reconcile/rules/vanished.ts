import { rule } from '../rule.ts';

export const vanished = rule({
  id: 'vanished',
  severity: 'critical',
  class: 'mismatch',
  nature: 'event',
  collection: 'transactions',
  keySubject: 'the published record',
  differsWhen: 'A published record is no longer returned by the API.',
  question: () => `
    SELECT p.collection, p.id AS recordId, []::VARCHAR[] AS relatedIds, p.customerId, p.currency,
      'returned' AS expected, 'gone' AS actual, money_text(-p.amount, p.currency) AS difference,
      p.updatedTime::VARCHAR AS instant, p.businessDate::VARCHAR AS businessDate, true AS differs
    FROM published_rows p JOIN absent a ON a.id = p.id AND a.collection = p.collection`,
  expected: 'A record that was published for {businessDate} stays in Rebilly.',
  found: 'The API no longer returns it.',
  action:
    'Ask Rebilly who removed it. The snapshot of {businessDate} still has it. Then acknowledge.',
});

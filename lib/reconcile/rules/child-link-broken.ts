import { rule } from '../rule.ts';

export const childLinkBroken = rule({
  id: 'child-link-broken',
  severity: 'medium',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the child',
  differsWhen:
    'Its parent’s childTransactions does not list it, or a transaction lists it that is not its ' +
    'parent.',
  question: () => `
    WITH relations AS (
      SELECT c.id AS childId, c.parentTransactionId AS parentId,
        NOT list_contains(p.childTransactions, c.id) AS differs
      FROM all_transactions c
      LEFT JOIN all_transactions p ON p.id = c.parentTransactionId
      WHERE c.parentTransactionId IS NOT NULL AND (c.isJudged OR p.isJudged)
      UNION ALL
      SELECT c.id, p.id, c.parentTransactionId IS DISTINCT FROM p.id
      FROM (SELECT id, isJudged, unnest(childTransactions) AS childId FROM all_transactions) p
      JOIN all_transactions c ON c.id = p.childId
      WHERE c.isJudged OR p.isJudged
    ),
    children AS (
      SELECT childId, bool_or(differs) AS differs, list(parentId) FILTER (differs) AS parentIds
      FROM relations GROUP BY childId
    )
    SELECT c.id AS recordId, r.parentIds AS relatedIds, c.customerId, c.currency,
      'both name each other' AS expected, 'only one names the other' AS actual,
      NULL AS difference, r.differs
    FROM children r JOIN all_transactions c ON c.id = r.childId`,
  expected: 'Parent and child name each other.',
  found: 'Only one of {recordId} and {relatedIds} names the other.',
  action: 'Check to which payment it belongs, and ask Rebilly to mend the link.',
});

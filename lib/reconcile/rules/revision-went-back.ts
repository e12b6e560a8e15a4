import { rule } from '../rule.ts';

export const revisionWentBack = rule({
  id: 'revision-went-back',
  severity: 'medium',
  class: 'mismatch',
  nature: 'event',
  collection: 'transactions',
  keySubject: 'the published record',
  differsWhen: 'Its revision fell, or values moved while it did not.',
  question: () => `
    SELECT collection, recordId, []::VARCHAR[] AS relatedIds, customerId, currency,
      CASE WHEN newRevision < oldRevision THEN 'at least ' || oldRevision
        ELSE 'more than ' || oldRevision END AS expected,
      newRevision::VARCHAR AS actual, NULL AS difference, instant::VARCHAR AS instant,
      newRevision < oldRevision OR newRevision = oldRevision AND changeCount > 0 AS differs
    FROM comparisons`,
  expected: 'Every change of a record raises its revision: {expected}.',
  found: 'Its revision is {actual}.',
  action:
    'Ask Rebilly whether records were restored: other changes may be lost too. Then acknowledge.',
});

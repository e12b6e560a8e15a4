import { rule } from '../rule.ts';

export const memoNumberGap = rule({
  id: 'memo-number-gap',
  severity: 'low',
  class: 'mismatch',
  nature: 'state',
  collection: 'credit-memos',
  keySubject: 'the memo after the gap, or the later of two with one number',
  differsWhen:
    'Of one customer’s memos of the period two share a number, or a number between two of them ' +
    'is missing. Drafts, quotations and voided ones count as taken.',
  ofOnePeriod: true,
  question: () => `
    WITH numbered AS (
      SELECT *, lag(number) OVER run AS numberBefore, lag(id) OVER run AS idBefore
      FROM all_memos
      WHERE inPeriod AND is_whole() AND number IS NOT NULL AND customerId IS NOT NULL
      WINDOW run AS (PARTITION BY customerId ORDER BY number, createdTime, id)
    )
    SELECT id AS recordId, [idBefore] AS relatedIds, customerId, currency,
      (numberBefore + 1)::VARCHAR AS expected, number::VARCHAR AS actual, NULL AS difference,
      number <> numberBefore + 1 AS differs
    FROM numbered WHERE numberBefore IS NOT NULL`,
  expected:
    'The memos of a customer are numbered without gap: after {relatedIds} comes number {expected}.',
  found: 'Its number is {actual}.',
  action: 'Find out where the memo between them is, or which of the two has the wrong number.',
});

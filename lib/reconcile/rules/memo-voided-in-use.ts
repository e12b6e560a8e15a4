import { rule } from '../rule.ts';

export const memoVoidedInUse = rule({
  id: 'memo-voided-in-use',
  severity: 'high',
  class: 'mismatch',
  nature: 'state',
  collection: 'credit-memos',
  keySubject: 'the memo',
  differsWhen: 'It is voided, and allocations of it are left.',
  question: () => `
    SELECT id AS recordId, transactionIds AS relatedIds, customerId, currency,
      'no allocation' AS expected,
      useCount || CASE useCount WHEN 1 THEN ' allocation' ELSE ' allocations' END AS actual,
      NULL AS difference, useCount > 0 AS differs
    FROM memo_sums WHERE isJudged AND status = 'voided'`,
  expected: 'A voided memo pays nothing: {expected} is left.',
  found: '{actual} of it are left: an invoice or a refund counts as paid by credit that is none.',
  action: 'Take the allocations back, or issue the memo anew.',
});

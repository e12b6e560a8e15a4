import { rule } from '../rule.ts';

export const memoOverAllocated = rule({
  id: 'memo-over-allocated',
  severity: 'critical',
  class: 'mismatch',
  nature: 'state',
  collection: 'credit-memos',
  keySubject: 'the memo',
  differsWhen: 'More is allocated than its total, or unusedAmount is negative.',
  question: () => `
    SELECT id AS recordId, transactionIds AS relatedIds, customerId, currency,
      money_text(totalAmount, currency) AS expected,
      money_text(coalesce(greatest(allocated, totalAmount - unusedAmount), allocated), currency)
        AS actual,
      money_text(coalesce(greatest(allocated, totalAmount - unusedAmount), allocated) - totalAmount,
        currency) AS difference,
      isCredit AND (allocated > totalAmount OR unusedAmount < 0) AS differs
    FROM memo_sums WHERE isJudged AND isCredit IS NOT FALSE`,
  expected: 'At most the total of the memo is given out: {expected} {currency}.',
  found: '{actual} {currency} were given out, {difference} too much.',
  action: 'Find the allocation that should not be, and take it back.',
});

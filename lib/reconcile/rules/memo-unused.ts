import { rule } from '../rule.ts';

export const memoUnused = rule({
  id: 'memo-unused',
  severity: 'critical',
  class: 'mismatch',
  nature: 'state',
  collection: 'credit-memos',
  keySubject: 'the memo',
  differsWhen:
    'It is not voided, all its allocations are in its currency, and total less allocations is ' +
    'not unusedAmount.',
  question: () => `
    SELECT id AS recordId, transactionIds AS relatedIds, customerId, currency,
      money_text(totalAmount - allocated, currency) AS expected,
      money_text(unusedAmount, currency) AS actual,
      money_text(unusedAmount - (totalAmount - allocated), currency) AS difference,
      isCredit AND status <> 'voided' AND totalAmount - allocated <> unusedAmount AS differs
    FROM memo_sums WHERE isJudged AND isCredit IS NOT FALSE AND (status = 'voided') IS NOT TRUE`,
  expected: 'What is not allocated is unused: {expected} {currency}.',
  found: '{actual} {currency} are shown as unused.',
  action: 'The customer can spend a wrong amount: have Rebilly correct it before it is spent.',
});

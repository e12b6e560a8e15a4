import { rule } from '../rule.ts';

export const memoTax = rule({
  id: 'memo-tax',
  severity: 'medium',
  class: 'mismatch',
  nature: 'state',
  collection: 'credit-memos',
  keySubject: 'the memo',
  differsWhen: 'The taxes of its lines do not add up to taxAmount.',
  question: () => `
    SELECT id AS recordId, []::VARCHAR[] AS relatedIds, customerId, currency,
      money_text(taxes, currency) AS expected,
      money_text(coalesce(taxAmount, 0), currency) AS actual,
      money_text(coalesce(taxAmount, 0) - taxes, currency) AS difference,
      isCredit AND taxes <> coalesce(taxAmount, 0) AS differs
    FROM memo_sums WHERE isJudged AND isCredit IS NOT FALSE`,
  expected: 'The taxes of the lines add up to the tax of the memo: {expected} {currency}.',
  found: 'Its tax is {actual} {currency}.',
  action: 'Check which figure the tax return uses, and correct the memo.',
});

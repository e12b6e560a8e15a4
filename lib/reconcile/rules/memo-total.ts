import { rule } from '../rule.ts';

export const memoTotal = rule({
  id: 'memo-total',
  severity: 'medium',
  class: 'mismatch',
  nature: 'state',
  collection: 'credit-memos',
  keySubject: 'the memo',
  differsWhen:
    'Prices, taxes and shipping do not add up to totalAmount, whether the prices contain the ' +
    'tax or not.',
  question: () => `
    SELECT id AS recordId, []::VARCHAR[] AS relatedIds, customerId, currency,
      money_text(prices + taxes + shippingAmount, currency) AS expected,
      money_text(totalAmount, currency) AS actual,
      money_text(totalAmount - (prices + taxes + shippingAmount), currency) AS difference,
      money_text(prices + shippingAmount, currency) AS taxIncluded,
      isCredit
        AND totalAmount NOT IN (prices + taxes + shippingAmount, prices + shippingAmount)
        AS differs
    FROM memo_sums WHERE isJudged AND isCredit IS NOT FALSE`,
  expected:
    'Lines, taxes and shipping add up to the total: {expected} {currency} (or {taxIncluded}, if ' +
    'prices contain the tax).',
  found: 'The total is {actual} {currency}.',
  action:
    'Review the lines of the memo; correct it with another one if the customer was credited ' +
    'wrongly.',
});

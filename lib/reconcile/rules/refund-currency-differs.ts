import { rule } from '../rule.ts';

export const refundCurrencyDiffers = rule({
  id: 'refund-currency-differs',
  severity: 'high',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the refund',
  differsWhen:
    'Its currency is neither the payment’s, nor that of its purchase, nor the one offered by ' +
    'currency conversion.',
  question: () => `
    SELECT c.id AS recordId, [p.id] AS relatedIds, c.customerId, c.currency,
      p.currency AS expected, c.currency AS actual, NULL AS difference,
      -- Without a conversion there is no quote.
      c.moneyOut AND c.currency NOT IN (p.currency, p.purchaseCurrency,
        CASE WHEN p.hasDcc THEN p.dccQuoteCurrency ELSE coalesce(p.dccQuoteCurrency, p.currency) END)
        AS differs
    FROM links l
    JOIN all_transactions c ON c.id = l.childId
    JOIN all_transactions p ON p.id = l.parentId
    WHERE (c.isJudged OR p.isJudged) AND c.type = 'refund' AND c.moneyOut IS NOT FALSE`,
  expected: 'A refund is in a currency of its payment, here {expected}.',
  found: 'The refund is in {actual}.',
  action:
    'Ask the gateway in which currency it paid the money back, and correct the record in Rebilly.',
});

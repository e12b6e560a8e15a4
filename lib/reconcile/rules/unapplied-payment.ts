import { rule } from '../rule.ts';

export const unappliedPayment = rule({
  id: 'unapplied-payment',
  severity: 'low',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the payment',
  differsWhen:
    'Money in without an invoice, a deposit request or a transfer, on a website where at least ' +
    '80 % of the payments have one.',
  thresholds: {
    sharePercent: {
      value: 80,
      unit: 'percent',
      meaning: 'Per cent of a website’s payments that are applied where the rule applies.',
    },
  },
  question: ({ sharePercent }) => `
    WITH payments AS NOT MATERIALIZED (
      SELECT *, len(invoiceIds) > 0 OR depositRequestId IS NOT NULL OR transferId IS NOT NULL
        AS isApplied
      FROM all_transactions WHERE moneyIn IS NOT FALSE
    ),
    websites AS (
      SELECT websiteId, count(*) FILTER (isApplied) * 100 >= count(*) * ${sharePercent} AS applies
      FROM payments WHERE moneyIn GROUP BY websiteId
    )
    SELECT p.id AS recordId, []::VARCHAR[] AS relatedIds, p.customerId, p.currency,
      'an invoice' AS expected, 'none' AS actual, NULL AS difference,
      money_text(p.amount, p.currency) AS amountText,
      p.moneyIn AND NOT p.isApplied AND w.applies AS differs
    FROM payments p LEFT JOIN websites w ON w.websiteId = p.websiteId
    WHERE p.isJudged`,
  expected: 'Payments on this website pay an invoice, a deposit or a transfer.',
  found: '{amountText} {currency} pay none.',
  action: 'Find out what the customer paid for, and apply the payment.',
});

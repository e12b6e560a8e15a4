import { duplicates } from '../duplicates.ts';
import { rule } from '../rule.ts';
export const duplicateCharge = rule({
  id: 'duplicate-charge',
  severity: 'high',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the earlier payment',
  differsWhen:
    'Another payment of the customer with the same amount, currency and instrument follows ' +
    'within ten minutes, for the same invoice or both without one; not two captures of one ' +
    'authorization, and neither refunded in full.',
  thresholds: {
    withinMinutes: {
      value: 10,
      unit: 'minutes',
      meaning: 'Minutes within which equal payments count as one charged twice.',
    },
  },
  question: ({ withinMinutes }) =>
    duplicates({
      rows: 'SELECT * FROM parents WHERE moneyIn IS NOT FALSE',
      same: ['customerId', 'currency', 'amount'],
      withinMinutes,
      differs: `a.moneyIn AND b.moneyIn
        AND CASE
          WHEN a.paymentInstrumentPaymentInstrumentId IS NULL
            OR b.paymentInstrumentPaymentInstrumentId IS NULL THEN a.bin = b.bin
          ELSE a.paymentInstrumentPaymentInstrumentId = b.paymentInstrumentPaymentInstrumentId
        END
        AND (list_has_any(a.invoiceIds, b.invoiceIds)
          OR len(a.invoiceIds) = 0 AND len(b.invoiceIds) = 0)
        AND (a.type = 'capture' AND b.type = 'capture'
          AND a.parentTransactionId = b.parentTransactionId) IS NOT TRUE
        -- Refunds in another currency cannot be told apart from none or all.
        AND CASE WHEN NOT a.hasForeignRefund THEN a.refunded < a.amount END
        AND CASE WHEN NOT b.hasForeignRefund THEN b.refunded < b.amount END`,
    }),
  expected: 'One purchase is charged once.',
  found:
    '{actual} payments look like one purchase charged again within {withinMinutes} minutes; ' +
    '{difference} {currency} may have been taken twice.',
  action: 'Ask the customer or look at the orders; refund what was charged twice.',
});

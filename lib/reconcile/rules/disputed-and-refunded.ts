import { rule } from '../rule.ts';

export const disputedAndRefunded = rule({
  id: 'disputed-and-refunded',
  severity: 'critical',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the payment',
  differsWhen:
    'A payment whose dispute was lost or forfeited was refunded as well. Critical when all of ' +
    'it was, else medium.',
  question: () => `
    SELECT id AS recordId, refunds AS relatedIds, customerId, currency,
      money_text(0::DECIMAL(38, 18), currency) AS expected,
      money_text(refunded, currency) AS actual, money_text(refunded, currency) AS difference,
      disputeStatus,
      CASE WHEN refunded >= amount THEN 'critical' ELSE 'medium' END AS severity,
      moneyIn AND refunded > 0 AS differs
    FROM parents
    WHERE isJudged AND disputeStatus IN ('lost', 'forfeited') AND moneyIn IS NOT FALSE`,
  expected:
    'The bank has taken the money back (dispute {disputeStatus}): nothing is refunded besides.',
  found: 'Refunds of {actual} {currency} were paid as well: the customer has the money twice.',
  action: 'Present the refund to the bank as evidence, or claim the money back from the customer.',
});

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
      money_text(known, currency) AS actual, money_text(known, currency) AS difference,
      disputeStatus,
      CASE WHEN refunded >= amount THEN 'critical' ELSE 'medium' END AS severity,
      -- A refund in another currency is one as well; how much of it all it was, nobody can tell.
      moneyIn AND (refunded > 0 OR hasForeignRefund) AS differs
    FROM (SELECT *, CASE WHEN NOT hasForeignRefund THEN refunded END AS known FROM parents)
    WHERE isJudged AND disputeStatus IN ('lost', 'forfeited') AND moneyIn IS NOT FALSE`,
  expected:
    'The bank has taken the money back (dispute {disputeStatus}): nothing is refunded besides.',
  found: 'Refunds of {actual} {currency} were paid as well: the customer has the money twice.',
  action: 'Present the refund to the bank as evidence, or claim the money back from the customer.',
});

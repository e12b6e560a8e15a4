import { rule } from '../rule.ts';

export const disputeResponseNeeded = rule({
  id: 'dispute-response-needed',
  severity: 'high',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the disputed payment',
  differsWhen: 'Its dispute waits for an answer.',
  question: () => `
    SELECT id AS recordId, []::VARCHAR[] AS relatedIds, customerId, currency,
      'answered' AS expected, disputeStatus AS actual, NULL AS difference,
      money_text(amount, currency) AS amountText,
      disputeStatus = 'response-needed' AS differs
    FROM judged_transactions WHERE disputeStatus IS NOT NULL`,
  expected: 'Disputes are answered before the bank’s deadline.',
  found: 'The dispute of {amountText} {currency} waits for an answer.',
  action: 'Answer it with evidence, or accept it: without an answer the money is lost.',
});

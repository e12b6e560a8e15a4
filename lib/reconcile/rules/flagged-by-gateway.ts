import { rule } from '../rule.ts';

export const flaggedByGateway = rule({
  id: 'flagged-by-gateway',
  severity: 'high',
  class: 'mismatch',
  nature: 'event',
  collection: 'transactions',
  keySubject: 'the transaction, with its discrepancyTime',
  differsWhen:
    'Rebilly says that the transaction differed from the gateway’s data, at a time not reported ' +
    'before.',
  question: () => `
    SELECT id AS recordId, []::VARCHAR[] AS relatedIds, customerId, currency,
      'as first recorded' AS expected, 'changed by Rebilly' AS actual, NULL AS difference,
      discrepancyTime::VARCHAR AS instant,
      coalesce('on ' || discrepancyTime || ' UTC', 'at an unknown time') AS happened,
      hadDiscrepancy AS differs
    FROM judged_transactions`,
  expected: 'Rebilly’s record and the gateway’s data agree from the start.',
  found: 'They differed, and {happened} Rebilly changed its record to what the gateway says.',
  action:
    'Compare the books with the record as it is now: they may hold the old value. The record’s ' +
    'timeline tells what changed. Then acknowledge.',
});

import { rule } from '../rule.ts';

export const currencyMissing = rule({
  id: 'currency-missing',
  severity: 'medium',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the transaction',
  differsWhen: 'An amount stands without its currency, or a currency without its amount.',
  question: () => `
    WITH pairs AS (
      SELECT id, customerId, currency, list_filter([
        {'name': 'amount', 'lacks': (amount IS NULL) <> (currency IS NULL)},
        {'name': 'requestAmount', 'lacks': (requestAmount IS NULL) <> (requestCurrency IS NULL)},
        {'name': 'purchaseAmount',
          'lacks': (purchaseAmount IS NULL) <> (purchaseCurrency IS NULL)},
        {'name': 'reportAmount', 'lacks': (reportAmount IS NULL) <> (reportCurrency IS NULL)},
        {'name': 'dcc.base.amount', 'lacks': (dccBaseAmount IS NULL) <> (dccBaseCurrency IS NULL)},
        {'name': 'dcc.quote.amount',
          'lacks': (dccQuoteAmount IS NULL) <> (dccQuoteCurrency IS NULL)}
      ], lambda pair: pair.lacks) AS broken
      FROM judged_transactions
    )
    SELECT id AS recordId, []::VARCHAR[] AS relatedIds, customerId, currency,
      'amount and currency' AS expected,
      'one of them: ' || list_aggregate(broken.list_transform(lambda pair: pair.name),
        'string_agg', ', ') AS actual,
      NULL AS difference, len(broken) > 0 AS differs
    FROM pairs`,
  expected: 'Every amount has its currency.',
  found: 'There is only {actual}.',
  action: 'Look the amount up at the gateway, and have Rebilly complete the record.',
});

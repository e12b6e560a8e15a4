import { rule } from '../rule.ts';

/** What the row's amount would be in reports. Only asked of rows whose rate is unusual. */
const CONVERTED = `rounded(TRY_CAST(amount::DOUBLE * median AS DECIMAL(38, 18)), digits)`;
const USUAL = `CASE WHEN currency = reportCurrency THEN amount ELSE ${CONVERTED} END`;

export const reportRateOutlier = rule({
  id: 'report-rate-outlier',
  severity: 'low',
  class: 'mismatch',
  nature: 'state',
  collection: 'transactions',
  keySubject: 'the transaction',
  differsWhen:
    'Its reportAmount is over 5 % and over one minor unit away from what the period’s median ' +
    'rate of its currencies gives (at least 5 rows); or the currencies are equal and the ' +
    'amounts are not.',
  thresholds: {
    percent: {
      value: 5,
      unit: 'percent',
      meaning: 'Per cent by which a rate may differ from the median.',
    },
    leastRows: {
      value: 5,
      unit: 'rows',
      meaning: 'Rows of a pair of currencies that make a median.',
    },
  },
  question: ({ percent, leastRows }) => `
    -- Rounding keeps the noise of doubles from deciding.
    WITH priced AS NOT MATERIALIZED (
      SELECT *, CASE WHEN inPeriod THEN 'period' ELSE businessDate::VARCHAR END AS span
      FROM all_transactions WHERE amount <> 0
    ),
    medians AS (
      SELECT span, currency, reportCurrency, median(reportRate) AS median
      FROM priced WHERE reportRate IS NOT NULL
      GROUP BY ALL HAVING count(*) >= ${leastRows}
    ),
    compared AS (
      SELECT p.*, m.median, coalesce(u.digits, 2) AS digits
      FROM priced p
      LEFT JOIN medians m USING (span, currency, reportCurrency)
      LEFT JOIN minor_units u ON u.currency = p.reportCurrency
      WHERE p.isJudged AND p.reportAmount IS NOT NULL
    )
    SELECT id AS recordId, []::VARCHAR[] AS relatedIds, customerId, reportCurrency AS currency,
      money_text(${USUAL}, reportCurrency) AS expected,
      money_text(reportAmount, reportCurrency) AS actual,
      money_text(reportAmount - ${USUAL}, reportCurrency) AS difference,
      CASE
        WHEN currency = reportCurrency THEN reportAmount <> amount
        WHEN round(abs(reportRate / median - 1), 9) <= ${percent} / 100 THEN false
        ELSE abs(reportAmount - ${CONVERTED})::DOUBLE > power(10, -digits)
      END AS differs
    FROM compared`,
  expected: 'Amounts of one currency are converted alike: to about {expected} {currency}.',
  found: 'The amount in reports is {actual} {currency}.',
  action: 'Use the amount in its own currency; tell Rebilly about the rate.',
});

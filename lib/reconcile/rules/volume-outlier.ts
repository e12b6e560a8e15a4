import { rule } from '../rule.ts';

export const volumeOutlier = rule({
  id: 'volume-outlier',
  severity: 'medium',
  class: 'mismatch',
  nature: 'event',
  collection: 'days',
  keySubject: 'the business day',
  differsWhen:
    'Payments of the day are none, or fewer than 20 % of the median of that weekday in the last ' +
    'four weeks.',
  thresholds: {
    leastPercent: {
      value: 20,
      unit: 'percent',
      meaning: 'Per cent of the usual number of payments that a day needs.',
    },
  },
  question: ({ leastPercent }) => `
    WITH days AS (
      SELECT unnest(generate_series(first_day(), last_day(), INTERVAL 1 DAY))::DATE AS day
      WHERE is_whole()
    ),
    counts AS (
      SELECT businessDate, count(*) FILTER (moneyIn) AS count
      FROM all_transactions WHERE inPeriod GROUP BY businessDate
    ),
    usual AS (
      SELECT d.day, median(v.moneyInCount)::DECIMAL(18, 1) AS median
      FROM days d JOIN volumes v
        ON date_diff('day', v.businessDate, d.day) IN (7, 14, 21, 28)
      GROUP BY d.day
    )
    SELECT d.day::VARCHAR AS recordId, []::VARCHAR[] AS relatedIds, NULL AS customerId,
      NULL AS currency, coalesce(rtrim(rtrim(u.median::VARCHAR, '0'), '.'), 'some') AS expected,
      coalesce(c.count, 0)::VARCHAR AS actual, NULL AS difference, d.day::VARCHAR AS instant,
      -- A weekday on which nobody ever pays may be empty.
      CASE
        WHEN u.median IS NOT NULL THEN coalesce(c.count, 0) * 100 < u.median * ${leastPercent}
        WHEN coalesce(c.count, 0) = 0 THEN true
      END AS differs
    FROM days d
    LEFT JOIN counts c ON c.businessDate = d.day
    LEFT JOIN usual u ON u.day = d.day`,
  expected: 'About {expected} payments come in on such a weekday.',
  found: 'There were {actual}.',
  action:
    'Check that the shop took payments that day, and that the gateways work. Then acknowledge.',
});

import type { Readiness } from '../model/readiness.ts';
import type { Database } from './duckdb.ts';
import type { RuleInForce } from './settings.ts';

export const READINESS_COLUMNS = [
  'period',
  'collection',
  'state',
  'reasons',
  'since',
] as const satisfies readonly (keyof Readiness)[];

/** The last per cent are rows that no batch will ever hold. */
const RECONCILED_PERCENT = 99;

/**
 * Tonight's days, and earlier ones that were not settled yet. A day is settled when no outcome is
 * unknown beyond its grace and nearly all money on accounts that reconcile is reconciled; and, come
 * what may, when it is older than `settleDays`: what is unknown then is a discrepancy. The graces
 * are those of the rule that reports it, outcome-unknown.
 */
export async function readinessOf(
  database: Database,
  { thresholds }: RuleInForce,
  settleDays: number,
): Promise<readonly CountedReadiness[]> {
  const answers = await database.ask(question(thresholds, settleDays));
  return answers as unknown as readonly CountedReadiness[];
}

/** With the counts that decided, for a judge who has not the day's rows at hand. */
export interface CountedReadiness extends Readiness {
  readonly unknownCount: string;
  readonly moneyCount: string;
  readonly reconciledCount: string;
}

function question(graces: Readonly<Record<string, number>>, settleDays: number): string {
  return `
    WITH days AS (
      SELECT d.day::DATE AS day, c.collection FROM
        generate_series(first_day(), last_day(), INTERVAL 1 DAY) d(day),
        (VALUES ('transactions'), ('credit-memos')) c(collection)
      UNION
      SELECT businessDate, collection FROM published WHERE state <> 'settled'
    ),
    counts AS (
      SELECT t.businessDate AS day,
        count(*) FILTER (t.result = 'unknown' AND is_due(t.createdTime, t.businessDate,
          CASE WHEN coalesce(t.paymentInstrumentMethod, t.method) = 'payment-card'
            THEN ${graces['cardDays']} ELSE ${graces['otherDays']} END)) AS unknownCount,
        count(*) FILTER (g.reconciles AND (t.moneyIn OR t.moneyOut)
          AND NOT coalesce(t.isProcessedOutside, false)) AS moneyCount,
        count(*) FILTER (g.reconciles AND (t.moneyIn OR t.moneyOut)
          AND NOT coalesce(t.isProcessedOutside, false) AND t.isReconciled) AS reconciledCount
      FROM all_transactions t LEFT JOIN gateways g ON g.gatewayAccountId = t.gatewayAccountId
      WHERE t.businessDate IN (SELECT day FROM days)
      GROUP BY t.businessDate
    ),
    facts AS (
      -- Of an earlier day only some rows are here: what was counted of all of them goes before.
      SELECT d.day, d.collection, p.state AS stateBefore, p.since AS sinceBefore,
        coalesce(p.unknownCount, if(isPaid, c.unknownCount, 0), 0) AS unknownCount,
        coalesce(p.moneyCount, if(isPaid, c.moneyCount, 0), 0) AS moneyCount,
        coalesce(p.reconciledCount, if(isPaid, c.reconciledCount, 0), 0) AS reconciledCount,
        d.day + ${settleDays} < judged_date() AS isOld
      FROM (SELECT *, collection = 'transactions' AS isPaid FROM days) d
      LEFT JOIN counts c ON c.day = d.day
      LEFT JOIN published p ON p.businessDate = d.day AND p.collection = d.collection
    ),
    judged AS (
      SELECT *, unknownCount > 0 AS hasUnknown,
        reconciledCount * 100 < moneyCount * ${RECONCILED_PERCENT} AS lacksBatches
      FROM facts
    ),
    states AS (
      SELECT *, CASE WHEN isOld OR NOT hasUnknown AND NOT lacksBatches THEN 'settled'
        ELSE 'provisional' END AS state
      FROM judged
    )
    SELECT s.day::VARCHAR AS period, s.collection, s.state,
      concat_ws('; ',
        CASE WHEN isOld THEN 'older than ${settleDays} days' END,
        CASE WHEN hasUnknown THEN unknownCount || ' outcomes unknown beyond their grace' END,
        CASE WHEN moneyCount > 0 THEN reconciledCount || ' of ' || moneyCount || ' reconciled' END
      ) AS reasons,
      CASE WHEN stateBefore = state THEN sinceBefore ELSE last_day()::VARCHAR END AS since,
      unknownCount::VARCHAR AS unknownCount, moneyCount::VARCHAR AS moneyCount,
      reconciledCount::VARCHAR AS reconciledCount
    FROM states s
    ORDER BY s.day, s.collection DESC`;
}

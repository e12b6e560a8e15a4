import { type LocalDay, nextDay } from '../lib/calendar/business-day.ts';
import type { Scope } from '../lib/contract.ts';
import type { Discrepancy } from '../lib/model/discrepancy.ts';
import type { Instant } from '../lib/model/instant.ts';
import type { DatabaseLimits } from '../lib/reconcile/duckdb.ts';
import type { LocalFile } from '../lib/reconcile/files.ts';
import { reconcile as judge, type Reconciliation } from '../lib/reconcile/reconcile.ts';
import { dayFigures } from '../lib/report/movement.ts';
import { summarize } from '../lib/report/summarize.ts';
import type { DayFigures, Summary } from '../lib/report/summary.ts';
import { keyOf } from '../lib/snapshot/totals.ts';
import { localTable, localTotals } from './evidence/local-table.ts';
import type { ManifestContent } from './manifest-content.ts';

/** All that decides what is found: the files of a snapshot and what its manifest says of them. */
export interface Evidence {
  readonly files: readonly LocalFile[];
  readonly manifest: ManifestContent;
}

export interface ReconcileOptions {
  readonly limits: DatabaseLimits;
  readonly nowMs: () => number;
}

export interface Judgement
  extends Pick<Reconciliation, 'discrepancies' | 'restatements' | 'readiness' | 'found'> {
  readonly summary: Summary;
}

/**
 * Judges a snapshot by its files and its manifest alone: whoever does it again, anywhere and at any
 * time, gets the same bytes.
 */
export async function reconcile(
  { files, manifest }: Evidence,
  { limits, nowMs }: ReconcileOptions,
): Promise<Judgement> {
  const { scope, judging } = manifest;
  const { readiness: known, ...judged } = await judge(files, manifest, {
    ...limits,
    nowMs,
    rules: judging.rules,
    settleDays: judging.settleDays,
    judgedAt: Date.parse(judging.judgedAt) as Instant,
    isNight: judging.isNight,
  });
  const { discrepancies, restatements, outcomes, found } = judged;
  // Of what was not read nobody knows whether it is ready.
  const readiness = known.filter(({ collection }) =>
    scope.collections.some((name) => name === collection),
  );
  const totals = await localTotals(files, scope.csv);
  const summary = summarize({
    manifest,
    judgedAt: judging.judgedAt,
    totals,
    discrepancies,
    restatements,
    readiness,
    outcomes,
    days: [...(await earlierDays(files, scope)), ...periodDays(scope, totals, discrepancies)],
    remarks: judging.remarks,
    linkTemplate: judging.linkTemplate,
  });
  return { discrepancies, restatements, readiness, found, summary };
}

function periodDays(
  { firstDay, lastDay }: Scope,
  totals: Parameters<typeof dayFigures>[1],
  discrepancies: readonly Discrepancy[],
): readonly DayFigures[] {
  const linesOf = Map.groupBy(totals, (line) => keyOf(line).businessDate);
  const fresh = discrepancies.filter(({ status }) => status === 'new');
  const freshOn = Map.groupBy(fresh, ({ firstSeen }) => firstSeen);
  const days: DayFigures[] = [];
  for (let day = firstDay as LocalDay; day <= lastDay; day = nextDay(day)) {
    days.push(dayFigures(day, linesOf.get(day) ?? [], freshOn.get(day)?.length ?? 0));
  }
  return days;
}

/** From the first night of the chain to the period; a day without a night is a gap. */
async function earlierDays(
  files: readonly LocalFile[],
  scope: Scope,
): Promise<readonly DayFigures[]> {
  const volumes = await localTable(files, 'inputs/volumes', scope.csv);
  const lines = await localTable(files, 'inputs/money-in', scope.csv);
  const moneyInOf = Map.groupBy(lines, ({ businessDate }) => businessDate!);
  const nights = new Map(volumes.map((volume) => [volume['businessDate']!, volume]));
  const days: DayFigures[] = [];
  const first = [...nights.keys()].sort()[0];
  for (let day = first as LocalDay | undefined; day && day < scope.firstDay; day = nextDay(day)) {
    const night = nights.get(day);
    const moneyIn = (moneyInOf.get(day) ?? []).map(({ currency, count, amount }) => ({
      currency: currency!,
      count: Number(count),
      amount: amount!,
    }));
    const discrepancyCount = Number(night?.['newCount'] ?? 0);
    days.push({ day, missing: night === undefined, moneyIn, discrepancyCount });
  }
  return days;
}

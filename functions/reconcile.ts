import { type LocalDay, nextDay } from '../lib/calendar/business-day.ts';
import type { Config } from '../lib/config.ts';
import type { Manifest, TotalLine } from '../lib/contract.ts';
import type { Discrepancy } from '../lib/model/discrepancy.ts';
import type { Instant } from '../lib/model/instant.ts';
import type { LocalFile } from '../lib/reconcile/files.ts';
import { reconcile as judge, type Reconciliation } from '../lib/reconcile/reconcile.ts';
import { dayFigures } from '../lib/report/movement.ts';
import { summarize } from '../lib/report/summarize.ts';
import type { DayFigures, Summary } from '../lib/report/summary.ts';
import type { SnapshotBytes } from '../lib/snapshot/finding.ts';
import { tableRows } from '../lib/snapshot/table-rows.ts';
import { KEY_COLUMNS, keyOf } from '../lib/snapshot/totals.ts';
import { CONTROL_TOTALS } from './predecessor.ts';

/** What a laptop can spare; tables that need more are spilled to the disk. */
const MEMORY_LIMIT = '1GB';

/** Reading CSV is most of the work; each further thread holds a further piece of it in memory. */
const THREAD_COUNT = 4;

/** Where else a day's rows come from than from the day itself. */
const OTHER_DAYS = /^(inputs\/|context-|changed-)/;

const ALONE =
  'This snapshot was judged alone: rules that need other days, or what the API says of a record ' +
  'by itself, did not apply to the rows concerned.';

/** A snapshot that was found whole. */
export interface WholeSnapshot {
  readonly manifest: Manifest;
  readonly bytes: SnapshotBytes;
  /** Where a file of it lies on this machine. */
  locate(name: string): string;
}

export interface ReconcileOptions {
  readonly config: Pick<Config, 'rules' | 'settleDays' | 'report'>;
  /** A folder for what does not fit into memory. */
  readonly spillDirectory: string;
  readonly nowMs: () => number;
}

export interface Judgement
  extends Pick<Reconciliation, 'discrepancies' | 'restatements' | 'readiness'> {
  readonly summary: Summary;
}

/**
 * Judges a snapshot as of the instant at which it was finished, from its files and the
 * configuration alone: whoever does it again, anywhere and at any time, gets the same bytes.
 */
export async function reconcile(
  snapshot: WholeSnapshot,
  { config, ...options }: ReconcileOptions,
): Promise<Judgement> {
  const { manifest, locate } = snapshot;
  const judgedAt = Date.parse(manifest.finishedAt) as Instant;
  const files = manifest.files.map(({ name }): LocalFile => ({ name, path: locate(name) }));
  const { readiness: known, ...judged } = await judge(files, manifest, {
    ...options,
    rules: config.rules,
    settleDays: config.settleDays,
    judgedAt,
    isNight: false,
    memoryLimit: MEMORY_LIMIT,
    threadCount: THREAD_COUNT,
  });
  const { discrepancies, restatements, outcomes } = judged;
  // Of what was not read nobody knows whether it is ready.
  const readiness = known.filter(({ collection }) =>
    manifest.scope.collections.some((name) => name === collection),
  );
  const totals = await totalsOf(snapshot);
  const summary = summarize({
    manifest,
    judgedAt: manifest.finishedAt,
    totals,
    discrepancies,
    restatements,
    readiness,
    outcomes,
    days: daysOf(manifest, totals, discrepancies),
    remarks: files.some(({ name }) => OTHER_DAYS.test(name)) ? [] : [ALONE],
    linkTemplate: config.report.linkTemplate,
  });
  return { discrepancies, restatements, readiness, summary };
}

async function totalsOf({ bytes, manifest }: WholeSnapshot): Promise<readonly TotalLine[]> {
  const lines: TotalLine[] = [];
  for await (const { cell } of tableRows(bytes, manifest, CONTROL_TOTALS)) {
    lines.push({
      key: KEY_COLUMNS.map((name) => cell(name)),
      count: Number(cell('count')),
      amount: cell('amount'),
      reportAmount: cell('reportAmount'),
    });
  }
  return lines;
}

/** The days of the period; others are not known here. */
function daysOf(
  { scope }: Manifest,
  totals: readonly TotalLine[],
  discrepancies: readonly Discrepancy[],
): readonly DayFigures[] {
  const linesOf = Map.groupBy(totals, (line) => keyOf(line).businessDate);
  const fresh = discrepancies.filter(({ status }) => status === 'new');
  const freshOn = Map.groupBy(fresh, ({ firstSeen }) => firstSeen);
  const days: DayFigures[] = [];
  for (let day = scope.firstDay as LocalDay; day <= scope.lastDay; day = nextDay(day)) {
    days.push(dayFigures(day, linesOf.get(day) ?? [], freshOn.get(day)?.length ?? 0));
  }
  return days;
}

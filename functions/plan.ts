import { createHash } from 'node:crypto';
import { timeZone } from '../lib/calendar/business-day.ts';
import { assertClosed, isClosed, type Period } from '../lib/calendar/period.ts';
import type { Settings } from '../lib/config.ts';
import { COLUMNS_VERSION, type RunPlan, type Scope } from '../lib/contract.ts';
import { runId } from '../lib/model/ids.ts';
import { type Instant, instantText, secondOf } from '../lib/model/instant.ts';
import { COLLECTIONS } from '../lib/model/records.ts';
import { userFilter } from '../lib/rebilly/filter.ts';
import { planLanes } from '../lib/rebilly/lanes.ts';
import type { Station } from './station.ts';

/** What a run was asked to cover. */
export interface RunQuestion {
  readonly period: Period;
  /** Read a period that is not over yet; what comes of it is a view. */
  readonly force: boolean;
  /** The run of yesterday that the chain goes on from, not one of a day that somebody named. */
  readonly isNight: boolean;
}

/** Everything that can be said without asking the API: which files these settings would make. */
export function scopeOf(settings: Settings, period: Period): Scope {
  return {
    organizationId: settings.organizationId,
    environment: settings.environment,
    timezone: timeZone(settings.timezone),
    firstDay: period.firstDay,
    lastDay: period.lastDay,
    collections: settings.collections,
    filter: userFilter(settings.filter),
    columnsVersion: COLUMNS_VERSION,
    addedColumns: settings.columns.add,
    csv: settings.csv,
  };
}

/** Cuts the period into lanes by counting; nothing is read yet and nothing written. */
export async function plan(station: Station, question: RunQuestion): Promise<RunPlan> {
  const { settings, source, clock } = station;
  const { period } = question;
  const startedAt = clock.now();
  const scope = scopeOf(settings, period);
  const view = viewAsked(settings, question, startedAt);
  const plans = await Promise.all(
    scope.collections.map((collection) =>
      planLanes(source, {
        collection,
        from: secondOf(period.start),
        to: secondOf(period.end),
        filter: scope.filter,
        laneRows: settings.laneRows,
        concurrency: settings.concurrency,
      }),
    ),
  );
  return {
    runId: runId(instantText(startedAt)),
    startedAt: instantText(startedAt),
    scope,
    period: { start: instantText(period.start), end: instantText(period.end) },
    view,
    isNight: question.isNight && view === '' && period.firstDay === period.lastDay,
    lanes: plans.flatMap(({ lanes }) => lanes),
    capped: scope.collections.filter((_, at) => plans[at]!.totalCap !== undefined),
  };
}

/** The view a run would be published under now, '' for the night; `PERIOD_OPEN` for neither. */
export function viewAsked(settings: Settings, question: RunQuestion, now: Instant): string {
  const { period, force } = question;
  if (!force) assertClosed(period, now, settings.graceMinutes);
  return viewOf(scopeOf(settings, period), isClosed(period, now, settings.graceMinutes));
}

/** What shows less than the night must never be taken for it: it is published as a view. */
function viewOf({ filter, collections }: Scope, closed: boolean): string {
  const whole = filter === '' && collections.length === COLLECTIONS.length && closed;
  if (whole) return '';
  const what = JSON.stringify({ filter, collections, closed });
  return createHash('sha256').update(what).digest('hex').slice(0, 12);
}

/** Whether two runs would read the same rows into the same bytes. */
export function isSameScope(a: Scope, b: Scope): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The age up to which what an interrupted run read is still what a new one would read. */
const PART_LIFE_MS = 24 * 3_600_000;

export function isFresh(plan: Pick<RunPlan, 'startedAt'>, now: Instant): boolean {
  return now - Date.parse(plan.startedAt) < PART_LIFE_MS;
}

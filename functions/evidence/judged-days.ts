import {
  businessDate,
  daysBefore,
  type LocalDay,
  previousDay,
  type TimeZone,
} from '../../lib/calendar/business-day.ts';
import type { Instant } from '../../lib/model/instant.ts';
import { gracesInForce } from '../../lib/reconcile/settings.ts';
import type { Ground } from './ground.ts';

/** Earlier business days whose known rows a run looks at again. */
export interface JudgedDays {
  /** Their rows come of age tonight. */
  readonly aged: readonly LocalDay[];
  /** Their rows help to judge others, or to tell whether the day is settled. */
  readonly others: readonly LocalDay[];
}

export function judgedDays(ground: Ground): JudgedDays {
  const { run, carried, chain } = ground;
  const firstDay = run.scope.firstDay as LocalDay;
  // Twins of a day's first rows stand in the day before.
  const dayBefore = previousDay(firstDay);
  if (!run.isNight) return { aged: [], others: [dayBefore] };
  const aged = daysComingOfAge(ground);
  const nights = new Set<string>(chain.nights.map(({ day }) => day));
  const unsettled = carried.published
    .filter(({ businessDate: day, state }) => state !== 'settled' && nights.has(day!))
    .map((row) => row['businessDate'] as LocalDay);
  const others = new Set([dayBefore, ...unsettled].filter((day) => !aged.includes(day)));
  return { aged, others: [...others].sort() };
}

/**
 * For each grace the business days that passed it since the night before judged: one, or more after
 * missed nights. Nothing is known of days before the first night.
 */
function daysComingOfAge({ station, run, night, chain }: Ground): readonly LocalDay[] {
  const zone = run.scope.timezone as TimeZone;
  const first = chain.nights.at(-1)?.day;
  if (night === undefined || first === undefined) return [];
  const [before, now] = [night.manifest.judging.judgedAt, run.startedAt].map((text) =>
    businessDate(Date.parse(text) as Instant, zone),
  );
  const aged = new Set<LocalDay>();
  for (const grace of gracesInForce(station.settings.rules)) {
    // `before` itself had not passed by a night that judged on it.
    for (let day = previousDay(now!); day >= before!; day = previousDay(day)) {
      const ofAge = daysBefore(day, grace);
      if (ofAge >= first && ofAge < run.scope.firstDay) aged.add(ofAge);
    }
  }
  return [...aged].sort();
}

import { Fault } from '../model/fault.ts';
import type { Instant } from '../model/instant.ts';
import { dayBounds, daysBetween, type LocalDay, type TimeZone } from './business-day.ts';

/** What a run covers: business days, both included, and their time, half-open. */
export interface Period {
  readonly firstDay: LocalDay;
  readonly lastDay: LocalDay;
  readonly zone: TimeZone;
  readonly start: Instant;
  readonly end: Instant;
}

/** A leap year: the longest span an accountant closes at once. More is more than one run. */
export const MAX_PERIOD_DAYS = 366;

const MINUTE_MS = 60_000;

export function periodOf(firstDay: LocalDay, lastDay: LocalDay, zone: TimeZone): Period {
  const dayCount = daysBetween(firstDay, lastDay) + 1;
  if (dayCount < 1) {
    throw new Fault(
      'PERIOD_REVERSED',
      `The period begins on ${firstDay}, after its last day ${lastDay}.`,
      'Give the earlier day as --from and the later one as --to.',
    );
  }
  if (dayCount > MAX_PERIOD_DAYS) {
    throw new Fault(
      'PERIOD_TOO_LONG',
      `${firstDay} to ${lastDay} is ${dayCount} days; a run covers ${MAX_PERIOD_DAYS} at most.`,
      'Cut it into several runs, for example one a month.',
    );
  }
  const { start } = dayBounds(firstDay, zone);
  const { end } = dayBounds(lastDay, zone);
  if (start === end) {
    throw new Fault(
      'DATE_INVALID',
      `${firstDay} never happened in ${zone}: clocks went past it.`,
      'Give the day before or the day after.',
    );
  }
  return { firstDay, lastDay, zone, start, end };
}

/**
 * The instant from which the period may be read. Rebilly gives up on an offsite payment an hour
 * after it began, so a day's rows are not what they will be before the grace is over.
 */
export function cutOff(period: Period, graceMinutes: number): Instant {
  return (period.end + graceMinutes * MINUTE_MS) as Instant;
}

export function isClosed(period: Period, now: Instant, graceMinutes: number): boolean {
  return now >= cutOff(period, graceMinutes);
}

export function assertClosed(period: Period, now: Instant, graceMinutes: number): void {
  if (isClosed(period, now, graceMinutes)) return;
  const { lastDay, zone } = period;
  const opensAt = wallClockText(cutOff(period, graceMinutes), zone);
  throw new Fault(
    'PERIOD_OPEN',
    `${lastDay} in ${zone}, with ${graceMinutes} minutes of grace, is over at ${opensAt}.`,
    'Run it then, or add --force for a view that does not count as the night.',
  );
}

/** `2026-11-21 01:00`, as a clock on the wall of the books shows it. */
function wallClockText(instant: Instant, zone: TimeZone): string {
  return new Intl.DateTimeFormat('sv', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  }).format(instant);
}

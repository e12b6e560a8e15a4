import { tz, tzOffset } from '@date-fns/tz';
// By file: the whole of date-fns takes a second and 200 MiB to load.
import { addDays } from 'date-fns/addDays';
import { differenceInCalendarDays } from 'date-fns/differenceInCalendarDays';
import { Fault } from '../model/fault.ts';
import { type EpochSecond, type Instant, instantOf, secondOf } from '../model/instant.ts';

/** A calendar day, `YYYY-MM-DD`. It is no instant: only with a zone does it begin and end. */
export type LocalDay = string & { readonly localDay: unique symbol };

/** An IANA time zone that this machine knows, spelled as IANA does: `Europe/Berlin`. */
export type TimeZone = string & { readonly timeZone: unique symbol };

/** A business day's time, half-open: 24 hours, 23 or 25 where clocks change, 0 where it was skipped. */
export interface DayBounds {
  readonly start: Instant;
  readonly end: Instant;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAY_SECONDS = 86_400;

/** Days the books can have: after the epoch, and well before the years that a Date cannot hold. */
const YEARS = /^(19[7-9]|2\d\d)\d-/;

/** Refuses what is no day of the calendar: 30 February, 2026-1-5, a time. */
export function parseLocalDay(text: string): LocalDay {
  if (/^\d{4}-\d\d-\d\d$/.test(text) && YEARS.test(text)) {
    const utcMs = utcMidnight(text as LocalDay);
    // Date rolls 30 February over to March: what comes back must be what was written.
    if (!Number.isNaN(utcMs) && dayAt(utcMs) === text) return text as LocalDay;
  }
  throw new Fault(
    'DATE_INVALID',
    `'${text}' is no calendar day from 1970 to 2999.`,
    'Write it YYYY-MM-DD, for example 2026-11-20.',
  );
}

/**
 * Takes UTC and the names of IANA's database that have a region, links such as Asia/Kolkata and
 * US/Pacific included, in any case where the machine can tell the right one. Offsets know no summer
 * time, and `IST` is Dublin, Jerusalem and Kolkata: both are refused.
 */
export function timeZone(text: string): TimeZone {
  const known = knownZone(text);
  if (known?.toLowerCase() === text.toLowerCase() && isZoneName(known)) return known as TimeZone;
  // A link resolves to another name. It stays as it was given: the user knows the zone by it.
  if (known !== undefined && isZoneName(text)) return text as TimeZone;
  throw new Fault(
    'ZONE_UNKNOWN',
    `'${text}' is no time zone of the IANA database.`,
    'Write it as IANA does, for example Europe/Berlin, America/New_York or UTC.',
  );
}

function isZoneName(text: string): boolean {
  return text === 'UTC' || /^[A-Z][\w+-]*(\/[A-Z][\w+-]*)+$/.test(text);
}

function knownZone(text: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    // Intl has no other way to say that it does not know a zone.
    return undefined;
  }
}

/** The days of a zone are back to back: the end of one is the start of the next. */
export function dayBounds(day: LocalDay, zone: TimeZone): DayBounds {
  return { start: startOf(day, zone), end: startOf(nextDay(day), zone) };
}

/**
 * The first instant at which clocks of the zone show the day.
 *
 * The clocks in force a day before and a day after each have their midnight; the earlier one that
 * really was shown is the start. Where midnight was skipped, clocks jumped when the old ones struck
 * it. date-fns' `startOfDay` on a `TZDate` is not used: it asks the machine's own zone in between,
 * and with TZ=Europe/Berlin it is an hour off for America/Asuncion on 2023-03-26.
 */
function startOf(day: LocalDay, zone: TimeZone): Instant {
  const midnightMs = utcMidnight(day);
  const oldMs = midnightMs - offsetMs(zone, midnightMs - DAY_MS);
  const newMs = midnightMs - offsetMs(zone, midnightMs + DAY_MS);
  const isShown = (instantMs: number) => instantMs + offsetMs(zone, instantMs) === midnightMs;
  const candidates = [Math.min(oldMs, newMs), Math.max(oldMs, newMs)];
  return (candidates.find(isShown) ?? oldMs) as Instant;
}

function offsetMs(zone: TimeZone, instantMs: number): number {
  return tzOffset(zone, new Date(instantMs)) * MINUTE_MS;
}

interface Window {
  readonly day: LocalDay;
  readonly from: EpochSecond;
  readonly to: EpochSecond;
}

/**
 * Makes the function that tells a second's business date. It is asked for every row, so it keeps
 * the day of its last answer and the days it has met, by the UTC days they touch: a few thousand at
 * most, for rows of one organization.
 */
export function createBusinessDate(zone: TimeZone): (second: EpochSecond) => LocalDay {
  const met = new Map<number, Window[]>();
  let last: Window = { day: '' as LocalDay, from: 0 as EpochSecond, to: 0 as EpochSecond };

  return (second) => {
    if (second >= last.from && second < last.to) return last.day;
    const utcDay = Math.floor(second / DAY_SECONDS);
    const windows = met.get(utcDay) ?? [];
    const known = windows.find((window) => second >= window.from && second < window.to);
    last = known ?? windowOf(second, zone);
    if (known === undefined) met.set(utcDay, [...windows, last]);
    return last.day;
  };
}

function windowOf(second: EpochSecond, zone: TimeZone): Window {
  const instant = instantOf(second);
  let day = dayAt(instant + offsetMs(zone, instant));
  let { start, end } = dayBounds(day, zone);
  // Clocks set back over midnight show the old day again. It has ended: the new one goes on.
  while (instant >= end) {
    day = nextDay(day);
    ({ start, end } = dayBounds(day, zone));
  }
  return { day, from: secondOf(start), to: secondOf(end) };
}

export function businessDate(instant: Instant, zone: TimeZone): LocalDay {
  return windowOf(secondOf(instant), zone).day;
}

/** The business day before the current one, which is not always the date before (Samoa, 2011). */
export function yesterday(now: Instant, zone: TimeZone): LocalDay {
  const { start } = dayBounds(businessDate(now, zone), zone);
  return businessDate((start - 1) as Instant, zone);
}

/** A calendar has no zone; counted in UTC no day of it is longer than another. */
const CALENDAR = { in: tz('UTC') };

export function nextDay(day: LocalDay): LocalDay {
  return dayAt(+addDays(utcMidnight(day), 1, CALENDAR));
}

export function previousDay(day: LocalDay): LocalDay {
  return daysBefore(day, 1);
}

export function daysBefore(day: LocalDay, count: number): LocalDay {
  return dayAt(+addDays(utcMidnight(day), -count, CALENDAR));
}

/** How many days `last` comes after `first`; 0 for the same day, negative when it comes before. */
export function daysBetween(first: LocalDay, last: LocalDay): number {
  return differenceInCalendarDays(utcMidnight(last), utcMidnight(first), CALENDAR);
}

function utcMidnight(day: LocalDay): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function dayAt(utcMs: number): LocalDay {
  return new Date(utcMs).toISOString().slice(0, 10) as LocalDay;
}

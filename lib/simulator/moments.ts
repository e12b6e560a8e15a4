import type { Instant } from '../model/instant.ts';

/**
 * Times as text, fast: a page of a thousand rows holds five thousand of them, and `Date` would take
 * longer for them than for everything else together.
 */
export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const twoDigits = (n: number) => (n < 10 ? `0${n}` : `${n}`);

const MINUTES = Array.from(
  { length: 24 * 60 },
  (_, n) => `T${twoDigits(Math.floor(n / 60))}:${twoDigits(n % 60)}:`,
);
const SECONDS = Array.from({ length: 60 }, (_, n) => twoDigits(n));
const SECONDS_UTC = SECONDS.map((text) => `${text}Z`);

/** A world lasts some hundred days, and every row names a few of them. */
const DAYS = new Map<number, string>();

function dayText(day: number): string {
  let text = DAYS.get(day);
  if (text === undefined) {
    text = new Date(day * DAY_MS).toISOString().slice(0, 10);
    DAYS.set(day, text);
  }
  return text;
}

/** `2026-11-20T23:59:59`, without fraction or zone. */
export function wallText(instant: Instant): string {
  const day = Math.floor(instant / DAY_MS);
  const second = Math.floor((instant - day * DAY_MS) / SECOND_MS);
  return `${dayText(day)}${MINUTES[(second / 60) | 0]}${SECONDS[second % 60]}`;
}

/** `2026-11-20T23:59:59Z`; with its milliseconds, where it has some: `2026-11-20T23:59:59.250Z`. */
export function momentText(instant: Instant): string {
  const ms = instant % SECOND_MS;
  if (ms === 0) {
    const day = Math.floor(instant / DAY_MS);
    const second = (instant - day * DAY_MS) / SECOND_MS;
    // Put together from the right: V8 copies up to 12 letters, but makes a tree of longer texts.
    return dayText(day) + (MINUTES[(second / 60) | 0]! + SECONDS_UTC[second % 60]!);
  }
  return `${wallText(instant)}.${`${Math.floor(ms)}`.padStart(3, '0')}Z`;
}

export function after(instant: Instant, ms: number): Instant {
  return (instant + ms) as Instant;
}

import { tzOffset } from '@date-fns/tz';
import { parseTimestamp } from '../model/instant.ts';

/** Written out here and not by Intl: its words and commas change with the machine's version. */
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const MINUTE_MS = 60_000;

/** `2026-11-20` as `Friday, 20 November 2026`; what is no day comes back as it is. */
export function longDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  const weekday = WEEKDAYS[date.getUTCDay()];
  return `${weekday}, ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `2026-11-20` as `20 Nov`: where the year is plain from what stands around it. */
export function shortDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]!.slice(0, 3)}`;
}

/** `Friday, 20 November 2026`, or `1 Nov to 30 Nov 2026` for a range, last day included. */
export function periodText(firstDay: string, lastDay: string): string {
  if (firstDay === lastDay) return longDay(firstDay);
  return `${shortDay(firstDay)} ${firstDay.slice(0, 4)} to ${shortDay(lastDay)} ${lastDay.slice(0, 4)}`;
}

/** An instant as the clocks of the books show it: `2026-11-21 07:15:00 (UTC+1)`. */
export function zonedText(instant: string, timezone: string): string {
  const timestamp = parseTimestamp(instant);
  if (timestamp === undefined) return instant;
  const utcMs = timestamp.second * 1000;
  const offsetMinutes = tzOffset(timezone, new Date(utcMs));
  const local = new Date(utcMs + offsetMinutes * MINUTE_MS).toISOString();
  const offset = offsetText(offsetMinutes);
  return `${local.slice(0, 10)} ${local.slice(11, 19)}${offset === 'UTC' ? '' : ` (${offset})`}`;
}

/** `UTC+5:30` */
function offsetText(offsetMinutes: number): string {
  if (offsetMinutes === 0) return 'UTC';
  const [hours, minutes] = [Math.trunc(Math.abs(offsetMinutes) / 60), Math.abs(offsetMinutes) % 60];
  const tail = minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`;
  return `UTC${offsetMinutes < 0 ? '\u2212' : '+'}${hours}${tail}`;
}

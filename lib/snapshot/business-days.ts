import { createBusinessDate, timeZone } from '../calendar/business-day.ts';
import type { EpochSecond } from '../model/instant.ts';

/** Tells the business date of a time cell; '' for an empty one. */
export function createDayOfCell(zone: string): (cell: string) => string {
  const businessDate = createBusinessDate(timeZone(zone));
  return (cell) => (cell === '' ? '' : businessDate(secondOfCell(cell)));
}

/** A time cell is ISO 8601 in UTC: each part stands at its place. */
function secondOfCell(cell: string): EpochSecond {
  const utcMs = Date.UTC(
    twoDigits(cell, 0) * 100 + twoDigits(cell, 2),
    twoDigits(cell, 5) - 1,
    twoDigits(cell, 8),
    twoDigits(cell, 11),
    twoDigits(cell, 14),
    twoDigits(cell, 17),
  );
  return (utcMs / 1000) as EpochSecond;
}

const CODE_OF_ZERO = 48;

function twoDigits(text: string, at: number): number {
  return text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 11 * CODE_OF_ZERO;
}

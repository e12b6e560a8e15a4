import { tzOffset } from '@date-fns/tz';

/** Clock changes are looked for from 2025 on; rules that stand in the database go on as they are. */
const FROM_MS = Date.UTC(2025, 0, 1);
const YEARS = 20;
const DAYS_OF_A_YEAR = 366;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Clocks change on a quarter of an hour: nobody has changed them at another minute since 1990. */
const STEP_MS = 15 * MINUTE_MS;

/**
 * Hours `H:00` that clocks of a zone pass over on some day of the year: a schedule at one of them
 * would not run on that day. Undefined where this machine knows no such zone.
 */
export function hoursSkipped(zone: string, years = YEARS): ReadonlySet<number> | undefined {
  // Offsets and short names are no places: `EST` has no summer time, `IST` is three countries.
  if (zone !== 'UTC' && !zone.includes('/')) return undefined;
  if (Number.isNaN(tzOffset(zone, new Date(FROM_MS)))) return undefined;
  const skipped = new Set<number>();
  let oldMs = offsetMs(zone, FROM_MS);
  for (let day = 0; day < years * DAYS_OF_A_YEAR; day += 1) {
    const fromMs = FROM_MS + day * DAY_MS;
    const newMs = offsetMs(zone, fromMs + DAY_MS);
    if (newMs === oldMs) continue;
    oldMs = newMs;
    for (let atMs = fromMs; atMs < fromMs + DAY_MS; atMs += STEP_MS)
      addSkipped(skipped, zone, atMs);
  }
  return skipped;
}

/** Clocks that jump at `atMs` pass over the whole hours from what they showed to what they show. */
function addSkipped(skipped: Set<number>, zone: string, atMs: number): void {
  const oldMs = atMs + STEP_MS + offsetMs(zone, atMs);
  const newMs = atMs + STEP_MS + offsetMs(zone, atMs + STEP_MS);
  const firstMs = Math.ceil(oldMs / HOUR_MS) * HOUR_MS;
  for (let hourMs = firstMs; hourMs < newMs; hourMs += HOUR_MS) {
    skipped.add((hourMs % DAY_MS) / HOUR_MS);
  }
}

function offsetMs(zone: string, atMs: number): number {
  return tzOffset(zone, new Date(atMs)) * MINUTE_MS;
}

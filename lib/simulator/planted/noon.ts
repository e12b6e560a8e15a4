import type { Instant } from '../../model/instant.ts';
import { DAY_MS, HOUR_MS } from '../moments.ts';
import type { Span } from './bed.ts';

/** Noon, so many days after a day began: the night of that day is the first to see what happens. */
export function noon({ start }: Span, days: number): Instant {
  return (start + days * DAY_MS + 12 * HOUR_MS) as Instant;
}

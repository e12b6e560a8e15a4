import {
  businessDate,
  daysBefore,
  type LocalDay,
  parseLocalDay,
  previousDay,
  timeZone,
} from '../lib/calendar/business-day.ts';
import { periodOf } from '../lib/calendar/period.ts';
import type { Settings } from '../lib/config.ts';
import type { Instant } from '../lib/model/instant.ts';
import type { Store } from '../lib/store/store.ts';
import { readChain } from './evidence/chain.ts';
import { scopeOf } from './plan.ts';

/** The business days up to yesterday that ought to have a night and have none, oldest first. */
export async function missingNights(
  store: Store,
  settings: Settings,
  now: Instant,
): Promise<readonly LocalDay[]> {
  const zone = timeZone(settings.timezone);
  const today = businessDate(now, zone);
  const yesterday = previousDay(today);
  const firstDay = settings.firstDay === undefined ? '' : parseLocalDay(settings.firstDay);
  const scope = scopeOf(settings, periodOf(yesterday, yesterday, zone));
  const dayCount = settings.catchUpDays + 1;
  // Nothing is copied here: of a night that counts the manifest is read, and sizes are compared.
  const chain = await readChain(store, { scope, before: today, dayCount }, '');
  const known = new Set<string>(chain.nights.map(({ day }) => day));
  const days = Array.from({ length: dayCount }, (_, at) => daysBefore(today, dayCount - at));
  return days.filter((day) => !known.has(day) && day >= firstDay);
}

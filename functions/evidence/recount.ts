import { dayBounds, type LocalDay, type TimeZone } from '../../lib/calendar/business-day.ts';
import type { CollectionName } from '../../lib/model/records.ts';
import type { Station } from '../station.ts';
import { countCreated } from './reread.ts';

/** A published business day of one collection, and how many rows of it are known. */
export interface KnownDay {
  readonly day: LocalDay;
  readonly collection: CollectionName;
  readonly rowCount: number;
}

/** Counts published days again; gives back those whose rows are no longer as many as were known. */
export async function recount(
  station: Station,
  zone: TimeZone,
  days: readonly KnownDay[],
): Promise<readonly KnownDay[]> {
  const counted = await Promise.all(
    days.map(async (known) => {
      const { day, collection, rowCount } = known;
      const now = await countCreated(station, collection, dayBounds(day, zone), rowCount);
      return { ...known, rowCount: now, differs: now !== rowCount };
    }),
  );
  return counted
    .filter(({ differs }) => differs)
    .map(({ day, collection, rowCount }) => ({ day, collection, rowCount }));
}

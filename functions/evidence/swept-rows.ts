import {
  dayBounds,
  daysBefore,
  type LocalDay,
  type TimeZone,
} from '../../lib/calendar/business-day.ts';
import type { RunPlan } from '../../lib/contract.ts';
import { Fault } from '../../lib/model/fault.ts';
import { type EpochSecond, type Instant, secondOf } from '../../lib/model/instant.ts';
import { COLLECTIONS, type CollectionName } from '../../lib/model/records.ts';
import { sweep } from '../../lib/rebilly/sweep.ts';
import type { Station } from '../station.ts';
import type { Pile } from './pile.ts';
import { reread } from './reread.ts';

/** A sweep that lost its way in a second that fills while it is read begins again. */
const MOST_SWEEPS = 3;

/**
 * Reads the rows of earlier periods that changed since an instant. Where the API does not filter by
 * `updatedTime`, the last `lookbackDays` are read again instead: then most rows are as they were.
 */
export async function readChanged(
  station: Station,
  run: RunPlan,
  sinceInstant: Instant,
  pile: Pile,
): Promise<void> {
  const since = secondOf(sinceInstant);
  for (const collection of COLLECTIONS) {
    const isSwept = await sweepInto(station, run, collection, since, pile);
    if (!isSwept) await lookBack(station, run, collection, pile);
  }
}

/** False where the API refuses the question. */
async function sweepInto(
  { source, report }: Station,
  { period }: RunPlan,
  collection: CollectionName,
  since: EpochSecond,
  pile: Pile,
): Promise<boolean> {
  const createdUpTo = secondOf(Date.parse(period.start) as Instant);
  for (let sweeps = 1; ; sweeps += 1) {
    try {
      for await (const rows of sweep(source, { collection, since, createdUpTo })) {
        await pile.add(
          collection,
          rows.map(({ record }) => record),
        );
        report({ type: 'changed', collection, rowCount: rows.length });
      }
      return true;
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      if (error.code === 'REQUEST_REFUSED') return false;
      if (error.code !== 'INCOMPLETE' || sweeps === MOST_SWEEPS) throw error;
    }
  }
}

async function lookBack(
  station: Station,
  { scope, period }: RunPlan,
  collection: CollectionName,
  pile: Pile,
): Promise<void> {
  const day = daysBefore(scope.firstDay as LocalDay, station.settings.lookbackDays);
  const { start } = dayBounds(day, scope.timezone as TimeZone);
  const end = Date.parse(period.start) as Instant;
  await reread(station, {
    collection,
    start,
    end,
    take: (records) => pile.add(collection, records),
  });
}

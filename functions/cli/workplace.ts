import { parseLocalDay, timeZone, yesterday } from '../../lib/calendar/business-day.ts';
import { type Period, periodOf } from '../../lib/calendar/period.ts';
import type { Settings } from '../../lib/config.ts';
import type { Instant } from '../../lib/model/instant.ts';
import { openStore } from '../open-store.ts';
import type { Runtime } from '../runtime.ts';
import { withScratch } from '../scratch.ts';
import { openSource, type Station } from '../station.ts';
import type { AskedDays } from './flags.ts';
import { createReporter } from './reporter.ts';

export interface WorkplaceOptions {
  readonly apiKey: string;
  readonly quiet: boolean;
}

/** Opens what a run works with, and closes it again whatever comes of the work. */
export async function atWork<Result>(
  runtime: Runtime,
  settings: Settings,
  { apiKey, quiet }: WorkplaceOptions,
  work: (station: Station) => Promise<Result>,
): Promise<Result> {
  const { clock, random, stopSignal } = runtime;
  const { report, close } = createReporter(runtime, { quiet });
  const source = openSource(settings, { clock, random, apiKey, report });
  const stop = (): void => source.stop(stopSignal.reason);
  stopSignal.addEventListener('abort', stop);
  try {
    const store = await openStore(settings.dest);
    return await withScratch((scratch) =>
      work({ settings, clock, source, store, report, scratch }),
    );
  } finally {
    stopSignal.removeEventListener('abort', stop);
    close();
    await source.close();
  }
}

/** The days that were asked for, or yesterday, in the time zone of the books. */
export function periodAsked(settings: Settings, days: AskedDays | undefined, now: Instant): Period {
  const zone = timeZone(settings.timezone);
  const { from, to } = days ?? { from: yesterday(now, zone), to: yesterday(now, zone) };
  return periodOf(parseLocalDay(from), parseLocalDay(to), zone);
}

import type { Settings } from '../lib/config.ts';
import { type Clock, instantText } from '../lib/model/instant.ts';
import type { Report } from '../lib/model/run-event.ts';
import type { Patience } from '../lib/rebilly/postponed.ts';
import { createSource, type Source } from '../lib/rebilly/source.ts';
import type { Store } from '../lib/store/store.ts';

/** What every step of a run works with. */
export interface Station {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly source: Source;
  readonly store: Store;
  readonly report: Report;
  /** A folder of this machine's disk, for the time of the work. */
  readonly scratch: string;
}

export interface SourceNeeds {
  readonly clock: Clock;
  readonly random: () => number;
  readonly apiKey: string;
  readonly report: Report;
  /** Left out, every wait is slept. */
  readonly patience?: Patience;
}

/** The API as the settings say it is to be asked. */
export function openSource(settings: Settings, needs: SourceNeeds): Source {
  const { clock, random, apiKey, report, patience } = needs;
  return createSource({
    baseUrl: settings.baseUrl,
    organizationId: settings.organizationId,
    concurrency: settings.concurrency,
    reserveShare: settings.reserveShare,
    throttleMs: settings.throttleMinutes * 60_000,
    timeoutMs: settings.requestTimeoutSeconds * 1000,
    maxAttempts: settings.maxAttempts,
    apiKey,
    clock,
    random,
    ...(patience && { patience }),
    onPause: (until) => report({ type: 'throttled', untilInstant: instantText(until) }),
    onRetry: (what, attempt) => report({ type: 'retry', what, attempt }),
  });
}

import { Fault } from '../../lib/model/fault.ts';
import type { Instant } from '../../lib/model/instant.ts';
import type { RunEvent } from '../../lib/model/run-event.ts';
import { openStore } from '../open-store.ts';
import { withScratch } from '../scratch.ts';
import { openSource, type Station } from '../station.ts';
import type { Figures, LambdaRuntime } from './lambda-runtime.ts';

/** No invocation sleeps longer: what it waits for is paid by the second. */
const LONGEST_SLEEP_MS = 5_000;

/** What an invocation needs to end in good order, after its last answer. */
const ENDING_MS = 30_000;

/** What AWS says of the call that is under way. */
export interface Invocation {
  getRemainingTimeInMillis(): number;
}

export interface WorkerOptions {
  readonly context: Invocation;
  /** This worker's share of the run's requests under way at once; all of them when left out. */
  readonly concurrency?: number;
}

/** Opens what a station works with for one invocation, counts, and closes it again. */
export async function atWork<Result>(
  runtime: LambdaRuntime,
  options: WorkerOptions,
  work: (station: Station) => Promise<Result>,
): Promise<Result> {
  const key = await runtime.keys.current();
  try {
    return await withKey(runtime, options, key, work);
  } catch (fault) {
    if (!(fault instanceof Fault && fault.code === 'KEY_REFUSED')) throw fault;
    // It may have been changed since it was fetched; a key that was not is refused for good.
    const renewed = await runtime.keys.renewed();
    if (renewed === key) throw fault;
    return withKey(runtime, options, renewed, work);
  }
}

async function withKey<Result>(
  runtime: LambdaRuntime,
  { context, concurrency }: WorkerOptions,
  apiKey: string,
  work: (station: Station) => Promise<Result>,
): Promise<Result> {
  const { clock, random } = runtime;
  const base = runtime.settings();
  const settings = { ...base, concurrency: concurrency ?? base.concurrency };
  const deadline = deadlineOf(clock.now(), context, settings.requestTimeoutSeconds * 1000);
  const patience = { longestWaitMs: LONGEST_SLEEP_MS, deadline };
  const tally = createTally(runtime);
  const { report } = tally;
  const source = openSource(settings, { clock, random, apiKey, report, patience });
  try {
    const store = await openStore(settings.dest);
    return await withScratch((scratch) =>
      work({ settings, clock, source, store, report, scratch }),
    );
  } catch (error) {
    const fault = keptInTheVault(error);
    // It may pass, and the run go on: what ends the run is told at the door.
    if (fault instanceof Fault) runtime.log('warn', fault.line, { code: fault.code });
    throw fault;
  } finally {
    await source.close();
    runtime.measure({ ...tally.figures(), requests: source.requestCount });
  }
}

/** Where the key comes from is what differs from a laptop, and so does what to do. */
function keptInTheVault(error: unknown): unknown {
  if (!(error instanceof Fault && error.code === 'KEY_REFUSED')) return error;
  const remedy = 'Put a valid secret API key into the secret; is it one of this environment?';
  return new Fault('KEY_REFUSED', error.message, remedy, { cause: error });
}

/** The last question is asked so early that even its time-out comes in time. */
function deadlineOf(now: Instant, context: Invocation, timeoutMs: number): Instant {
  const leftMs = context.getRemainingTimeInMillis();
  return (now + Math.max(leftMs / 2, leftMs - timeoutMs - ENDING_MS)) as Instant;
}

/** Logs what a run tells, and adds up what the metrics are made of. */
function createTally({ clock, log }: LambdaRuntime) {
  let rows = 0;
  let throttles = 0;
  let throttledMs = 0;
  return {
    report(event: RunEvent): void {
      const { type, ...facts } = event;
      if (type === 'lane-done') rows += event.rowCount;
      if (type === 'throttled') {
        throttles += 1;
        throttledMs += Math.max(0, Date.parse(event.untilInstant) - clock.now());
      }
      // A page is too little for a line that is paid for.
      if (type !== 'page') log('info', type, facts);
    },
    figures: (): Figures => ({
      rows,
      throttles,
      throttledSeconds: Math.round(throttledMs / 1000),
    }),
  };
}

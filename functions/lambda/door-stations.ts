import { parseLocalDay, timeZone } from '../../lib/calendar/business-day.ts';
import { type Period, periodOf } from '../../lib/calendar/period.ts';
import { Fault } from '../../lib/model/fault.ts';
import type { RunId } from '../../lib/model/ids.ts';
import { failureNotice } from '../../lib/report/notice.ts';
import type { Admission, Claim, DoorRequest, DoorWork, Errand } from '../door.ts';
import { forecastOf } from '../forecast.ts';
import { type LockQuestion, leaveLock, takeLock } from '../lock.ts';
import { missingNights } from '../missing-nights.ts';
import { nightStations } from '../night-stations.ts';
import type { NightQuestion, NightWork } from '../night-work.ts';
import { openStore } from '../open-store.ts';
import { isBegun, readPlan } from '../parts.ts';
import { plan } from '../plan.ts';
import type { LambdaRuntime } from './lambda-runtime.ts';
import { parseRequest } from './payload.ts';
import { atWork, type Invocation } from './worker.ts';

/** A worker reads a quarter of a million rows in minutes; more are worth another one's start. */
const WORKER_ROWS = 250_000;

/** A shard, or any station, may fail so often for a reason that may pass. */
const MOST_FAILURES = 3;

/** What a run takes at most beside waiting; a lock that is older was never given back. */
const LOCK_MORE_MS = 6 * 3_600_000;

/** The stations that work in the front door's own function. */
export function doorStations(runtime: LambdaRuntime, context: Invocation): Partial<DoorWork> {
  const { clock } = runtime;
  const place = async () => {
    const settings = runtime.settings();
    return { settings, store: await openStore(settings.dest) };
  };
  const night = <Result>(work: (stations: NightWork<never>) => Promise<Result>) =>
    atWork(runtime, { context }, (station) => work(nightStations(station, neverHere)));

  return {
    look: lookedUp,
    begin: (question) => night((stations) => stations.begin(question)),
    prove: (run) => night((stations) => stations.prove(run)),
    clear: (run) => night((stations) => stations.clear(run)),
    forecast: (question) =>
      atWork(runtime, { context }, async (station) => {
        const begunAt = clock.now();
        const run = await plan(station, question);
        const { requestCount, rateLimit } = station.source;
        const answerMs = (clock.now() - begunAt) / Math.max(1, requestCount);
        const { concurrency } = station.settings;
        return forecastOf(run, { answerMs, concurrency, rateLimit });
      }),
    lock: admitted,
    async unlock(claim) {
      const { store } = await place();
      await told(() => leaveLock(store, lockQuestion(claim), clock.now()));
    },
    tell: (notice) => told(() => runtime.tell(notice)),
    async tellFailure(failure) {
      const { period, fault } = failure;
      const { code, remedy, line } = fault;
      const days = period && { firstDay: period.firstDay, lastDay: period.lastDay };
      runtime.log('error', line, { code, remedy, ...days });
      await told(() => runtime.tell(failureNotice({ ...failure, organizationId: whose() })));
    },
  };

  /** Undefined where what failed is that it cannot be known. */
  function whose(): string | undefined {
    try {
      return runtime.settings().organizationId;
    } catch (fault) {
      if (fault instanceof Fault) return undefined;
      throw fault;
    }
  }

  async function lookedUp(payload: unknown): Promise<Errand> {
    const request = parseRequest(payload);
    const { concurrency, throttleMinutes } = runtime.settings();
    const terms = {
      concurrency,
      throttleMs: throttleMinutes * 60_000,
      workerRows: WORKER_ROWS,
      mostFailures: MOST_FAILURES,
    };
    return { request, nights: await nightsAsked(request), terms };
  }

  async function nightsAsked(request: DoorRequest): Promise<readonly NightQuestion[]> {
    const { settings, store } = await place();
    const zone = timeZone(settings.timezone);
    const byHand = { force: false, isNight: false, resume: false };
    const days = (from: string, to: string): Period =>
      periodOf(parseLocalDay(from), parseLocalDay(to), zone);
    if (request.resume) {
      const runId = request.resume as RunId;
      const { organizationId } = settings;
      if (!(await isBegun(store, { scope: { organizationId }, runId })))
        throw nothingToResume(runId);
      const { scope, isNight } = await readPlan(store, { organizationId, runId });
      const period = days(scope.firstDay, scope.lastDay);
      return [{ ...byHand, period, isNight, resume: runId }];
    }
    const { from = request.date, to = request.date } = request;
    if (from && to) return [{ ...byHand, period: days(from, to) }];
    const missing = await missingNights(store, settings, clock.now());
    return missing.map((day) => ({ ...byHand, period: days(day, day), isNight: true }));
  }

  async function admitted(claim: Claim): Promise<Admission> {
    const { settings, store } = await place();
    const now = clock.now();
    const lifeMs = settings.throttleMinutes * 60_000 + LOCK_MORE_MS;
    const lock = await takeLock(store, lockQuestion(claim), now, lifeMs);
    if (lock.holder !== claim.holder) return { kind: 'underway', ...lock };
    const { isNight, resume, period } = claim.night;
    if (!isNight || resume) return { kind: 'mine' };
    // Another execution may have ended between the look and the lock.
    const missing = await missingNights(store, settings, now);
    if (missing.includes(period.firstDay)) return { kind: 'mine' };
    await leaveLock(store, lockQuestion(claim), now);
    return { kind: 'published' };
  }

  function lockQuestion({ holder, night: { period } }: Claim): LockQuestion {
    const { firstDay, lastDay } = period;
    const { organizationId } = runtime.settings();
    return { holder, scope: { organizationId, firstDay, lastDay } };
  }

  /** What comes after the work is told where it fails, and makes no failure of the work. */
  async function told(work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => {
      runtime.log('error', 'The run is at its end, but something after it failed.', { error });
    });
  }
}

function nothingToResume(runId: RunId): Fault {
  const message = `There are no parts of a run ${runId}.`;
  return new Fault('RESUME_IMPOSSIBLE', message, 'Ask for its days instead.');
}

/** Rows are read and judged by functions of their own. */
function neverHere(): never {
  throw new Error('A snapshot is not made in this function.');
}

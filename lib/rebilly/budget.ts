import pLimit from 'p-limit';
import { Fault } from '../model/fault.ts';
import { type Clock, type Instant, instantText } from '../model/instant.ts';
import {
  admit,
  afterAnswer,
  afterSending,
  afterSilence,
  type GovernorOptions,
  initialState,
} from './governor.ts';
import { readRateSigns } from './rate-signs.ts';
import type { Answer } from './transport.ts';

export interface BudgetOptions extends GovernorOptions {
  readonly clock: Clock;
  /** How long in all the run may wait for the rate limit before it fails. */
  readonly throttleMs: number;
  /** The cheapest request there is: it asks whether the window has turned. */
  readonly probe: () => Promise<Answer>;
  readonly onPause: (until: Instant) => void;
}

/** The one queue through which every request of a run leaves. */
export interface Budget {
  /** What the answers so far told of the limit; undefined where they carry no such headers. */
  readonly limit: number | undefined;
  spend(send: () => Promise<Answer>): Promise<Answer>;
}

export function createBudget(options: BudgetOptions): Budget {
  const { clock, throttleMs, probe, onPause } = options;
  const limit = pLimit(options.concurrency);
  const underWay = new Set<Promise<unknown>>();
  let state = initialState(options);
  let opening: Promise<void> | undefined;
  let waitedMs = 0;

  async function attempt(send: () => Promise<Answer>): Promise<Answer> {
    const sentAt = clock.now();
    state = afterSending(state);
    try {
      const answer = await send();
      const now = clock.now();
      const signs = readRateSigns(answer.headers, now);
      state = afterAnswer(state, options, { status: answer.status, signs, sentAt }, now);
      return answer;
    } catch (error) {
      state = afterSilence(state, clock.now());
      throw error;
    } finally {
      limit.concurrency = state.concurrency;
    }
  }

  function tracked(send: () => Promise<Answer>): Promise<Answer> {
    const sending = attempt(send);
    const ended = sending.then(
      () => {},
      () => {},
    );
    underWay.add(ended);
    ended.then(() => underWay.delete(ended));
    return sending;
  }

  async function pauseUntil(until: Instant): Promise<void> {
    const waitMs = until - clock.now();
    if (waitedMs + waitMs > throttleMs) {
      throw new Fault(
        'THROTTLED',
        `The rate limit stays closed until ${instantText(until)}, and the run has waited ` +
          `${Math.round(waitedMs / 1000)} s of the ${throttleMs / 1000} s it may.`,
        'Run again later with --resume, or raise throttleMinutes.',
      );
    }
    waitedMs += waitMs;
    onPause(until);
    await clock.wait(waitMs);
  }

  /** Waits until a request may leave. Everybody who waits shares this one wait and its probes. */
  async function reopen(): Promise<void> {
    for (;;) {
      const admission = admit(state, options, clock.now());
      if (admission.kind === 'go') return;
      if (admission.kind === 'wait') await pauseUntil(admission.until);
      // An answer that is on its way tells as much as a probe, and costs nothing more.
      else if (underWay.size > 0) await Promise.race(underWay);
      else await tracked(probe).catch(() => {});
    }
  }

  return {
    get limit() {
      return state.limit;
    },
    async spend(send) {
      for (;;) {
        // Nobody waits inside a place: when the limit reopens, only as many leave as may by then.
        const answer = await limit(() =>
          admit(state, options, clock.now()).kind === 'go' ? tracked(send) : undefined,
        );
        if (answer) return answer;
        opening ??= reopen().finally(() => {
          opening = undefined;
        });
        await opening;
      }
    },
  };
}

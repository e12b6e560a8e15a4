import type { Instant } from '../model/instant.ts';

/**
 * The rate limit is the organization's: the merchant's shop lives on it, and so this run takes
 * only what is left over. Everything here is a decision without clock or socket; `budget.ts` acts
 * on it.
 */
export interface GovernorOptions {
  readonly concurrency: number;
  /** Share of the limit that stays untouched for the shop, 0 to 1. */
  readonly reserveShare: number;
}

export interface GovernorState {
  /** Requests that may be under way at once, now. */
  readonly concurrency: number;
  /** No request leaves before this instant. */
  readonly closedUntil: Instant;
  /** Tokens left as far as the answers have told, less what is under way; unknown without headers. */
  readonly remaining: number | undefined;
  readonly limit: number | undefined;
  readonly underWay: number;
  /** The pause before the next probe while the budget is at its reserve; 0 while it is not. */
  readonly probeWaitMs: number;
  /** Good answers since the concurrency last changed. */
  readonly goodAnswers: number;
  /** Requests sent before this instant say nothing new by being throttled. */
  readonly halvedAt: Instant;
}

/** What the answer's headers said of the limit, as far as they said it. */
export interface RateSigns {
  readonly limit: number | undefined;
  readonly remaining: number | undefined;
  /** When a throttled client may come back, on this machine's clock. */
  readonly resetAt: Instant | undefined;
}

export type Admission =
  | { readonly kind: 'go' }
  | { readonly kind: 'wait'; readonly until: Instant }
  /** At the reserve: one cheap question may leave, to learn whether the window has turned. */
  | { readonly kind: 'probe' };

/** A 200 at the reserve names no reset: ask after 15 s, then ever more seldom, to 2 minutes. */
const FIRST_PROBE_WAIT_MS = 15_000;
const LONGEST_PROBE_WAIT_MS = 120_000;

/**
 * Probes cost tokens too. Eight of them span the documented window of ten minutes, so that many
 * stay in hand, or half of what a very small limit leaves.
 */
const PROBE_TOKENS = 8;

/** So many good answers in a row earn one place back. */
const ANSWERS_PER_PLACE = 20;

/** A 429 that names no reset is answered with the wait a probe would get. */
const UNNAMED_RESET_MS = FIRST_PROBE_WAIT_MS;

/** A reset that lies in the past must not become a loop. */
const LEAST_RESET_MS = 1000;

const NEVER = 0 as Instant;

export function initialState({ concurrency }: GovernorOptions): GovernorState {
  return {
    concurrency,
    closedUntil: NEVER,
    remaining: undefined,
    limit: undefined,
    underWay: 0,
    probeWaitMs: 0,
    goodAnswers: 0,
    halvedAt: NEVER,
  };
}

/** Whether a request may leave now. */
export function admit(state: GovernorState, options: GovernorOptions, now: Instant): Admission {
  if (now < state.closedUntil) return { kind: 'wait', until: state.closedUntil };
  if (state.probeWaitMs > 0 || !aboveReserve(state, options)) return { kind: 'probe' };
  return { kind: 'go' };
}

export function afterSending(state: GovernorState): GovernorState {
  return {
    ...state,
    underWay: state.underWay + 1,
    remaining: state.remaining === undefined ? undefined : state.remaining - 1,
  };
}

/** A request ended without an answer: nothing was learned, but a place is free. */
export function afterSilence(state: GovernorState, now: Instant): GovernorState {
  const freed = { ...state, underWay: state.underWay - 1 };
  return freed.probeWaitMs > 0 ? pauseAtReserve(freed, now) : freed;
}

export function afterAnswer(
  state: GovernorState,
  options: GovernorOptions,
  answer: { readonly status: number; readonly signs: RateSigns; readonly sentAt: Instant },
  now: Instant,
): GovernorState {
  const underWay = state.underWay - 1;
  const told = heed({ ...state, underWay }, answer.signs);
  if (answer.status === 429) return afterThrottle(told, answer, now);
  const rested = aboveReserve(told, options)
    ? { ...told, probeWaitMs: 0 }
    : pauseAtReserve(told, now);
  return answer.status < 500 ? earn(rested, options) : rested;
}

/** The tokens the answers told of; requests still under way may not have been counted yet. */
function heed(state: GovernorState, signs: RateSigns): GovernorState {
  return {
    ...state,
    limit: signs.limit ?? state.limit,
    remaining: signs.remaining === undefined ? state.remaining : signs.remaining - state.underWay,
  };
}

function aboveReserve(state: GovernorState, { reserveShare }: GovernorOptions): boolean {
  if (state.remaining === undefined || state.limit === undefined) return true;
  const reserve = Math.ceil(state.limit * reserveShare);
  const probes = Math.min(PROBE_TOKENS, Math.floor((state.limit - reserve) / 2));
  return state.remaining > reserve + probes;
}

function pauseAtReserve(state: GovernorState, now: Instant): GovernorState {
  // Answers to requests that left before the pause do not make it longer.
  if (now < state.closedUntil) return state;
  const waitMs =
    state.probeWaitMs === 0
      ? FIRST_PROBE_WAIT_MS
      : Math.min(state.probeWaitMs * 2, LONGEST_PROBE_WAIT_MS);
  return { ...state, probeWaitMs: waitMs, closedUntil: (now + waitMs) as Instant };
}

function afterThrottle(
  state: GovernorState,
  { signs, sentAt }: { readonly signs: RateSigns; readonly sentAt: Instant },
  now: Instant,
): GovernorState {
  const resetAt = signs.resetAt ?? ((now + UNNAMED_RESET_MS) as Instant);
  const closedUntil = Math.max(resetAt, now + LEAST_RESET_MS, state.closedUntil) as Instant;
  // The window turns at the reset: what was said of the old one no longer holds.
  const closed = { ...state, closedUntil, remaining: undefined, probeWaitMs: 0, goodAnswers: 0 };
  if (sentAt < state.halvedAt) return closed;
  return { ...closed, concurrency: Math.max(1, Math.floor(state.concurrency / 2)), halvedAt: now };
}

function earn(state: GovernorState, { concurrency }: GovernorOptions): GovernorState {
  if (state.concurrency >= concurrency) return { ...state, goodAnswers: 0 };
  const goodAnswers = state.goodAnswers + 1;
  return goodAnswers < ANSWERS_PER_PLACE
    ? { ...state, goodAnswers }
    : { ...state, goodAnswers: 0, concurrency: state.concurrency + 1 };
}

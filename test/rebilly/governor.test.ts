import { describe, expect, test } from 'vitest';
import type { Instant } from '../../lib/model/instant.ts';
import {
  admit,
  afterAnswer,
  afterSending,
  afterSilence,
  type GovernorState,
  initialState,
  type RateSigns,
} from '../../lib/rebilly/governor.ts';

const OPTIONS = { concurrency: 8, reserveShare: 0.2 };
const START = Date.UTC(2026, 10, 21) as Instant;
const NO_SIGNS: RateSigns = { limit: undefined, remaining: undefined, resetAt: undefined };

interface Timing {
  readonly status: number;
  readonly now: Instant;
  readonly sentAt: Instant;
}

/** One request sent and answered at the same instant. */
function answered(
  state: GovernorState,
  signs: Partial<RateSigns>,
  { status = 200, now = START, sentAt = now }: Partial<Timing> = {},
): GovernorState {
  const answer = { status, signs: { ...NO_SIGNS, ...signs }, sentAt };
  return afterAnswer(afterSending(state), OPTIONS, answer, now);
}

function later(seconds: number): Instant {
  return (START + seconds * 1000) as Instant;
}

describe('without headers', () => {
  test('requests leave freely', () => {
    expect(admit(answered(initialState(OPTIONS), {}), OPTIONS, START)).toEqual({ kind: 'go' });
  });
});

describe('after a 429', () => {
  const closed = answered(initialState(OPTIONS), { resetAt: later(300) }, { status: 429 });

  test('nothing leaves before the reset', () => {
    expect(admit(closed, OPTIONS, later(299.999))).toEqual({ kind: 'wait', until: later(300) });
    expect(admit(closed, OPTIONS, later(300))).toEqual({ kind: 'go' });
  });

  test('concurrency is halved', () => {
    expect(closed.concurrency).toBe(4);
  });

  test('the throttled answers to requests that were under way already do not halve it again', () => {
    const both = answered(closed, { resetAt: later(300) }, { status: 429, sentAt: later(-1) });
    expect(both.concurrency).toBe(4);
    const next = answered(both, { resetAt: later(400) }, { status: 429, now: later(301) });
    expect(next.concurrency).toBe(2);
  });

  test('concurrency never falls below one', () => {
    let state = closed;
    for (let turn = 1; turn < 6; turn += 1) {
      state = answered(state, { resetAt: later(turn) }, { status: 429, now: later(turn * 400) });
    }
    expect(state.concurrency).toBe(1);
  });

  test('a reset that is named shorter afterwards does not open the limit earlier', () => {
    const again = answered(closed, { resetAt: later(10) }, { status: 429 });
    expect(again.closedUntil).toBe(later(300));
  });

  test('a reset in the past still makes a pause of a second', () => {
    const past = answered(initialState(OPTIONS), { resetAt: START }, { status: 429 });
    expect(past.closedUntil).toBe(later(1));
  });

  test('a 429 that names no reset is waited for as long as a probe', () => {
    const unnamed = answered(initialState(OPTIONS), {}, { status: 429 });
    expect(unnamed.closedUntil).toBe(later(15));
  });

  test('twenty good answers earn one place back, up to the setting', () => {
    let state = closed;
    for (let good = 0; good < 20; good += 1) state = answered(state, {}, { now: later(301) });
    expect(state.concurrency).toBe(5);
    for (let good = 0; good < 200; good += 1) state = answered(state, {}, { now: later(302) });
    expect(state.concurrency).toBe(8);
  });

  test('an answer of 500 earns nothing', () => {
    let state = closed;
    for (let bad = 0; bad < 40; bad += 1) {
      state = answered(state, {}, { status: 500, now: later(301) });
    }
    expect(state.concurrency).toBe(4);
  });
});

describe('with X-RateLimit headers', () => {
  /** Of 1,000 tokens 200 are the shop's, and 8 are kept for probes. */
  const LIMIT = 1000;
  const at = (remaining: number) => answered(initialState(OPTIONS), { limit: LIMIT, remaining });

  test.each([
    [209, 'go'],
    [208, 'wait'],
    [0, 'wait'],
  ])('at %i of 1,000 remaining the next request is told to %s', (remaining, kind) => {
    expect(admit(at(remaining), OPTIONS, START).kind).toBe(kind);
  });

  test('requests under way count as spent', () => {
    let state = at(211);
    state = afterSending(state);
    expect(admit(state, OPTIONS, START)).toEqual({ kind: 'go' });
    state = afterSending(state);
    expect(admit(state, OPTIONS, START)).toEqual({ kind: 'go' });
    state = afterSending(state);
    expect(admit(state, OPTIONS, START)).toEqual({ kind: 'probe' });
  });

  test('a probe may leave after 15 s, then after twice as long each time, up to two minutes', () => {
    let state = at(100);
    const waits: number[] = [];
    let now = START;
    for (let probe = 0; probe < 6; probe += 1) {
      const admission = admit(state, OPTIONS, now);
      if (admission.kind !== 'wait') throw new Error(`told to ${admission.kind}`);
      waits.push((admission.until - now) / 1000);
      now = admission.until;
      expect(admit(state, OPTIONS, now)).toEqual({ kind: 'probe' });
      state = answered(state, { limit: LIMIT, remaining: 100 }, { now });
    }
    expect(waits).toEqual([15, 30, 60, 120, 120, 120]);
  });

  test('the pause ends with the answer that shows more than the reserve', () => {
    const paused = at(100);
    const open = answered(paused, { limit: LIMIT, remaining: 990 }, { now: later(15) });
    expect(admit(open, OPTIONS, later(15))).toEqual({ kind: 'go' });
  });

  test('a probe that nobody answers is put off like one that shows no change', () => {
    const paused = at(100);
    const silent = afterSilence(afterSending(paused), later(15));
    expect(admit(silent, OPTIONS, later(16))).toEqual({ kind: 'wait', until: later(45) });
  });

  test('answers to requests that left before the pause do not make it longer', () => {
    let state = afterSending(at(210));
    state = answered(state, { limit: LIMIT, remaining: 100 });
    const until = state.closedUntil;
    state = answered(state, { limit: LIMIT, remaining: 99 }, { now: later(1) });
    expect(state.closedUntil).toBe(until);
  });
});

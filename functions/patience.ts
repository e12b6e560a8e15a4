import { Fault, type FaultCode } from '../lib/model/fault.ts';
import type { ShardQuestion } from './cut-shards.ts';
import type { Outcome, ShardOutcome } from './night-work.ts';

/** How a night is run where it is run. */
export interface NightTerms extends Pick<ShardQuestion, 'concurrency' | 'workerRows'> {
  /** How long in all the run may wait before it fails. */
  readonly throttleMs: number;
  /** Rounds that may fail for a reason that may pass; the next one ends the run. */
  readonly mostFailures: number;
}

/** What may be different the next time; anything else fails at once. */
const PASSING: ReadonlySet<FaultCode> = new Set([
  'HOST_UNREACHABLE',
  'API_FAILING',
  'ANSWER_INVALID',
  'ANSWER_INCOHERENT',
  'DESTINATION_UNWRITABLE',
  'DESTINATION_UNREADABLE',
  'WORKER_FAILED',
  // An invocation that died had begun a run in this very second, under the same id.
  'SNAPSHOT_EXISTS',
]);

/** Rounds that read nothing are followed by ever longer waits, as probes are. */
const FIRST_FRUITLESS_MS = 15_000;
const LONGEST_FRUITLESS_MS = 120_000;

/** 30 s, then 2 minutes, 8 minutes: what broke has time to be mended. */
const FIRST_BACKOFF_MS = 30_000;
const BACKOFF_FACTOR = 4;

/** Decides how long to wait before work is taken up again, and when to give up. */
export interface Patience extends Pick<ShardQuestion, 'isThrottled' | 'fruitless'> {
  /** Asks one station until it is done. */
  until<Done>(ask: () => Promise<Outcome<Done>>): Promise<Done>;
  /** Waits for as long as the ends of a round ask for, or throws the fault of the run. */
  afterRound(
    ends: readonly PromiseSettledResult<ShardOutcome>[],
    hasProgressed: boolean,
  ): Promise<void>;
}

type Setback = Pick<ShardOutcome, 'postponed'>;

export function createPatience(
  workflow: { wait(waitMs: number): Promise<void> },
  { throttleMs, mostFailures }: NightTerms,
): Patience {
  let waitedMs = 0;
  let failures = 0;
  let fruitless = 0;
  let isThrottled = false;

  function backoffMs(faults: readonly unknown[]): number {
    if (faults.length === 0) return 0;
    failures += 1;
    const final = faults.find((fault) => !mayPass(fault));
    if (final !== undefined) throw final;
    if (failures > mostFailures) throw faults[0];
    return FIRST_BACKOFF_MS * BACKOFF_FACTOR ** (failures - 1);
  }

  /** Whether somebody is at fault or the API is closed: it is no use to ask again at once. */
  function throttledMs(setbacks: readonly Setback[], hasProgressed: boolean): number {
    const asked = setbacks.map(({ postponed }) =>
      postponed ? postponed.resumeAt - postponed.at : 0,
    );
    const askedMs = Math.max(0, ...asked);
    isThrottled ||= askedMs > 0;
    fruitless = hasProgressed ? 0 : fruitless + 1;
    const fruitlessMs =
      fruitless === 0
        ? 0
        : Math.min(FIRST_FRUITLESS_MS * 2 ** (fruitless - 1), LONGEST_FRUITLESS_MS);
    const waitMs = Math.max(askedMs, fruitlessMs);
    if (waitedMs + waitMs > throttleMs) {
      throw new Fault(
        'THROTTLED',
        `The run has waited ${Math.round(waitedMs / 1000)} s of the ${throttleMs / 1000} s it may, ` +
          `and would have to wait ${Math.round(waitMs / 1000)} s more.`,
        'Take it up later, lower laneRows, or raise throttleMinutes.',
      );
    }
    waitedMs += waitMs;
    return waitMs;
  }

  async function pause(
    ends: readonly PromiseSettledResult<Setback>[],
    hasProgressed: boolean,
  ): Promise<void> {
    const faults = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
    const setbacks = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
    const backoff = backoffMs(faults);
    const waitMs = Math.max(backoff, faults.length > 0 ? 0 : throttledMs(setbacks, hasProgressed));
    if (waitMs > 0) await workflow.wait(waitMs);
  }

  return {
    get isThrottled() {
      return isThrottled;
    },
    get fruitless() {
      return fruitless;
    },
    afterRound: pause,
    async until<Done>(ask: () => Promise<Outcome<Done>>) {
      for (;;) {
        const [end] = await Promise.allSettled([ask()]);
        if (end.status === 'fulfilled' && 'done' in end.value) {
          fruitless = 0;
          return end.value.done;
        }
        await pause([end as PromiseSettledResult<Setback>], false);
      }
    },
  };
}

function mayPass(fault: unknown): boolean {
  return fault instanceof Fault && PASSING.has(fault.code);
}

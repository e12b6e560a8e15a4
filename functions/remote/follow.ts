import { Fault } from '../../lib/model/fault.ts';
import type { Clock } from '../../lib/model/instant.ts';
import type { Execution, ExecutionEvent } from './execution.ts';
import type { RemoteDoor } from './remote-door.ts';

/** Looks are soon at first, for what only counts, and ever rarer: a run may take a day. */
const FIRST_WAIT_MS = 1_000;
const WAIT_FACTOR = 1.5;
const LONGEST_WAIT_MS = 10_000;

/** What was invoked stands in Lambda's queue at first; there it is neither known nor lost. */
const MOST_MS_UNBEGUN = 10 * 60_000;

/** A laptop that sleeps, or a network that goes, is back within a few minutes of looks. */
const MOST_FAILURES = 30;

export interface FollowOptions {
  readonly clock: Clock;
  /** It was invoked just now, and may not have begun. */
  readonly isNew: boolean;
  /** Told at each look, also of nothing: time has passed. Without it no history is asked for. */
  readonly tell?: ((news: readonly ExecutionEvent[]) => void) | undefined;
}

/** Looks until the execution has ended, which AWS sees to: it ends each after a day. */
export async function follow(
  door: RemoteDoor,
  executionArn: string,
  { clock, isNew, tell }: FollowOptions,
): Promise<Execution> {
  const history = door.history(executionArn);
  const begunAt = clock.now();
  let mayBeUnknown = isNew;
  let failures = 0;

  function mayPass(fault: unknown): boolean {
    if (!(fault instanceof Fault)) return false;
    if (fault.code === 'FUNCTION_UNKNOWN') {
      return mayBeUnknown && clock.now() - begunAt <= MOST_MS_UNBEGUN;
    }
    failures += 1;
    return fault.code === 'AWS_FAILING' && failures <= MOST_FAILURES;
  }

  /** Undefined where it is worth looking again. */
  async function look(): Promise<Execution | undefined> {
    try {
      const execution = await door.look(executionArn);
      mayBeUnknown = false;
      // Asked for afterwards, so that of an execution that has ended all is told.
      tell?.(await history());
      failures = 0;
      return execution;
    } catch (fault) {
      if (!mayPass(fault)) throw fault;
      tell?.([]);
      return undefined;
    }
  }

  let waitMs = FIRST_WAIT_MS;
  for (;;) {
    const execution = await look();
    if (execution !== undefined && execution.status !== 'RUNNING') return execution;
    await clock.wait(waitMs);
    waitMs = Math.min(waitMs * WAIT_FACTOR, LONGEST_WAIT_MS);
  }
}

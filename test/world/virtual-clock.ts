import { setImmediate as turn } from 'node:timers/promises';
import type { Clock, Instant } from '../../lib/model/instant.ts';

export interface VirtualClock extends Clock {
  /** How long every wait was, in order. */
  readonly waits: readonly number[];
}

/**
 * A clock that stands still until somebody waits on it, and then is where the wait would have
 * ended. Waits that overlap end together at the latest of them.
 */
export function virtualClock(start: Instant): VirtualClock {
  let now = start;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    async wait(waitMs) {
      const end = (now + Math.max(0, waitMs)) as Instant;
      waits.push(waitMs);
      await turn();
      if (end > now) now = end;
    },
  };
}

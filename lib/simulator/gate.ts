import type { Instant } from '../model/instant.ts';
import type { Answer } from './answer.ts';
import type { Nastiness } from './nastiness.ts';
import {
  type RateLimit,
  retryAfter,
  type TokenWindow,
  takeToken,
  wholeSecondAfter,
} from './rate-limit.ts';
import { refusal } from './refusal.ts';

/** Where requests queue for the organization's budget. */
export interface Gate {
  /** Lets a request through, with the headers its answer carries, or says why not. */
  pass(now: Instant): Passage;
  /** Shuts out everybody until the first whole second after `forMs`. */
  shut(now: Instant, forMs: number): void;
}

interface Passage {
  readonly refusal?: Answer;
  readonly headers: Readonly<Record<string, string>>;
}

export function createGate(rate: RateLimit | undefined, nastiness: Nastiness): Gate {
  let window: TokenWindow | undefined;
  let shutUntil = -Infinity as Instant;
  const refused = (now: Instant, opensAt: Instant): Passage => {
    const skewed = (instant: Instant) => (instant + nastiness.serverClockSkewMs) as Instant;
    const headers = retryAfter(nastiness.retryAfterForm, skewed(opensAt), skewed(now));
    return { refusal: refusal(429, 'Too many requests.', { headers }), headers };
  };
  return {
    pass(now) {
      if (now < shutUntil) return refused(now, shutUntil);
      if (rate === undefined) return { headers: {} };
      const grant = takeToken(window, rate, now);
      window = grant.window;
      if (!grant.isGranted) return refused(now, grant.resetAt);
      return { headers: rate.headers ? budgetOf(rate, grant.remaining) : {} };
    },
    shut(now, forMs) {
      // Shut is shut: whoever knocks meanwhile does not prolong it, or it might never end.
      if (now >= shutUntil) shutUntil = wholeSecondAfter((now + forMs) as Instant);
    },
  };
}

function budgetOf({ limit }: RateLimit, remaining: number): Readonly<Record<string, string>> {
  return { 'X-RateLimit-Limit': String(limit), 'X-RateLimit-Remaining': String(remaining) };
}

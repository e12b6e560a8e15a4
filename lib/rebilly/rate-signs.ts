import type { Instant } from '../model/instant.ts';
import type { RateSigns } from './governor.ts';

/**
 * Reads what the headers say of the rate limit (contract 4). Rebilly documents
 * `X-RateLimit-Retry-After` as a UTC timestamp in whole epoch seconds; its own PHP SDK reads
 * `Retry-After` and unprefixed names. Clients of other APIs took one for the other for years, so
 * each value is told by its size and shape.
 */
export function readRateSigns(headers: Readonly<Record<string, string>>, now: Instant): RateSigns {
  return {
    limit: wholeNumber(headers['x-ratelimit-limit'] ?? headers['rate-limit-limit']),
    remaining: wholeNumber(headers['x-ratelimit-remaining'] ?? headers['rate-limit-remaining']),
    resetAt:
      readReset(headers['x-ratelimit-retry-after'], headers['date'], now) ??
      readReset(headers['retry-after'], headers['date'], now),
  };
}

/** Epoch seconds have ten digits from 2001 to 2286, epoch milliseconds thirteen. */
const SMALLEST_EPOCH_S = 1e9;
const SMALLEST_EPOCH_MS = 1e12;

/**
 * When the reset comes on this machine's clock, which need not agree with the server's: the wait is
 * measured from the `Date` of the same answer. That is cut to whole seconds, never rounded up, so
 * the wait can only be too long.
 */
function readReset(
  text: string | undefined,
  serverDate: string | undefined,
  now: Instant,
): Instant | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const value = text.trim();
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
  if (number !== undefined && number < SMALLEST_EPOCH_S) return later(now, number * 1000);
  const at =
    number === undefined ? Date.parse(value) : number >= SMALLEST_EPOCH_MS ? number : number * 1000;
  if (Number.isNaN(at)) return undefined;
  const served = serverDate === undefined ? Number.NaN : Date.parse(serverDate);
  return later(now, at - (Number.isNaN(served) ? now : served));
}

function later(now: Instant, waitMs: number): Instant {
  return (now + Math.max(waitMs, 0)) as Instant;
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text.trim()) ? Number(text) : undefined;
}

import { type Instant, secondOf } from '../model/instant.ts';

/** One budget for the whole organization: every key and the merchant's shop draw on it. */
export interface RateLimit {
  /** Tokens a window; a request costs one. */
  readonly limit: number;
  readonly windowMs: number;
  /** Whether answers carry `X-RateLimit-Limit` and `-Remaining`: the list GETs declare neither. */
  readonly headers: boolean;
  /** Tokens that the shop draws in each window, evenly over its length. */
  readonly shopTokens?: number;
}

/** The window under way; undefined before the first request. */
export interface TokenWindow {
  readonly start: Instant;
  readonly spent: number;
}

export interface Grant {
  readonly window: TokenWindow;
  readonly isGranted: boolean;
  readonly remaining: number;
  /** When the window ends and all tokens are back. */
  readonly resetAt: Instant;
}

/** Takes one token, of a new window when the old one is over. */
export function takeToken(window: TokenWindow | undefined, rate: RateLimit, now: Instant): Grant {
  const current =
    window === undefined || now >= resetOf(window, rate) ? { start: now, spent: 0 } : window;
  const elapsed = Math.min(1, (now - current.start) / rate.windowMs);
  const shop = Math.floor((rate.shopTokens ?? 0) * elapsed);
  const isGranted = current.spent + shop < rate.limit;
  const spent = current.spent + (isGranted ? 1 : 0);
  return {
    window: { start: current.start, spent },
    isGranted,
    remaining: Math.max(0, rate.limit - spent - shop),
    resetAt: resetOf(current, rate),
  };
}

function resetOf(window: TokenWindow, rate: RateLimit): Instant {
  return wholeSecondAfter((window.start + rate.windowMs) as Instant);
}

/** A reset is told in whole seconds, so it happens on one: the header never comes too early. */
export function wholeSecondAfter(instant: Instant): Instant {
  return (Math.ceil(instant / 1000) * 1000) as Instant;
}

/** The ways in which servers and their documentation have been seen to say "not before". */
export type RetryAfterForm =
  | 'epoch-seconds'
  | 'epoch-ms'
  | 'delta-seconds'
  | 'iso'
  | 'http-date'
  | 'standard-delta'
  | 'standard-date'
  | 'absent';

/** The header of a 429; both instants on the server's clock. */
export function retryAfter(
  form: RetryAfterForm,
  opensAt: Instant,
  now: Instant,
): Readonly<Record<string, string>> {
  const resetAt = wholeSecondAfter(opensAt);
  const deltaS = String(Math.max(1, Math.ceil((resetAt - now) / 1000)));
  const httpDate = new Date(resetAt).toUTCString();
  switch (form) {
    case 'epoch-seconds':
      return { 'X-RateLimit-Retry-After': String(secondOf(resetAt)) };
    case 'epoch-ms':
      return { 'X-RateLimit-Retry-After': String(resetAt) };
    case 'delta-seconds':
      return { 'X-RateLimit-Retry-After': deltaS };
    case 'iso':
      return { 'X-RateLimit-Retry-After': new Date(resetAt).toISOString() };
    case 'http-date':
      return { 'X-RateLimit-Retry-After': httpDate };
    case 'standard-delta':
      return { 'Retry-After': deltaS };
    case 'standard-date':
      return { 'Retry-After': httpDate };
    case 'absent':
      return {};
  }
}

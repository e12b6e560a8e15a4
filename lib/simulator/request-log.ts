import type { Instant } from '../model/instant.ts';
import type { Mishap } from './nastiness.ts';

export interface LoggedRequest {
  /** From 1, in order of arrival. */
  readonly number: number;
  readonly method: string;
  /** As it came, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** 0 until there is one, and for ever where the connection broke or fell silent before it. */
  status: number;
  readonly mishap: Mishap | undefined;
  /** Arrival, on the clock. */
  readonly at: Instant;
}

/** Ten million rows are ten thousand pages: a whole benchmark stays in the log. */
const KEPT = 20_000;

export interface RequestLog {
  /** The latest requests in order of arrival, 20,000 at most. */
  readonly requests: readonly Readonly<LoggedRequest>[];
  readonly count: number;
  add(request: Omit<LoggedRequest, 'number' | 'status'>): LoggedRequest;
}

export function createRequestLog(): RequestLog {
  const requests: LoggedRequest[] = [];
  let count = 0;
  return {
    requests,
    get count() {
      return count;
    },
    add(request) {
      count += 1;
      const logged = { ...request, number: count, status: 0 };
      requests.push(logged);
      if (requests.length > KEPT) requests.shift();
      return logged;
    },
  };
}

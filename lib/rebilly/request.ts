import { Fault } from '../model/fault.ts';
import type { Clock } from '../model/instant.ts';
import type { Budget } from './budget.ts';
import { type Asked, failure, refusal, silence } from './refusal.ts';
import type { Answer, Transport } from './transport.ts';

/** Asks one GET until it is answered, or cannot be. */
export interface Requester {
  get<T>(request: RequestFor<T>): Promise<T>;
}

export interface RequestFor<T> extends Pick<Asked, 'path' | 'operation'> {
  /**
   * Makes something of a whole answer, whose body is its own from then on, or says that it cannot be
   * used.
   */
  readonly read: (answer: Answer) => T | Garbled;
  /** Statuses other than 200 that `read` can judge. */
  readonly accept?: readonly number[];
}

/** Why an answer that came whole cannot be used. Chance may mend it, so it is asked again. */
export class Garbled {
  readonly code: 'ANSWER_INVALID' | 'ANSWER_INCOHERENT';
  readonly reason: string;
  constructor(code: Garbled['code'], reason: string) {
    this.code = code;
    this.reason = reason;
  }
}

export interface RequesterOptions extends Pick<Asked, 'origin' | 'root' | 'apiKey'> {
  readonly transport: Transport;
  readonly budget: Budget;
  readonly clock: Clock;
  /** Uniform in [0, 1): the jitter of the backoff. */
  readonly random: () => number;
  /** Attempts at one request before the run fails; throttled ones do not count. */
  readonly maxAttempts: number;
  readonly onRetry: (reason: string, attempt: number) => void;
}

/** Full jitter under a ceiling that doubles: 0.5 s, 1 s, 2 s … 30 s. */
const FIRST_BACKOFF_MS = 500;
const LONGEST_BACKOFF_MS = 30_000;

const HEADERS = { accept: 'application/json', 'accept-encoding': 'gzip' };

/** What came of one attempt: an answer, trouble that may pass, or a closed rate limit. */
type Attempt<T> = { readonly value: T } | { readonly trouble: Fault } | 'throttled';

export function createRequester(options: RequesterOptions): Requester {
  const { transport, budget, clock, random, root, apiKey, maxAttempts, onRetry } = options;
  const headers = { ...HEADERS, 'reb-apikey': apiKey };

  async function attempt<T>(request: RequestFor<T>): Promise<Attempt<T>> {
    const asked = { ...options, ...request };
    let answer: Answer;
    try {
      answer = await budget.spend(() => transport.get(root + request.path, headers));
    } catch (error) {
      if (error instanceof Fault) throw error;
      return { trouble: silence(asked, error) };
    }
    const outcome = judge(request, asked, answer);
    if (outcome === 'throttled' || 'trouble' in outcome) answer.release();
    return outcome;
  }

  function judge<T>(request: RequestFor<T>, asked: Asked, answer: Answer): Attempt<T> {
    const { status } = answer;
    if (status === 429) return 'throttled';
    if (status >= 500) return { trouble: failure(asked, answer) };
    if (status !== 200 && !request.accept?.includes(status)) throw refusal(asked, answer);
    const value = request.read(answer);
    return value instanceof Garbled ? { trouble: unusable(request, value) } : { value };
  }

  return {
    async get(request) {
      // Ends: the budget bounds the throttled attempts by time, `maxAttempts` the failed ones.
      for (let failures = 0; ; ) {
        const outcome = await attempt(request);
        if (outcome === 'throttled') continue;
        if ('value' in outcome) return outcome.value;
        failures += 1;
        if (failures >= maxAttempts) throw outcome.trouble;
        onRetry(outcome.trouble.message, failures);
        const ceilingMs = Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), LONGEST_BACKOFF_MS);
        await clock.wait(random() * ceilingMs);
      }
    },
  };
}

function unusable({ operation }: RequestFor<unknown>, { code, reason }: Garbled): Fault {
  return new Fault(
    code,
    `${operation}: ${reason}.`,
    'Check the base URL; if it is right, run again, and tell Rebilly if it stays.',
  );
}

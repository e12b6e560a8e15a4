import type { RunPlan } from '../lib/contract.ts';

/** Rows of one answer (contract 3.1). */
const PAGE_ROWS = 1000;

/** A lane's own questions: the page that shows its end, and its count before and after. */
const EXTRA_REQUESTS_PER_LANE = 3;

/** A page of rows takes longer to answer and to write than the count that was timed. */
const PAGE_MS_MORE = 30;

export interface Forecast {
  readonly rowCount: number;
  readonly laneCount: number;
  readonly requestCount: number;
  readonly seconds: number;
  /** Requests a window that the organization may send; null where the API does not tell. */
  readonly rateLimit: number | null;
  /** The run's share of one window, 0 to 1 and beyond. */
  readonly shareOfLimit: number | null;
}

interface Pace {
  readonly answerMs: number;
  readonly concurrency: number;
  readonly rateLimit: number | undefined;
}

/** What a run would do, from its plan. */
export function forecastOf(
  { lanes }: RunPlan,
  { answerMs, concurrency, rateLimit }: Pace,
): Forecast {
  const rowCount = lanes.reduce((sum, lane) => sum + lane.rowEstimate, 0);
  const requestCount = lanes.reduce(
    (sum, lane) => sum + Math.ceil(lane.rowEstimate / PAGE_ROWS) + EXTRA_REQUESTS_PER_LANE,
    0,
  );
  const width = Math.max(1, Math.min(concurrency, lanes.length));
  const seconds = Math.ceil((requestCount * (answerMs + PAGE_MS_MORE)) / width / 1000);
  return {
    rowCount,
    laneCount: lanes.length,
    requestCount,
    seconds,
    rateLimit: rateLimit ?? null,
    shareOfLimit: rateLimit ? requestCount / rateLimit : null,
  };
}

import type { RetryAfterForm } from './rate-limit.ts';

/** Where nothing is documented, where the docs contradict each other, and where networks fail. */
export interface Nastiness {
  /** An offset above 1,000: refused, or answered as if 1,000 had been asked (contract 3.2). */
  readonly offsetBeyond: 'reject' | 'clamp';
  readonly limitZero: 'empty' | 'default' | 'reject';
  /** Rows of one instant come in another order at each request. */
  readonly shuffleTies: boolean;
  /** `Pagination-Total` never says more than this. */
  readonly totalCap: number;
  /** An answer never holds more rows than this, and says so in `Pagination-Limit`. */
  readonly clampLimit: number;
  readonly missingPaginationHeaders: boolean;
  readonly ignoreFilter: boolean;
  /** Fields that may not be filtered by: nothing documents which may (contract 5.3). */
  readonly unfilterable: readonly string[];
  readonly ignoreSort: boolean;
  /** Origin to which every question is redirected (307); '' for none. */
  readonly redirectTo: string;
  /** The server's clock less ours; seen in `Date` and in every reset it names. */
  readonly serverClockSkewMs: number;
  /** How a 429 says when to come back. */
  readonly retryAfterForm: RetryAfterForm;
  /** Probability of each mishap, for one request. */
  readonly mishaps: Readonly<Partial<Record<Mishap, number>>>;
  /** How often the same question may fail in a row; 'always' for no end. */
  readonly mishapsInARow: number | 'always';
  /** How long the rate limit stays shut after the mishap `throttle`. */
  readonly throttleMs: number;
  /** Share of the rows whose status, revision and updatedTime move while they are read. */
  readonly mutateRows: number;
  /** A mutating row moves once in so many requests. */
  readonly mutateEveryRequests: number;
  /** Share of the rows that nobody sees before the request of number `lateUntilRequest`. */
  readonly lateRows: number;
  readonly lateUntilRequest: number;
  /** An answer lacks one row that its total counts. */
  readonly hideRow: Occurrence;
  /** An answer holds one row twice, in place of its neighbour. */
  readonly doubleRow: Occurrence;
}

export type Occurrence = 'never' | 'once' | 'always';

/** What may happen to one answer. */
export const MISHAPS = [
  /** 500, 502 or 503 with a problem body. */
  'server-error',
  /** 429 for this and every other question, for `throttleMs`. */
  'throttle',
  /** 502 with a page for people. */
  'html-error',
  /** The same page under status 200. */
  'html-success',
  /** A JSON object where an array belongs. */
  'object-body',
  /** JSON that ends in the middle, by an answer that ends as it should. */
  'cut-json',
  /** Fewer bytes than `Content-Length` promised. */
  'short-body',
  /** The connection breaks before a byte, or after the headers. */
  'reset-early',
  'reset-late',
  /** Silence, from the start or in the middle of the body, until somebody hangs up. */
  'stall-early',
  'stall-late',
] as const;
export type Mishap = (typeof MISHAPS)[number];

/** A server that does what its documentation says. */
export const CALM: Nastiness = {
  offsetBeyond: 'reject',
  limitZero: 'empty',
  shuffleTies: false,
  totalCap: Infinity,
  clampLimit: Infinity,
  missingPaginationHeaders: false,
  ignoreFilter: false,
  unfilterable: [],
  ignoreSort: false,
  redirectTo: '',
  serverClockSkewMs: 0,
  retryAfterForm: 'epoch-seconds',
  mishaps: {},
  mishapsInARow: 2,
  throttleMs: 5_000,
  mutateRows: 0,
  mutateEveryRequests: 3,
  lateRows: 0,
  lateUntilRequest: 0,
  hideRow: 'never',
  doubleRow: 'never',
};

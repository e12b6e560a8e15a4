/** How much it matters, worst first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** `mismatch`: both sides are here and differ; `timing`: the other side may still come. */
export type DiscrepancyClass = 'mismatch' | 'timing';

/** `state`: true until mended; `event`: happened once, stays open until acknowledged. */
export type Nature = 'state' | 'event';

/** `resolved` is listed once, in the night it is no longer true. */
export const STATUSES = ['new', 'open', 'resolved', 'acknowledged'] as const;
export type DiscrepancyStatus = (typeof STATUSES)[number];

/** One line of discrepancies.csv, in the order of its columns. All amounts are decimal text. */
export interface Discrepancy {
  /** Digest of the rule and its key subject (events: and their instant): stable across nights. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly class: DiscrepancyClass;
  readonly status: DiscrepancyStatus;
  /** Business dates; the age is the days between them. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly ageDays: number;
  readonly collection: string;
  readonly recordId: string;
  readonly relatedIds: readonly string[];
  readonly customerId: string;
  readonly currency: string;
  readonly expected: string;
  readonly actual: string;
  readonly difference: string;
  readonly explanation: string;
  readonly action: string;
}

export const DISCREPANCY_COLUMNS = [
  'id',
  'rule',
  'severity',
  'class',
  'status',
  'firstSeen',
  'lastSeen',
  'ageDays',
  'collection',
  'recordId',
  'relatedIds',
  'customerId',
  'currency',
  'expected',
  'actual',
  'difference',
  'explanation',
  'action',
] as const satisfies readonly (keyof Discrepancy)[];

import type { OrganizationId, RunId } from './model/ids.ts';
import type { EpochSecond } from './model/instant.ts';
import type { CellFault, DriftEntry } from './model/oddity.ts';
import type { CollectionName, TableName } from './model/records.ts';
import type { RuleWishes } from './model/rule-wish.ts';

/**
 * What the stations of a run, its workers and its readers agree on: names, and the shape of what is
 * written down. Types and constants only.
 */

export const PRODUCT = 'tieout';

/** Raised when a reader of an older Tieout could misread a manifest. */
export const MANIFEST_VERSION = 1;

/** Raised when a column is added; columns are never moved, renamed or removed. */
export const COLUMNS_VERSION = 1;

export type { CellFault, DriftEntry };

/** Names of the environment variables that Tieout reads. */
export const ENVIRONMENT = {
  apiKey: 'REBILLY_API_KEY',
  baseUrl: 'REBILLY_BASE_URL',
  nightlyFunction: 'TIEOUT_NIGHTLY_FUNCTION',
  // On AWS the stack sets these; see docs/deploy.md.
  config: 'TIEOUT_CONFIG',
  secretArn: 'TIEOUT_SECRET_ARN',
  dest: 'TIEOUT_DEST',
  extractFunction: 'TIEOUT_EXTRACT_FUNCTION',
  judgeFunction: 'TIEOUT_JUDGE_FUNCTION',
  topicArn: 'TIEOUT_TOPIC_ARN',
} as const;

/** The alias by which a function on AWS is called from outside: the version deployed last. */
export const LIVE_ALIAS = 'live';

/** Where the figures of a run go: the namespace in CloudWatch. */
export const METRIC_NAMESPACE = 'Tieout';

/** Figures of a run, by their names in CloudWatch. The stack's alarms watch some of them. */
export const METRICS = {
  /** 1 for each night whose manifest was written and verified; no view and no range counts. */
  published: 'Published',
  rows: 'Rows',
  requests: 'Requests',
  /** Pauses that the rate limit asked for, by a refusal or by what it said is left. */
  throttles: 'Throttles',
  /** Seconds that a run waited for the rate limit; workers side by side count theirs each. */
  throttledSeconds: 'ThrottledSeconds',
  /** From the start of a run to its manifest. */
  runSeconds: 'RunSeconds',
  /** Discrepancies new and open, by severity. */
  critical: 'DiscrepanciesCritical',
  high: 'DiscrepanciesHigh',
  medium: 'DiscrepanciesMedium',
  low: 'DiscrepanciesLow',
  info: 'DiscrepanciesInfo',
} as const;

/** By what figures are told apart: an account may hold the stacks of many organizations. */
export function metricDimensions(organizationId: OrganizationId) {
  return { service: PRODUCT, organization: organizationId };
}

// ── What is read ────────────────────────────────────────────────────────────────────────────────

/** A slice `[from, to)` of a collection's time that one reader reads from front to back. */
export interface Lane {
  readonly collection: CollectionName;
  readonly index: number;
  readonly from: EpochSecond;
  readonly to: EpochSecond;
  /** Rows expected when the plan was made: for progress and balance, never for proof. */
  readonly rowEstimate: number;
}

/** What shows that a lane was read whole. Counts are those of the filter `from..to`, both ends in. */
export interface LaneProof {
  readonly collection: CollectionName;
  readonly index: number;
  /** ISO 8601, half-open. */
  readonly from: string;
  readonly to: string;
  /** `Pagination-Total` of the whole lane, asked before the first row and after the last. */
  readonly countedBefore: number;
  readonly countedAfter: number;
  /** Distinct ids received under that filter. */
  readonly received: number;
  /** Rows of those that the lane owns; the others stand on its far edge and are the next lane's. */
  readonly kept: number;
  readonly readings: number;
  readonly requests: number;
  /** Seconds that held more than a page and were read in slices, ISO 8601. */
  readonly denseSeconds: readonly string[];
}

/** How far a lane was read: whoever takes it up goes on from there as if nobody had stopped. */
export interface Cursor {
  /** The second that the next question begins with. */
  readonly next: EpochSecond;
  /** What the whole lane counted before its first row. */
  readonly countedBefore: number;
  readonly kept: number;
  /** Rows on the far edge, which belong to the next lane; only once all of the lane was read. */
  readonly edge?: number;
  /** As of `LaneProof`. */
  readonly denseSeconds: readonly string[];
}

// ── What is written ─────────────────────────────────────────────────────────────────────────────

/** The proof that goes with bytes. */
export interface Receipt {
  readonly rowCount: number;
  readonly byteCount: number;
  /** Hexadecimal SHA-256 of the bytes. */
  readonly sha256: string;
}

/** One table's part of a stretch: CSV bytes without header or BOM. */
export interface PartReceipt extends Receipt {
  readonly table: TableName;
}

/** One line of control totals: a key of text columns, a count, exact decimal sums. */
export interface TotalLine {
  readonly key: readonly string[];
  readonly count: number;
  /** Decimal text. */
  readonly amount: string;
  readonly reportAmount: string;
}

/** What a lane leaves that was read whole. Written last: its parts exist only once this does. */
export interface LaneReceipt {
  readonly proof: LaneProof;
  /** In the order of their rows; one, unless the reading was put off on the way. */
  readonly stretches: readonly Stretch[];
}

/** What a lane leaves whose reading was put off, to be taken up where it ended. */
export interface LaneProgress extends Pick<LaneProof, 'readings' | 'requests'> {
  /** Left out where the lane is read from its start. */
  readonly cursor?: Cursor;
  readonly stretches: readonly Stretch[];
}

/** Rows that were read in one go: what they leave beside their CSV bytes. */
export interface Stretch {
  readonly parts: readonly PartReceipt[];
  readonly totals: readonly TotalLine[];
  readonly drift: readonly DriftEntry[];
  readonly cellFaults: readonly CellFault[];
  readonly cellFaultCount: number;
}

export interface SnapshotFile extends Receipt {
  readonly name: string;
  readonly table: string;
}

/** What a run read: two runs with the same scope may share parts, others may not. */
export interface Scope {
  readonly organizationId: OrganizationId;
  readonly environment: string;
  readonly timezone: string;
  /** Business days, `YYYY-MM-DD`, both included. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly collections: readonly CollectionName[];
  /** The user's own filter, or ''. */
  readonly filter: string;
  readonly columnsVersion: number;
  readonly addedColumns: readonly string[];
  readonly csv: {
    readonly delimiter: string;
    readonly lineEnd: 'crlf' | 'lf';
    readonly bom: boolean;
  };
}

/** What a run sets out to do; written down before the first part, so that it can be taken up. */
export interface RunPlan {
  readonly runId: RunId;
  readonly startedAt: string;
  readonly scope: Scope;
  /** Instants, ISO 8601, half-open. */
  readonly period: { readonly start: string; readonly end: string };
  /** '' for a snapshot of the night; the digest of what makes it partial for a view. */
  readonly view: string;
  readonly lanes: readonly Lane[];
  /** See `Judging.isNight`. */
  readonly isNight: boolean;
  /** Collections whose counts stop at a cap: of them only lanes can be proven, not the whole. */
  readonly capped: readonly CollectionName[];
}

export interface Manifest {
  readonly manifestVersion: number;
  readonly tieoutVersion: string;
  readonly runId: RunId;
  readonly scope: Scope;
  readonly period: RunPlan['period'];
  readonly view: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly predecessor: Predecessor | null;
  readonly judging: Judging;
  readonly proof: readonly LaneProof[];
  readonly contractDrift: readonly DriftEntry[];
  readonly cellFaults: readonly CellFault[];
  readonly cellFaultCount: number;
  readonly files: readonly SnapshotFile[];
  /** SHA-256 of this manifest's text with this member empty. */
  readonly digest: string;
}

/** By what a snapshot is judged: together with its files it decides every discrepancy. */
export interface Judging {
  /** ISO 8601. */
  readonly judgedAt: string;
  /** Whether the run was the night: the one run of its business day that the chain goes on from. */
  readonly isNight: boolean;
  /** Every rule, with all its thresholds. */
  readonly rules: RuleWishes;
  readonly settleDays: number;
  /** See `report.linkTemplate` of the configuration. */
  readonly linkTemplate: string;
  /** What limits the figures, in sentences: links of the chain that were skipped, and the like. */
  readonly remarks: readonly string[];
}

/** The night that a snapshot goes on from. */
export interface Predecessor {
  readonly period: string;
  readonly runId: RunId;
  readonly digest: string;
}

/** `latest.json`: names the run of a period that counts. */
export interface Latest {
  readonly runId: RunId;
  readonly digest: string;
}

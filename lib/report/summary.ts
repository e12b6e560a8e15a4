import type { Discrepancy, DiscrepancyStatus, Severity } from '../model/discrepancy.ts';
import type { Readiness } from '../model/readiness.ts';
import type { Restatement } from '../model/restatement.ts';
import type { RuleOutcome } from '../model/rule-outcome.ts';

/**
 * All that a run has to say to a person: the terminal, `--json` and the page show this and nothing
 * else. Plain JSON; every amount is decimal text beside its currency, and no two currencies are
 * ever added. Its size is bounded: long lists are cut, and say by how much.
 */
export interface Summary {
  readonly tieoutVersion: string;
  readonly organizationId: string;
  readonly environment: string;
  /** Of the books: all times are shown in it. */
  readonly timezone: string;
  /** Business dates, both included. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** Instants, ISO 8601, half-open. */
  readonly start: string;
  readonly end: string;
  /** '' for a snapshot of the night, else the digest of what makes it partial. */
  readonly view: string;
  readonly runId: string;
  readonly startedAt: string;
  /** The instant as of which the rules judged. */
  readonly judgedAt: string;
  readonly completeness: readonly Completeness[];
  readonly movements: readonly Movement[];
  readonly transactionTotals: readonly TransactionTotal[];
  readonly memoTotals: readonly MemoTotal[];
  readonly gateways: readonly GatewayMovement[];
  /** One group for every severity, worst first, also where it is empty. */
  readonly discrepancies: readonly SeverityGroup[];
  readonly restatements: RestatementList;
  readonly readiness: readonly Readiness[];
  readonly outcomes: readonly RuleOutcome[];
  /** The last 30 days, oldest first, up to the last day of the period. */
  readonly days: readonly DayFigures[];
  /** Things seen that the API's description does not have, and cells left empty for a wrong kind. */
  readonly driftCount: number;
  readonly cellFaultCount: number;
  /** Sentences: links of the chain that were skipped, and whatever else limits the figures. */
  readonly remarks: readonly string[];
  /** `https://…/{collection}/{id}`, or '' where records have no address. */
  readonly linkTemplate: string;
}

/** What shows that a collection was read whole. */
export interface Completeness {
  readonly collection: string;
  /** Rows in the files. */
  readonly rowCount: number;
  /** Sums over the lanes: what the API counted at the end, what came; both ends of a lane count. */
  readonly countedRows: number;
  readonly receivedRows: number;
  /** Whether both counts of every lane equal what that lane received. */
  readonly agrees: boolean;
  readonly laneCount: number;
  readonly requestCount: number;
}

/** Rows and the sum of their amounts, in a currency that stands beside it. */
export interface Volume {
  readonly count: number;
  /** Decimal text with at least the currency's minor units. */
  readonly amount: string;
}

/** Money in is approved sales and captures, money out approved refunds and credits; none voided. */
export interface Movement {
  readonly currency: string;
  readonly moneyIn: Volume;
  readonly moneyOut: Volume;
  readonly net: string;
}

export interface GatewayMovement extends Movement {
  /** '' for rows that name none. */
  readonly gatewayAccountId: string;
}

/** '' as currency: rows that lack their amount or its currency. */
export interface TransactionTotal extends Volume {
  readonly currency: string;
  readonly type: string;
  readonly result: string;
  readonly voided: boolean;
}

export interface MemoTotal extends Volume {
  readonly currency: string;
  /** As in control-totals.csv: `issued`, `unused` … */
  readonly measure: string;
}

export interface SeverityGroup {
  readonly severity: Severity;
  readonly counts: Readonly<Record<DiscrepancyStatus, number>>;
  /** The first of those that wait for somebody: `new` and `open`. */
  readonly active: readonly Discrepancy[];
  /** The first of those that do not: `resolved` and `acknowledged`. */
  readonly atRest: readonly Discrepancy[];
}

export interface RestatementList {
  readonly lifecycleCount: number;
  readonly correctionCount: number;
  /** The first corrections; lifecycle changes are normal and stand in the file only. */
  readonly corrections: readonly Restatement[];
}

/** One day of the picture. */
export interface DayFigures {
  readonly day: string;
  /** Whether the chain has no snapshot of that day; its figures are then empty. */
  readonly missing: boolean;
  readonly moneyIn: readonly (Volume & { readonly currency: string })[];
  /** Discrepancies that were new that night. */
  readonly discrepancyCount: number;
}

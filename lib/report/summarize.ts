import type { Manifest, TotalLine } from '../contract.ts';
import { type Discrepancy, SEVERITIES, type Severity } from '../model/discrepancy.ts';
import type { Readiness } from '../model/readiness.ts';
import { COLLECTIONS } from '../model/records.ts';
import type { Restatement } from '../model/restatement.ts';
import type { RuleOutcome } from '../model/rule-outcome.ts';
import { gatewayMovements, memoTotals, movements, transactionTotals } from './movement.ts';
import type {
  Completeness,
  DayFigures,
  RestatementList,
  SeverityGroup,
  Summary,
} from './summary.ts';

/** A page that can still be read and printed; the files have all of them. */
const ACTIVE_SHOWN = 50;
const AT_REST_SHOWN = 20;
const CORRECTIONS_SHOWN = 50;

/** A month and a bit shows a weekly rhythm and the month before's end. */
const DAYS_SHOWN = 30;

export interface Findings {
  readonly manifest: Pick<
    Manifest,
    | 'tieoutVersion'
    | 'runId'
    | 'scope'
    | 'period'
    | 'view'
    | 'startedAt'
    | 'proof'
    | 'contractDrift'
    | 'cellFaultCount'
  >;
  readonly judgedAt: string;
  readonly totals: readonly TotalLine[];
  /** In the order of discrepancies.csv. */
  readonly discrepancies: Iterable<Discrepancy>;
  /** In the order of restatements.csv. */
  readonly restatements: Iterable<Restatement>;
  readonly readiness: readonly Readiness[];
  readonly outcomes: readonly RuleOutcome[];
  readonly days: readonly DayFigures[];
  readonly remarks: readonly string[];
  readonly linkTemplate: string;
}

export function summarize(findings: Findings): Summary {
  const { manifest, totals, days } = findings;
  const { scope, period } = manifest;
  return {
    tieoutVersion: manifest.tieoutVersion,
    organizationId: scope.organizationId,
    environment: scope.environment,
    timezone: scope.timezone,
    firstDay: scope.firstDay,
    lastDay: scope.lastDay,
    start: period.start,
    end: period.end,
    view: manifest.view,
    runId: manifest.runId,
    startedAt: manifest.startedAt,
    judgedAt: findings.judgedAt,
    completeness: completeness(manifest),
    movements: movements(totals),
    transactionTotals: transactionTotals(totals),
    memoTotals: memoTotals(totals),
    gateways: gatewayMovements(totals),
    discrepancies: severityGroups(findings.discrepancies),
    restatements: restatementList(findings.restatements),
    readiness: findings.readiness,
    outcomes: findings.outcomes.map(outcomeOf),
    days: [...days].sort((a, b) => (a.day < b.day ? -1 : 1)).slice(-DAYS_SHOWN),
    driftCount: manifest.contractDrift.length,
    cellFaultCount: manifest.cellFaultCount,
    remarks: findings.remarks,
    linkTemplate: findings.linkTemplate,
  };
}

/** What is told of a rule, and nothing that another run of the same files would tell otherwise. */
function outcomeOf(outcome: RuleOutcome): RuleOutcome {
  const { rule, isOn, judgedCount, foundCount, notApplicableCount, error } = outcome;
  return { rule, isOn, judgedCount, foundCount, notApplicableCount, error };
}

function completeness({ scope, proof }: Findings['manifest']): readonly Completeness[] {
  return COLLECTIONS.filter((name) => scope.collections.includes(name)).map((collection) => {
    const lanes = proof.filter((lane) => lane.collection === collection);
    const sum = (figure: 'kept' | 'countedAfter' | 'received' | 'requests') =>
      lanes.reduce((total, lane) => total + lane[figure], 0);
    return {
      collection,
      rowCount: sum('kept'),
      countedRows: sum('countedAfter'),
      receivedRows: sum('received'),
      agrees: lanes.every(
        ({ countedBefore, countedAfter, received }) =>
          countedBefore === received && countedAfter === received,
      ),
      laneCount: lanes.length,
      requestCount: sum('requests'),
    };
  });
}

function severityGroups(discrepancies: Iterable<Discrepancy>): readonly SeverityGroup[] {
  const groups = new Map(SEVERITIES.map((severity) => [severity, emptyGroup(severity)]));
  for (const discrepancy of discrepancies) {
    const { counts, active, atRest } = groups.get(discrepancy.severity)!;
    const { status } = discrepancy;
    counts[status] += 1;
    const waits = status === 'new' || status === 'open';
    if (waits && active.length < ACTIVE_SHOWN) active.push(discrepancy);
    if (!waits && atRest.length < AT_REST_SHOWN) atRest.push(discrepancy);
  }
  return [...groups.values()];
}

function emptyGroup(severity: Severity) {
  const counts = { new: 0, open: 0, resolved: 0, acknowledged: 0 };
  return { severity, counts, active: [] as Discrepancy[], atRest: [] as Discrepancy[] };
}

function restatementList(restatements: Iterable<Restatement>): RestatementList {
  const corrections: Restatement[] = [];
  let [lifecycleCount, correctionCount] = [0, 0];
  for (const restatement of restatements) {
    if (restatement.kind !== 'correction') {
      lifecycleCount += 1;
      continue;
    }
    correctionCount += 1;
    if (corrections.length < CORRECTIONS_SHOWN) corrections.push(restatement);
  }
  return { lifecycleCount, correctionCount, corrections };
}

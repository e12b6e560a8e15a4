import type { LocalDay } from '../calendar/business-day.ts';
import type { Config } from '../config.ts';
import type { Manifest } from '../contract.ts';
import type { Discrepancy } from '../model/discrepancy.ts';
import { COLLECTIONS } from '../model/records.ts';
import type { Restatement } from '../model/restatement.ts';
import { type DatabaseOptions, openDatabase } from './database.ts';
import { discrepancyOf } from './discrepancy-rows.ts';
import type { Database } from './duckdb.ts';
import type { LocalFile } from './files.ts';
import { judge, RULE_FAILED, type TimedOutcome, type Verdict } from './judge.ts';
import { type Acknowledgement, type Fate, type Finding, inOrder, liveOn } from './life.ts';
import { type CountedReadiness, readinessOf } from './readiness.ts';
import { RESTATEMENT_QUESTION } from './restatement.ts';
import { ROSTER } from './roster.ts';
import type { Rule } from './rule.ts';
import { outcomeUnknown } from './rules/outcome-unknown.ts';
import { inForce, type RuleInForce, rulesInForce } from './settings.ts';
import { stakes } from './stake.ts';

export interface ReconcileOptions extends Omit<DatabaseOptions, 'files' | 'manifest'> {
  readonly rules: Config['rules'];
  readonly settleDays: number;
  /** A clock for how long each rule took: nothing that is judged depends on it. */
  readonly nowMs: () => number;
  /** The rules to ask; all of them when left out. */
  readonly roster?: readonly Rule[];
}

export interface Reconciliation {
  /** In the order of discrepancies.csv. */
  readonly discrepancies: readonly Discrepancy[];
  readonly restatements: readonly Restatement[];
  readonly readiness: readonly CountedReadiness[];
  readonly outcomes: readonly TimedOutcome[];
  /** What the rules found by themselves, without the discrepancies that travel along. */
  readonly found: readonly FoundRecords[];
}

/** The rows that a finding is about: its key subject, where that is one, and its related records. */
export interface FoundRecords {
  readonly recordIds: readonly string[];
}

/**
 * Judges a snapshot by its files alone: they, the instant and the configuration decide, so that the
 * same snapshot is judged the same way anywhere and at any time.
 */
export async function reconcile(
  files: readonly LocalFile[],
  manifest: Pick<Manifest, 'scope' | 'period'>,
  options: ReconcileOptions,
): Promise<Reconciliation> {
  const rules = rulesInForce(options.rules, options.roster ?? ROSTER);
  const database = await openDatabase({ ...options, files, manifest });
  try {
    const verdicts = await judge(database, rules, options.nowMs);
    const discrepancies = await withTheirPast(database, manifest.scope.lastDay, rules, verdicts);
    return {
      discrepancies,
      restatements: await restatementsIn(database),
      readiness: await readinessOf(
        database,
        inForce(outcomeUnknown, options.rules),
        options.settleDays,
      ),
      outcomes: verdicts.map(({ outcome }) => outcome),
      found: verdicts.flatMap(({ findings }) => findings.map(recordsOf)),
    };
  } finally {
    database.close();
  }
}

function recordsOf({ collection, recordId, relatedIds }: Finding): FoundRecords {
  const isRow = COLLECTIONS.some((name) => name === collection);
  return { recordIds: isRow ? [recordId, ...relatedIds] : relatedIds };
}

async function withTheirPast(
  database: Database,
  lastDay: string,
  rules: readonly RuleInForce[],
  verdicts: readonly Verdict[],
): Promise<readonly Discrepancy[]> {
  const off = new Set(rules.filter(({ isOn }) => !isOn).map(({ rule }) => rule.id));
  const prior = (await database.ask('SELECT * FROM prior_discrepancies'))
    .map(discrepancyOf)
    .filter(({ rule }) => !off.has(rule));
  const acknowledgements = await database.ask('SELECT * FROM acknowledgements');
  const discrepancies = liveOn({
    day: lastDay as LocalDay,
    found: verdicts.flatMap(({ findings }) => findings),
    prior,
    acknowledgements: acknowledgements.map(acceptanceOf),
    fateOf: fates(rules, verdicts, await readAgain(database)),
  });
  return inOrder(discrepancies, await stakes(database, verdicts));
}

function acceptanceOf(answer: Readonly<Record<string, string | null>>): Acknowledgement {
  const cell = (name: string) => answer[name] ?? '';
  return { id: cell('id'), expected: cell('expected'), actual: cell('actual') };
}

/**
 * Earlier discrepancies of which all records are known tonight, by id, and whether one of them is
 * judged: only of these can it be told that they are over.
 */
async function readAgain(database: Database): Promise<ReadonlyMap<string, boolean>> {
  const answers = await database.ask(`
    WITH named AS (
      SELECT id, unnest(list_concat(
        CASE WHEN collection IN ('transactions', 'credit-memos') THEN [recordId] ELSE [] END,
        coalesce(string_split(relatedIds, ' '), []))) AS recordId
      FROM prior_discrepancies
    ),
    known AS (
      SELECT id, isJudged FROM all_transactions
      UNION ALL SELECT id, isJudged FROM all_memos
      UNION ALL SELECT id, false FROM absent
    )
    SELECT n.id, bool_or(k.isJudged)::VARCHAR AS isJudged
    FROM named n LEFT JOIN known k ON k.id = n.recordId
    GROUP BY n.id HAVING bool_and(k.id IS NOT NULL)`);
  return new Map(answers.map(({ id, isJudged }) => [id!, isJudged === 'true']));
}

function fates(
  rules: readonly RuleInForce[],
  verdicts: readonly Verdict[],
  readAgainById: ReadonlyMap<string, boolean>,
): (prior: Discrepancy) => Fate {
  const verdictOf = new Map(verdicts.map((verdict) => [verdict.outcome.rule, verdict]));
  const ruleOf = new Map(rules.map(({ rule }) => [rule.id, rule]));
  return ({ id, rule, recordId }) => {
    if (rule === RULE_FAILED) {
      return verdictOf.get(recordId)?.outcome.error === undefined ? 'over' : 'unknown';
    }
    const verdict = verdictOf.get(rule);
    if (verdict === undefined || ruleOf.get(rule)?.nature === 'event') return 'unknown';
    if (verdict.outcome.error !== undefined || verdict.unclearIds.has(recordId)) return 'unknown';
    const isJudged = readAgainById.get(id);
    if (isJudged === undefined) return 'unknown';
    // A rule that does not ask about a judged row any more has nothing to say against it.
    const isAsked = isJudged && !ruleOf.get(rule)?.ofOnePeriod;
    return isAsked || verdict.soundIds.has(recordId) ? 'over' : 'unknown';
  };
}

async function restatementsIn(database: Database): Promise<readonly Restatement[]> {
  const answers = await database.ask(RESTATEMENT_QUESTION);
  return answers.map((answer) => {
    const cells = Object.entries(answer).map(([name, cell]) => [name, cell ?? '']);
    return Object.fromEntries(cells) as Restatement;
  });
}

import type { Severity } from '../model/discrepancy.ts';
import type { RuleOutcome } from '../model/rule-outcome.ts';
import { quoted } from './csv-text.ts';
import type { Answer, Database } from './duckdb.ts';
import { discrepancyId, type Finding } from './life.ts';
import type { Rule } from './rule.ts';
import type { RuleInForce } from './settings.ts';

/** How a rule fared, and how long it took: nothing that is published depends on the time. */
export interface TimedOutcome extends RuleOutcome {
  readonly elapsedMs: number;
}

/** The record that a finding is about, as far as it has an amount. Decimal text. */
export interface Worth {
  readonly amount: string;
  readonly currency: string;
  readonly reportAmount: string;
  readonly reportCurrency: string;
}

export interface Verdict {
  readonly outcome: TimedOutcome;
  readonly findings: readonly Finding[];
  /** By record id. */
  readonly worths: ReadonlyMap<string, Worth>;
  /** Key subjects of earlier discrepancies of the rule that it finds sound now. */
  readonly soundIds: ReadonlySet<string>;
  /** And those that it cannot tell about. */
  readonly unclearIds: ReadonlySet<string>;
}

/** What a rule that cannot be asked is reported under. It is no rule: nothing switches it off. */
export const RULE_FAILED = 'rule-failed';

/** Asks every rule, each for itself: one that fails is a finding of its own, the others go on. */
export async function judge(
  database: Database,
  rules: readonly RuleInForce[],
  nowMs: () => number,
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  const past = await database.ask('SELECT DISTINCT rule FROM prior_discrepancies');
  const rulesWithPast = new Set(past.map((answer) => answer['rule']));
  for (const one of rules) {
    const startedMs = nowMs();
    const { id } = one.rule;
    const verdict = one.isOn
      ? await ask(database, one, rulesWithPast.has(id))
      : silent(id, { isOn: false });
    const elapsedMs = nowMs() - startedMs;
    verdicts.push({ ...verdict, outcome: { ...verdict.outcome, elapsedMs } });
  }
  return verdicts;
}

async function ask(database: Database, inForce: RuleInForce, hasPast: boolean): Promise<Verdict> {
  const { rule, thresholds } = inForce;
  try {
    const question = rule.question(thresholds);
    const [counts] = await database.ask(
      `SELECT count(*) AS judged, count(*) FILTER (differs) AS found,
         count(*) FILTER (differs IS NULL) AS unclear FROM (${question})`,
    );
    const foundCount = Number(counts!['found']);
    const found = foundCount > 0 ? await database.ask(findingsOf(question)) : [];
    const earlier = hasPast ? await database.ask(earlierOf(question, rule.id)) : [];
    const idsWhere = (differs: string | null) =>
      new Set(earlier.filter((one) => one['differs'] === differs).map((one) => one['recordId']!));
    return {
      outcome: {
        ...silent(rule.id, {}).outcome,
        judgedCount: Number(counts!['judged']),
        foundCount,
        notApplicableCount: Number(counts!['unclear']),
      },
      findings: found.map((answer) => findingOf(inForce, answer)),
      worths: new Map(found.map((answer) => [answer['recordId']!, worthOf(answer)])),
      soundIds: idsWhere('false'),
      unclearIds: idsWhere(null),
    };
  } catch (error) {
    const reason = firstLine(error);
    return { ...silent(rule.id, { error: reason }), findings: [failure(rule, reason)] };
  }
}

function silent(rule: string, given: { isOn?: boolean; error?: string }): Verdict {
  return {
    outcome: {
      rule,
      isOn: given.isOn ?? true,
      judgedCount: 0,
      foundCount: 0,
      notApplicableCount: 0,
      error: given.error,
      elapsedMs: 0,
    },
    findings: [],
    worths: new Map(),
    soundIds: new Set(),
    unclearIds: new Set(),
  };
}

/** With the amounts of the record: they tell how much is at stake. */
function findingsOf(question: string): string {
  return `SELECT f.* REPLACE (
      array_to_string(list_sort(list_distinct(f.relatedIds)), ' ') AS relatedIds),
      coalesce(t.amount, m.totalAmount)::VARCHAR AS recordAmount,
      coalesce(t.currency, m.currency) AS recordCurrency,
      t.reportAmount::VARCHAR AS recordReportAmount, t.reportCurrency AS recordReportCurrency
    FROM (${question}) f
    LEFT JOIN all_transactions t ON t.id = f.recordId
    LEFT JOIN all_memos m ON m.id = f.recordId
    WHERE f.differs ORDER BY f.recordId`;
}

function earlierOf(question: string, rule: string): string {
  return `SELECT recordId, differs::VARCHAR AS differs FROM (${question})
    WHERE differs IS NOT TRUE AND recordId IN
      (SELECT recordId FROM prior_discrepancies WHERE rule = ${quoted(rule)})`;
}

function findingOf({ rule, severity, thresholds }: RuleInForce, answer: Answer): Finding {
  const cell = (name: string) => answer[name] ?? '';
  const collection = answer['collection'] ?? rule.collection;
  const recordId = cell('recordId');
  const instant = rule.nature === 'event' ? cell('instant') : '';
  const words = { ...thresholds, ...answer };
  return {
    id: discrepancyId(rule.id, collection, recordId, instant),
    rule: rule.id,
    // A rule that grades its cases keeps its grades until the merchant sets one for all.
    severity:
      severity === rule.severity ? ((answer['severity'] as Severity) ?? severity) : severity,
    class: rule.class,
    collection,
    recordId,
    relatedIds: cell('relatedIds')
      .split(' ')
      .filter((id) => id !== ''),
    customerId: cell('customerId'),
    currency: cell('currency'),
    expected: cell('expected'),
    actual: cell('actual'),
    difference: cell('difference'),
    explanation: `${filled(rule.expected, words)} ${filled(rule.found, words)}`,
    action: filled(rule.action, words),
  };
}

type Words = Readonly<Record<string, string | number | null>>;

/** `{actual}` becomes that column; several ids are set apart by commas. */
function filled(sentence: string, words: Words): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const word = String(words[name] ?? 'unknown');
    return name === 'relatedIds' ? word.replaceAll(' ', ', ') : word;
  });
}

function worthOf(answer: Answer): Worth {
  return {
    amount: answer['recordAmount'] ?? '',
    currency: answer['recordCurrency'] ?? '',
    reportAmount: answer['recordReportAmount'] ?? '',
    reportCurrency: answer['recordReportCurrency'] ?? '',
  };
}

function failure(rule: Rule, reason: string): Finding {
  return {
    id: discrepancyId(RULE_FAILED, 'rules', rule.id, ''),
    rule: RULE_FAILED,
    severity: 'high',
    class: 'mismatch',
    collection: 'rules',
    recordId: rule.id,
    relatedIds: [],
    customerId: '',
    currency: '',
    expected: 'judged',
    actual: 'not judged',
    difference: '',
    explanation: `Every rule judges every night. The rule ${rule.id} could not: ${reason}`,
    action: 'What it would have found is not in this list. Report it as a defect of Tieout.',
  };
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n')[0]!;
}

import { beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../lib/reconcile/database.ts';
import type { Database } from '../../lib/reconcile/duckdb.ts';
import type { InputName } from '../../lib/reconcile/files.ts';
import { judge, type Verdict } from '../../lib/reconcile/judge.ts';
import type { Reconciliation } from '../../lib/reconcile/reconcile.ts';
import type { Rule } from '../../lib/reconcile/rule.ts';
import { type RuleInForce, rulesInForce } from '../../lib/reconcile/settings.ts';
import { type Cells, judgedNight, type Night, type Rows, writtenNight } from './night.ts';

/** A handful of rows, and what a rule has to say about them. */
export interface Case {
  /** Rows of the period. */
  readonly transactions?: readonly Cells[];
  readonly memos?: readonly Cells[];
  readonly items?: readonly Cells[];
  readonly allocations?: readonly Cells[];
  /** Rows of other sources. */
  readonly changed?: readonly Cells[];
  readonly context?: readonly Cells[];
  readonly earlier?: readonly Cells[];
  readonly contextMemos?: readonly Cells[];
  readonly contextAllocations?: readonly Cells[];
  readonly changedMemos?: readonly Cells[];
  readonly earlierMemos?: readonly Cells[];
  readonly absent?: readonly Cells[];
  /** Key subjects that differ, with what is to be said of them. */
  readonly fires?: Readonly<Record<string, Cells>>;
  /** Key subjects to which the rule does not apply. */
  readonly unclear?: number;
}

type Cases = Readonly<Record<string, Case>>;
type Shared = Pick<Night, 'judgedAt' | 'isNight' | 'rules' | 'scope'> & {
  readonly inputs?: Partial<Record<InputName, readonly Cells[]>>;
};

/**
 * States facts about one rule. All cases lie in one snapshot, so that each is also shown to leave
 * the others alone; ids are those of the case, told apart by a number in front.
 */
export function ruleFacts(rule: Rule, cases: Cases, shared: Shared = {}): void {
  const entries = Object.entries(cases);
  FACTS.push({ rule, cases, shared });
  describe(rule.id, () => {
    let judged: Reconciliation;
    let unclearIds: readonly string[];
    beforeAll(async () => {
      const night = nightOf(rule, cases, shared);
      judged = await judgedNight(night);
      unclearIds = await unclearOf(rule, night);
    });

    test.each(entries.map(([title], number) => [title, number] as const))('%s', (_, number) => {
      const { fires = {}, unclear = 0 } = entries[number]![1];
      expect(unclearIds.filter((id) => isOf(number, id))).toHaveLength(unclear);
      const found = judged.discrepancies.filter(({ recordId, rule: name }) =>
        name === rule.id ? isOf(number, recordId) : name === 'rule-failed',
      );
      expect(found.map(({ recordId }) => plain(recordId)).sort()).toEqual(
        Object.keys(fires).sort(),
      );
      for (const one of found) {
        const said = fires[plain(one.recordId)]!;
        const told = { ...one, relatedIds: one.relatedIds.join(' ').replaceAll(/\b\d{1,3}-/g, '') };
        expect(told).toMatchObject(said);
        expect(one.explanation + one.action).not.toMatch(/[{}]|unknown beyond|undefined|null/);
      }
    });

    test('does not apply where it cannot tell', () => {
      const [outcome] = judged.outcomes;
      const unclear = entries.reduce((sum, [, one]) => sum + (one.unclear ?? 0), 0);
      expect(outcome).toMatchObject({ error: undefined, notApplicableCount: unclear });
    });
  });
}

/** Days are nobody's: a case about one has a snapshot to itself. */
function isOf(number: number, recordId: string): boolean {
  return recordId.startsWith(`${number}-`) || (number === 0 && /^\d{4}-/.test(recordId));
}

function plain(recordId: string): string {
  return /^\d{4}-/.test(recordId) ? recordId : recordId.replace(/^\d+-/, '');
}

/** Every fact stated so far: mutation.slow.ts asks whether a weaker rule would be noticed. */
export const FACTS: { readonly rule: Rule; readonly cases: Cases; readonly shared: Shared }[] = [];

/** Key subjects to which the rule does not apply, one by one: its outcome only counts them. */
function unclearOf(rule: Rule, night: Night): Promise<readonly string[]> {
  return writtenNight(night, async (files, manifest, options) => {
    const database = await openDatabase({ ...options, files, manifest });
    const ids = await unclearIn(database, rule);
    database.close();
    return ids;
  });
}

/** In the order of their ids. */
async function unclearIn(database: Database, rule: Rule): Promise<readonly string[]> {
  const [{ thresholds }] = rulesInForce({}, [rule]) as [RuleInForce];
  const answers = await database.ask(
    `SELECT recordId FROM (${rule.question(thresholds)}) WHERE differs IS NULL ORDER BY recordId`,
  );
  return answers.map(({ recordId }) => recordId!);
}

/** All cases of a rule as one snapshot. */
export function nightOf(rule: Rule, cases: Cases, shared: Shared): Night {
  const own = Object.values(cases).map((one, number) => prefixed(one, `${number}-`));
  const absent = own.flatMap((one) => one.absent ?? []);
  const inputs = { ...shared.inputs, ...(absent.length > 0 && { absent }) };
  return { ...shared, inputs, roster: [rule], rows: rowsOf(own) };
}

/** Everything that a rule says, ids and figures, as text; undefined where it cannot be asked. */
export async function said(database: Database, rule: Rule): Promise<string | undefined> {
  const [verdict] = (await judge(database, rulesInForce({}, [rule]), () => 0)) as [Verdict];
  if (verdict.outcome.error !== undefined) return undefined;
  return JSON.stringify([verdict.findings, await unclearIn(database, rule)]);
}

const LISTS = [
  ['transactions', 'period', 'transactions'],
  ['memos', 'period', 'credit-memos'],
  ['items', 'period', 'credit-memo-items'],
  ['allocations', 'period', 'credit-memo-allocations'],
  ['changed', 'changed', 'transactions'],
  ['context', 'context', 'transactions'],
  ['earlier', 'earlier', 'transactions'],
  ['contextMemos', 'context', 'credit-memos'],
  ['contextAllocations', 'context', 'credit-memo-allocations'],
  ['changedMemos', 'changed', 'credit-memos'],
  ['earlierMemos', 'earlier', 'credit-memos'],
] as const;

function rowsOf(cases: readonly Case[]): Rows[] {
  return LISTS.map(([list, source, table]) => ({
    source,
    table,
    rows: cases.flatMap((one) => one[list] ?? []),
  })).filter(({ rows }) => rows.length > 0);
}

/** Cells that hold ids of the case. */
const IDS = [
  'id',
  'parentTransactionId',
  'childTransactions',
  'customerId',
  'invoiceIds',
  'invoiceId',
  'requestId',
  'gatewayTransactionId',
  'paymentInstrument.paymentInstrumentId',
  'creditMemoId',
  'transactionId',
];

function prefixed(one: Case, prefix: string): Case {
  const cells = (row: Cells): Cells =>
    Object.fromEntries(
      Object.entries(row).map(([name, cell]) => [
        name,
        IDS.includes(name) ? cell?.replaceAll(/\S+/g, (id) => prefix + id) : cell,
      ]),
    );
  const lists = [...LISTS.map(([list]) => list), 'absent'] as const;
  return { ...one, ...Object.fromEntries(lists.map((list) => [list, one[list]?.map(cells)])) };
}

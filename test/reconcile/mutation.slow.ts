import { expect, test } from 'vitest';
import type { Reconciliation } from '../../lib/reconcile/reconcile.ts';
import type { Rule } from '../../lib/reconcile/rule.ts';
import './between.test.ts';
import './duplicates.test.ts';
import './memos.test.ts';
import './nights.test.ts';
import './parents-held.test.ts';
import './parents.test.ts';
import './records-timing.test.ts';
import './records.test.ts';
import { FACTS, judgedCases } from './rule-facts.ts';

/** How a condition is weakened: each match of the pattern, one at a time. */
const WEAKENINGS: readonly (readonly [RegExp, string])[] = [
  [/ <> /g, ' = '],
  [/ > /g, ' >= '],
  [/ >= /g, ' > '],
  [/ < /g, ' <= '],
  [/ <= /g, ' < '],
  [/\bNOT IN\b/g, 'IN'],
  [/\bAND NOT [\w.]+/g, ''],
  [/\n +AND [^\n]+(?=\n)/g, ''],
];

/** Everything that a run says about the rule, ids and figures, as text. */
function said({ discrepancies, outcomes }: Reconciliation): string {
  const found = discrepancies.map((one) => JSON.stringify(one));
  return JSON.stringify([...found, outcomes[0]!.notApplicableCount]);
}

function mutantsOf(rule: Rule): { readonly change: string; readonly rule: Rule }[] {
  const values = Object.entries(rule.thresholds).map(([name, { value }]) => [name, value] as const);
  const question = rule.question(Object.fromEntries(values));
  return WEAKENINGS.flatMap(([pattern, weaker]) =>
    [...question.matchAll(pattern)].map((match) => {
      const after = question.slice(match.index + match[0].length);
      const mutant = question.slice(0, match.index) + weaker + after;
      const near = question.slice(Math.max(0, match.index - 40), match.index + 40);
      const change = `${match[0].trim()} → '${weaker.trim()}' in ${near.replaceAll(/\s+/g, ' ')}`;
      return { change, rule: { ...rule, question: () => mutant } };
    }),
  );
}

test.each([...new Set(FACTS.map(({ rule }) => rule))].map((rule) => [rule.id, rule] as const))(
  'a weaker %s is noticed',
  async (_id, rule) => {
    const facts = FACTS.filter((fact) => fact.rule === rule);
    const sound: string[] = [];
    for (const { cases, shared } of facts) sound.push(said(await judgedCases(rule, cases, shared)));
    const unnoticed: string[] = [];
    for (const mutant of mutantsOf(rule)) {
      let isNoticed = false;
      for (const [at, { cases, shared }] of facts.entries()) {
        isNoticed ||= said(await judgedCases(mutant.rule, cases, shared)) !== sound[at];
      }
      if (!isNoticed) unnoticed.push(mutant.change);
    }
    expect(unnoticed).toEqual([]);
  },
);

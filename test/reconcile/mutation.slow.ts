import { afterAll, expect, test } from 'vitest';
import { openDatabase } from '../../lib/reconcile/database.ts';
import type { Rule } from '../../lib/reconcile/rule.ts';
import { mutantsOf } from './mutants.ts';
import { writtenNight } from './night.ts';
import './every-fact.ts';
import { FACTS, nightOf, said } from './rule-facts.ts';

const counts = { mutants: 0, unasked: 0, killed: 0 };
afterAll(() => process.stderr.write(`${JSON.stringify(counts)}\n`));

/**
 * Shortcuts that change nothing but how long it takes: what they let pass is looked at exactly
 * afterwards. A rule without them says the same.
 */
const SHORTCUTS = [
  // duplicates.ts: rows that lack a part of the key are never joined.
  / → 'OR' in ….*c\.\w+ IS NOT NULL/,
  // amount-precision: an amount of few digits need not be rounded.
  /'<=' → '<' in ….*t\.decimals/,
];

/** Ways to be wrong that the facts about a rule do not notice. */
async function unnoticed(rule: Rule): Promise<readonly string[]> {
  let survivors = mutantsOf(rule);
  counts.mutants += survivors.length;
  for (const { cases, shared } of FACTS.filter((fact) => fact.rule === rule)) {
    survivors = await writtenNight(
      nightOf(rule, cases, shared),
      async (files, manifest, options) => {
        const database = await openDatabase({ ...options, files, manifest });
        const sound = await said(database, rule);
        const left: (typeof survivors)[number][] = [];
        for (const mutant of survivors) {
          const answer = await said(database, mutant.rule);
          // What is no question any more shows nothing.
          if (answer === undefined) counts.unasked += 1;
          else if (answer === sound) left.push(mutant);
          else counts.killed += 1;
        }
        database.close();
        return left;
      },
    );
  }
  const changes = survivors.map(({ change }) => change);
  return changes.filter((change) => !SHORTCUTS.some((shortcut) => shortcut.test(change)));
}

test.each([...new Set(FACTS.map(({ rule }) => rule))].map((rule) => [rule.id, rule] as const))(
  'a weaker %s is noticed',
  async (_id, rule) => {
    expect(await unnoticed(rule)).toEqual([]);
  },
);

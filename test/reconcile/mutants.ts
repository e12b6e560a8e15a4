import type { Rule } from '../../lib/reconcile/rule.ts';

/** A rule that is wrong in one place. */
export interface Mutant {
  /** What became of what, with some of the text around it. */
  readonly change: string;
  readonly rule: Rule;
}

/** How a condition is made wrong: each match of a pattern, one at a time. */
const MUTATIONS: readonly (readonly [RegExp, (match: string) => string])[] = [
  // A comparison is turned, or moved by the one value on its line.
  [/ <> /g, () => ' = '],
  [/ = /g, () => ' <> '],
  [/ > /g, () => ' >= '],
  [/ > /g, () => ' < '],
  [/ >= /g, () => ' > '],
  [/ >= /g, () => ' < '],
  [/ < /g, () => ' <= '],
  [/ < /g, () => ' > '],
  [/ <= /g, () => ' < '],
  [/ <= /g, () => ' > '],
  [/\bNOT IN\b/g, () => 'IN'],
  [/(?<!NOT )\bIN (?=\()/g, () => 'NOT IN '],
  [/\bIS DISTINCT FROM\b/g, () => 'IS NOT DISTINCT FROM'],
  // One of several is as bad as all of them, and the reverse.
  [/\bbool_or\b/g, () => 'bool_and'],
  [/\bbool_and\b/g, () => 'bool_or'],
  [/\b OR \b/g, () => ' AND '],
  [/(?<!BETWEEN \S+(?: [+-] \S+)?) AND /g, () => ' OR '],
  // A clause is dropped.
  [/\bAND NOT [\w.]+/g, () => ''],
  [/\n +AND [^\n]+(?=\n)/g, () => ''],
  [/\bNOT (?=[\w.]+(?:\s|\)|$))(?!NULL|FALSE|TRUE|IN|MATERIALIZED|DISTINCT)/g, () => ''],
  [/ FILTER \((?:[^()]|\([^()]*\))+\)/g, () => ''],
  // What nobody knows is taken for known, and the reverse.
  [/\bIS NOT NULL\b/g, () => 'IS NULL'],
  [/\bIS NULL\b/g, () => 'IS NOT NULL'],
  [/\bIS NOT (?:FALSE|TRUE)\b/g, (match) => (match.endsWith('FALSE') ? '= true' : '= false')],
  [/\bcoalesce\((\w[\w.]*), [^()]+?\)/g, (match) => match.slice(9, match.indexOf(','))],
  // One word of a list is forgotten.
  [/(?<=IN \([^)]*)'[\w-]+', /g, () => ''],
  [/(?<=IN \([^)]*), '[\w-]+'/g, () => ''],
  // A branch is never taken.
  [/\bWHEN (?!')(?=.+ THEN)/g, () => 'WHEN false AND '],
  [/\bWHEN '[\w-]+' THEN/g, () => "WHEN '' THEN"],
  // A sum goes the other way.
  [/ \+ /g, () => ' - '],
  [/ - /g, () => ' + '],
  [/ JOIN absent (\w+) ON .*/g, (match) => match.replace(/ AND .*/, '')],
];

/** Every way in which SQL can be wrong in one place, with the change in words. */
function mutationsOf(sql: string): ReadonlyMap<string, string> {
  const original = sql.replaceAll(/--.*/g, '');
  const wrong = new Map<string, string>();
  for (const [pattern, mutate] of MUTATIONS) {
    for (const match of original.matchAll(pattern)) {
      const [text] = match;
      const instead = mutate(text);
      const end = match.index + text.length;
      const mutant = original.slice(0, match.index) + instead + original.slice(end);
      if (mutant === original) continue;
      const near = original.slice(Math.max(0, match.index - 40), end + 40).replaceAll(/\s+/g, ' ');
      wrong.set(mutant, `'${text.trim()}' → '${instead.trim()}' in …${near}…`);
    }
  }
  return wrong;
}

/** Every way in which the rule's question can be wrong in one place. */
export function mutantsOf(rule: Rule): readonly Mutant[] {
  const values = Object.entries(rule.thresholds).map(([name, { value }]) => [name, value] as const);
  const question = rule.question(Object.fromEntries(values));
  return [...mutationsOf(question)].map(([mutant, change]) => ({
    change,
    rule: { ...rule, question: () => mutant },
  }));
}

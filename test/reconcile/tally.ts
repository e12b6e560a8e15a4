import { RULE_FAILED } from '../../lib/reconcile/judge.ts';
import type { Reconciliation } from '../../lib/reconcile/reconcile.ts';
import { ROSTER } from '../../lib/reconcile/roster.ts';
import type { Label } from '../../lib/simulator/planted/plant.ts';

/** How well a rule tells planted faults from everything else. */
export interface Tally {
  readonly rule: string;
  readonly planted: number;
  readonly found: number;
  /** Planted, and not reported. */
  readonly missed: number;
  /** Reported, and not planted. */
  readonly false: number;
  /** Some of what was missed or falsely reported: `collection id`. */
  readonly examples: readonly string[];
}

const EXAMPLES = 3;

/** One tally for each rule of the roster, and one for rules that failed. */
export function tallied(
  labels: readonly Label[],
  looks: readonly Pick<Reconciliation, 'discrepancies'>[],
): readonly Tally[] {
  const discrepancies = looks.flatMap((look) => look.discrepancies);
  return [...ROSTER.map(({ id }) => id), RULE_FAILED].map((rule) => {
    const planted = subjects(labels.filter((one) => one.rule === rule));
    const reported = subjects(discrepancies.filter((one) => one.rule === rule));
    const missed = planted.difference(reported);
    const wrong = reported.difference(planted);
    return {
      rule,
      planted: planted.size,
      found: planted.size - missed.size,
      missed: missed.size,
      false: wrong.size,
      examples: [...missed, ...wrong].slice(0, EXAMPLES),
    };
  });
}

/** A rule that found all, and nothing else: recall and precision are 1. */
export function isPerfect(tally: Tally): boolean {
  return tally.missed === 0 && tally.false === 0;
}

function subjects(about: readonly { readonly collection: string; readonly recordId: string }[]) {
  return new Set(about.map(({ collection, recordId }) => `${collection} ${recordId}`));
}

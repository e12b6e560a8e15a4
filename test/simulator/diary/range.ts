import { type Chain, DAY_MS, type DatedLabel, type Played } from './chain.ts';
import { type Accepted, linesOf, nameOf, OF_PUBLISHED, tell } from './troubles.ts';

/** Several days that are run by hand. */
export interface Range extends Pick<Played, 'at'> {
  readonly from: string;
  /** Included. */
  readonly to: string;
}

/**
 * What a run by hand says of its own days: it goes on from the night of the last of them, and asks
 * of every row how old it is when the run starts.
 */
export function troublesWithin(
  before: Chain,
  { from, to, at }: Range,
  labels: readonly DatedLabel[],
  accepted: Accepted,
  createdAt: (label: DatedLabel) => number,
): readonly string[] {
  const isTrue = (label: DatedLabel) => {
    const { rule, since = at, until = Number.POSITIVE_INFINITY, ageDays = 0 } = label;
    const { lapseDays = Number.POSITIVE_INFINITY } = label;
    // What became of published rows is for the nights to tell.
    if (OF_PUBLISHED.includes(rule) || since > at || at >= until) return false;
    const age = ageDays > 0 ? (at - createdAt(label)) / DAY_MS : 0;
    return age >= ageDays && age < lapseDays;
  };
  const within = labels.filter(({ day }) => from <= day && day <= to);
  const told = [...Map.groupBy(within, nameOf)].map(([name, own]) => {
    const prior = before.troubles.get(name);
    return { name, ...tell(own, own.find(isTrue), prior, { day: to, at }, accepted) };
  });
  return linesOf(told);
}

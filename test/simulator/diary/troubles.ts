import type { Instant } from '../../../lib/model/instant.ts';
import {
  type Chain,
  type DatedLabel,
  daysAfter,
  daysBetween,
  type Played,
  type Trouble,
} from './chain.ts';

/** What happened once stays in the list until somebody accepts it. */
const EVENTS = [
  'restated',
  'vanished',
  'appeared',
  'revision-went-back',
  'volume-outlier',
  'flagged-by-gateway',
];
/** Seen only by comparing with what was published. */
const OF_PUBLISHED = ['restated', 'vanished', 'appeared', 'revision-went-back'];
/** Seen only by looking at the day as a whole, in its own night. */
const OF_THE_DAY = ['memo-number-gap', 'volume-outlier'];

export interface Troubles {
  /** `rule collection record: status first..last age`, in order. */
  readonly lines: readonly string[];
  readonly troubles: Chain['troubles'];
}

export function nameOf({ rule, collection, recordId }: Omit<DatedLabel, 'day' | 'plantedBy'>) {
  return `${rule} ${collection} ${recordId}`;
}

/** When somebody accepted what a label says, by its name. */
export type Accepted = ReadonlyMap<string, Instant>;

/** What the list of a night has to say, told from the labels alone. */
export function troublesOn(
  before: Chain,
  night: Played,
  labels: readonly DatedLabel[],
  accepted: Accepted,
): Troubles {
  const { day } = night;
  const lines: string[] = [];
  const troubles = new Map<DatedLabel, Trouble>();
  for (const label of labels) {
    const name = nameOf(label);
    const prior = before.troubles.get(label);
    const isEvent = EVENTS.includes(label.rule);
    const isHere = prior && isEvent ? true : holds(label, night);
    if (isHere && (prior || isSeen(label, before, night))) {
      const trouble = { firstSeen: prior?.firstSeen ?? day, lastSeen: day };
      troubles.set(label, trouble);
      lines.push(
        line(
          name,
          isAccepted(label, night, accepted) ? 'acknowledged' : prior ? 'open' : 'new',
          trouble,
        ),
      );
    } else if (prior) {
      lines.push(line(name, 'resolved', prior));
    }
  }
  return { lines: lines.sort(), troubles };
}

function line(name: string, status: string, { firstSeen, lastSeen }: Trouble): string {
  return `${name}: ${status} ${firstSeen}..${lastSeen} ${daysBetween(firstSeen, lastSeen)}`;
}

/** Whether it is true when the night looks, and old enough to be said. */
function holds({ since, until, ageDays, lapseDays, day: own }: DatedLabel, night: Played): boolean {
  const { day, at } = night;
  if (own > day || (since !== undefined && at < since)) return false;
  if (until !== undefined && at >= until) return false;
  if (ageDays !== undefined && daysAfter(own, ageDays) > day) return false;
  return lapseDays === undefined || daysAfter(own, lapseDays) > day;
}

/** Accepted are the figures of then: when they move it is open again. */
function isAccepted(label: DatedLabel, { at }: Played, accepted: Accepted): boolean {
  const acceptedAt = accepted.get(nameOf(label));
  if (acceptedAt === undefined || acceptedAt > at) return false;
  const { movedAt } = label;
  return movedAt === undefined || at < movedAt || acceptedAt >= movedAt;
}

/** Whether the night has what it takes to notice. */
function isSeen({ rule, day, since }: DatedLabel, { nights }: Chain, night: Played): boolean {
  if (OF_THE_DAY.includes(rule)) return day === night.day;
  if (!OF_PUBLISHED.includes(rule)) return true;
  return nights.some((one) => one.day === day && one.at < since!);
}

/** What a run by hand over several days finds of them: it knows nothing of their nights. */
export function troublesWithin(
  labels: readonly DatedLabel[],
  { from, to, at }: { readonly from: string; readonly to: string; readonly at: number },
  createdAt: (label: DatedLabel) => number,
): readonly string[] {
  const isTrue = (label: DatedLabel) => {
    const { rule, day, since = at, until = Number.POSITIVE_INFINITY, ageDays, lapseDays } = label;
    if (OF_PUBLISHED.includes(rule) || day < from || day > to) return false;
    const age = ageDays === undefined ? 0 : (at - createdAt(label)) / 86_400_000;
    return since <= at && at < until && age >= (ageDays ?? 0) && age < (lapseDays ?? 1e9);
  };
  const trouble = { firstSeen: to, lastSeen: to };
  return labels
    .filter(isTrue)
    .map((label) => line(nameOf(label), 'new', trouble))
    .sort();
}

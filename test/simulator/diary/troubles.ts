import type { Instant } from '../../../lib/model/instant.ts';
import {
  type Chain,
  DAY_MS,
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
      lines.push(line(name, statusOf(label, night, prior, accepted), trouble));
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

function statusOf(
  label: DatedLabel,
  night: Played,
  prior: Trouble | undefined,
  accepted: Accepted,
): string {
  if (isAccepted(label, night, accepted)) return 'acknowledged';
  return prior ? 'open' : 'new';
}

/** Whether the night has what it takes to notice. */
function isSeen({ rule, day, since }: DatedLabel, { nights }: Chain, night: Played): boolean {
  if (OF_THE_DAY.includes(rule)) return day === night.day;
  if (!OF_PUBLISHED.includes(rule)) return true;
  return nights.some((one) => one.day === day && one.at < since!);
}

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
    const { since = at, until = Number.POSITIVE_INFINITY, ageDays = 0 } = label;
    const { lapseDays = Number.POSITIVE_INFINITY } = label;
    const needsAge = ageDays > 0;
    const age = needsAge ? (at - createdAt(label)) / DAY_MS : 0;
    return since <= at && at < until && age >= ageDays && age < lapseDays;
  };
  return labels
    .filter(({ day }) => from <= day && day <= to)
    .flatMap((label) => {
      const prior = before.troubles.get(label);
      const isEvent = EVENTS.includes(label.rule);
      // What became of published rows is for the nights to tell.
      const isFound = !OF_PUBLISHED.includes(label.rule) && isTrue(label);
      const name = nameOf(label);
      const trouble = { firstSeen: prior?.firstSeen ?? to, lastSeen: to };
      if (isFound || (isEvent && prior)) {
        return [line(name, statusOf(label, { day: to, at }, prior, accepted), trouble)];
      }
      return prior ? [line(name, 'resolved', prior)] : [];
    })
    .sort();
}

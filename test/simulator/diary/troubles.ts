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
export const OF_PUBLISHED = ['restated', 'vanished', 'appeared', 'revision-went-back'];
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
  const told = [...Map.groupBy(labels, nameOf)].map(([name, own]) => {
    const prior = before.troubles.get(name);
    const label = own.find(
      (one) => holds(one, night) && (prior !== undefined || isSeen(one, before, night)),
    );
    return { name, ...tell(own, label, prior, night, accepted) };
  });
  return {
    lines: linesOf(told),
    troubles: new Map(told.flatMap(({ name, trouble }) => (trouble ? [[name, trouble]] : []))),
  };
}

/** What is said of a record and a rule; `found` is the label that is true now, of all of the same. */
export function tell(
  own: readonly DatedLabel[],
  found: DatedLabel | undefined,
  prior: Trouble | undefined,
  night: Played,
  accepted: Accepted,
): { readonly said?: string; readonly trouble?: Trouble } {
  const label = found ?? (prior && EVENTS.includes(own[0]!.rule) ? own[0] : undefined);
  if (label !== undefined) {
    const trouble = { firstSeen: prior?.firstSeen ?? night.day, lastSeen: night.day };
    const status = isAccepted(label, night, accepted) ? 'acknowledged' : prior ? 'open' : 'new';
    return { trouble, said: sentence(status, trouble) };
  }
  return prior ? { said: sentence('resolved', prior) } : {};
}

export function linesOf(told: readonly { readonly name: string; readonly said?: string }[]) {
  return told.flatMap(({ name, said }) => (said ? [`${name}: ${said}`] : [])).sort();
}

function sentence(status: string, { firstSeen, lastSeen }: Trouble): string {
  return `${status} ${firstSeen}..${lastSeen} ${daysBetween(firstSeen, lastSeen)}`;
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

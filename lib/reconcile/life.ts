import { createHash } from 'node:crypto';
import { daysBetween, type LocalDay } from '../calendar/business-day.ts';
import type { Discrepancy, DiscrepancyStatus, Severity } from '../model/discrepancy.ts';

/** What a rule found tonight, before anybody knows since when. */
export type Finding = Omit<Discrepancy, 'status' | 'firstSeen' | 'lastSeen' | 'ageDays'>;

/** An accepted discrepancy, with the figures that were accepted. */
export interface Acknowledgement {
  readonly id: string;
  readonly expected: string;
  readonly actual: string;
}

/** Of an open discrepancy that was not found tonight: whether its records show that it is over. */
export type Fate = 'over' | 'unknown';

export interface Night {
  /** The business day that is being judged, or the last of several. */
  readonly day: LocalDay;
  readonly found: readonly Finding[];
  readonly prior: readonly Discrepancy[];
  readonly acknowledgements: readonly Acknowledgement[];
  readonly fateOf: (prior: Discrepancy) => Fate;
}

const ID_LENGTH = 16;

/**
 * The same trouble keeps its id while its related records and its amounts change. `instant` is ''
 * for what is true until mended.
 */
export function discrepancyId(
  rule: string,
  collection: string,
  recordId: string,
  instant: string,
): string {
  const identity = JSON.stringify([rule, collection, recordId, instant]);
  return createHash('sha256').update(identity).digest('hex').slice(0, ID_LENGTH);
}

export function isDiscrepancyId(text: string): boolean {
  return text.length === ID_LENGTH && /^[0-9a-f]+$/.test(text);
}

/** Tonight's discrepancies with their past: found ones, and earlier ones that travel along. */
export function liveOn(night: Night): readonly Discrepancy[] {
  const { day, found } = night;
  const accepted = new Map(night.acknowledgements.map((one) => [one.id, one]));
  const before = new Map(night.prior.map((one) => [one.id, one]));
  const status = (finding: Finding, otherwise: DiscrepancyStatus): DiscrepancyStatus => {
    const acceptance = accepted.get(finding.id);
    const isPinned =
      acceptance?.expected === finding.expected && acceptance.actual === finding.actual;
    return isPinned ? 'acknowledged' : otherwise;
  };
  const seen = (
    finding: Finding,
    otherwise: DiscrepancyStatus,
    firstSeen: string,
  ): Discrepancy => ({
    ...finding,
    status: status(finding, otherwise),
    firstSeen,
    lastSeen: day,
    ageDays: ageOf(firstSeen, day),
  });

  const tonight = found.map((finding) => {
    const earlier = before.get(finding.id);
    // What came back after it was resolved is a new trouble.
    const isOld = earlier !== undefined && earlier.status !== 'resolved';
    return seen(finding, isOld ? 'open' : 'new', isOld ? earlier.firstSeen : day);
  });
  const foundIds = new Set(found.map(({ id }) => id));
  const left = night.prior
    .filter(({ id, status }) => status !== 'resolved' && !foundIds.has(id))
    .map((one): Discrepancy => {
      if (night.fateOf(one) === 'over') {
        return { ...one, status: 'resolved', ageDays: ageOf(one.firstSeen, one.lastSeen) };
      }
      return seen(one, 'open', one.firstSeen);
    });
  return [...tonight, ...left];
}

/** A day that is judged again may come before the day on which it was first seen. */
function ageOf(firstSeen: string, lastSeen: string): number {
  return Math.max(0, daysBetween(firstSeen as LocalDay, lastSeen as LocalDay));
}

/** Money at stake, to put the worst first. Amounts of different currencies are never compared. */
export interface Stake {
  /** In the report currency: whole billionths; undefined where the record has none. */
  readonly report: bigint | undefined;
  readonly own: bigint;
}

const RANK: Readonly<Record<Severity, number>> = {
  critical: 0,
  high: 1,
  medium: 2,
  low: 3,
  info: 4,
};

/** Severity, then the amount at risk, then id. */
export function inOrder(
  discrepancies: readonly Discrepancy[],
  stakeOf: (discrepancy: Discrepancy) => Stake,
): readonly Discrepancy[] {
  const keyed = discrepancies.map((one) => ({ one, stake: stakeOf(one) }));
  keyed.sort(
    (a, b) =>
      RANK[a.one.severity] - RANK[b.one.severity] ||
      compareStakes(a.stake, b.stake, a.one.currency, b.one.currency) ||
      compareText(a.one.id, b.one.id),
  );
  return keyed.map(({ one }) => one);
}

function compareStakes(a: Stake, b: Stake, aCurrency: string, bCurrency: string): number {
  if (a.report !== undefined && b.report !== undefined) return compare(b.report, a.report);
  if (a.report !== undefined || b.report !== undefined) return a.report === undefined ? 1 : -1;
  return compareText(aCurrency, bCurrency) || compare(b.own, a.own);
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

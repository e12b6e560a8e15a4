import type { Instant } from '../../../lib/model/instant.ts';
import type { CollectionName } from '../../../lib/model/records.ts';
import type { Label } from '../../../lib/simulator/planted/plant.ts';
import type { Table, World } from '../../../lib/simulator/table.ts';

export const DAY_MS = 86_400_000;

/** A night that somebody played: the day that it is about, and when. */
export interface Played {
  /** `2026-10-05`; a business day is a day of UTC here. */
  readonly day: string;
  readonly at: Instant;
}

/** A label, and the day of its records. */
export interface DatedLabel extends Label {
  readonly day: string;
}

/** A label that is in the list. */
export interface Trouble {
  readonly firstSeen: string;
  readonly lastSeen: string;
}

export interface Ready {
  readonly state: 'provisional' | 'settled';
  readonly since: string;
}

/** What whoever keeps the diary remembers after a night; the next goes on from it. */
export interface Chain {
  readonly nights: readonly Played[];
  /** By what their labels say. */
  readonly troubles: ReadonlyMap<string, Trouble>;
  /** What was said of every row of a published day, by its index. */
  readonly texts: Readonly<Record<CollectionName, ReadonlyMap<number, string>>>;
  /** By `day collection`: the lines of the last night's file. */
  readonly readiness: ReadonlyMap<string, Ready>;
  /** Gateway accounts with a reconciled row, night by night. */
  readonly accounts: readonly ReadonlySet<string>[];
}

export const BEFORE_ALL: Chain = {
  nights: [],
  troubles: new Map(),
  texts: { transactions: new Map(), 'credit-memos': new Map() },
  readiness: new Map(),
  accounts: [],
};

export function tableOf(world: World, collection: CollectionName): Table {
  return collection === 'transactions' ? world.transactions : world.creditMemos;
}

export function startOf(day: string): Instant {
  return Date.parse(`${day}T00:00:00Z`) as Instant;
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

/** The day so many days after; before, where they are negative. */
export function daysAfter(day: string, count: number): string {
  return dayOf(startOf(day) + count * DAY_MS);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((startOf(to) - startOf(from)) / DAY_MS);
}

/** Indexes of the rows of a day. */
export function rowsOn(table: Table, day: string): readonly number[] {
  const [from, to] = [day, daysAfter(day, 1)].map((at) => table.firstAt(startOf(at)));
  return Array.from({ length: to! - from! }, (_, at) => from! + at);
}

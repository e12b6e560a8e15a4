import { Fault } from '../../model/fault.ts';
import type { Instant } from '../../model/instant.ts';
import type { CollectionName, JsonObject } from '../../model/records.ts';
import { momentText } from '../moments.ts';
import { shuffle } from '../shuffle.ts';
import type { Table } from '../table.ts';
import type { Absence, Change, Overlay } from './overlay.ts';
import type { Patch, Spot } from './rows.ts';

/** Half-open, like a business day. */
export interface Span {
  readonly start: Instant;
  readonly end: Instant;
}

/** When everything that will ever happen has happened. */
export const THE_END = Number.POSITIVE_INFINITY as Instant;
export const THE_BEGINNING = Number.NEGATIVE_INFINITY as Instant;

export const always = () => true;

export type Acceptance = (row: JsonObject) => boolean;

/** One collection's rows of the day, in an order of chance. */
export interface Bed extends Overlay {
  readonly taken: Set<number>;
  readonly absences: Absence[];
  take(
    kind: string,
    accept: Acceptance,
    suits?: (spot: Spot<JsonObject>) => boolean,
  ): Spot<JsonObject>;
  /** The next row after another in time: of two rows of one second neither is the earlier one. */
  next(
    first: Spot<JsonObject>,
    kind: string,
    withinMs: number,
    accept: Acceptance,
  ): Spot<JsonObject> | undefined;
  /** The first row from an instant on, which may lie days behind the day. */
  takeAfter(instant: Instant, kind: string, accept: Acceptance): Spot<JsonObject>;
  change(index: number, since: Instant, patch: Patch): void;
}

export function createBed(
  table: Table,
  collection: CollectionName,
  day: Span,
  seed: number,
  kindOf: (row: JsonObject) => string | undefined,
): Bed {
  const [from, to] = [table.firstAt(day.start), table.firstAt(day.end)];
  const kinds = new Map<number, string | undefined>();
  const taken = new Set<number>();
  const changes = new Map<number, Change[]>();
  // What an earlier planting hides is no row to build upon, now or later.
  const hidden = new Set([THE_BEGINNING, THE_END].flatMap((at) => table.missingAt?.(at) ?? []));

  /** A row is read whole only where its kind, once known, is the wanted one. */
  const free = (index: number, kind: string): Spot<JsonObject> | undefined => {
    if (taken.has(index) || hidden.has(index) || (kinds.has(index) && kinds.get(index) !== kind))
      return undefined;
    const row = table.row(index, THE_END);
    if (!kinds.has(index)) kinds.set(index, kindOf(row));
    if (kinds.get(index) !== kind) return undefined;
    return { collection, index, createdAt: table.createdAt(index), id: String(row['id']), row };
  };

  return {
    taken,
    changes,
    absences: [],
    take(kind, accept, suits = always) {
      for (const place of shuffled(to - from, seed)) {
        const spot = free(from + place, kind);
        if (spot === undefined || !accept(spot.row) || !suits(spot)) continue;
        taken.add(spot.index);
        return spot;
      }
      throw tooSmall(
        `The day's ${to - from} ${collection} have no ${kind} left that a fault needs.`,
      );
    },
    next(first, kind, withinMs, accept) {
      for (let index = first.index + 1; index < to; index++) {
        if (table.createdAt(index) - first.createdAt > withinMs) return undefined;
        if (secondOf(table.createdAt(index)) === secondOf(first.createdAt)) continue;
        const spot = free(index, kind);
        if (spot !== undefined && accept(spot.row)) return spot;
      }
      return undefined;
    },
    takeAfter(instant, kind, accept) {
      for (let index = table.firstAt(instant); index < table.count; index++) {
        const spot = free(index, kind);
        if (spot === undefined || !accept(spot.row)) continue;
        taken.add(index);
        return spot;
      }
      throw tooSmall(`No ${kind} that a fault needs is created after ${momentText(instant)}.`);
    },
    change(index, since, patch) {
      const own = changes.get(index) ?? [];
      changes.set(index, [...own, { since, patch }]);
    },
  };
}

function tooSmall(message: string): Fault {
  return new Fault('WORLD_TOO_SMALL', message, 'Plant fewer faults, or into a longer day.');
}

const secondOf = (at: Instant) => Math.floor(at / 1000);

/** Every number in `[0, count)` once. */
function* shuffled(count: number, seed: number): Iterable<number> {
  const bits = Math.ceil(Math.log2(Math.max(2, count)));
  for (let value = 0; value < 2 ** bits; value++) {
    const place = shuffle(value, bits, seed);
    if (place < count) yield place;
  }
}

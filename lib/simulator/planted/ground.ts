import type { Instant } from '../../model/instant.ts';
import type { CollectionName, JsonObject } from '../../model/records.ts';
import { createIds } from '../ids.ts';
import { momentText } from '../moments.ts';
import { mix } from '../random.ts';
import type { World } from '../table.ts';
import { type Acceptance, always, createBed, type Span, THE_BEGINNING } from './bed.ts';
import { isFreeMemo, type PaymentKind, paymentKind } from './kinds.ts';
import { createMemoCensus, type MemoCensus } from './memo-census.ts';
import type { Absence, Overlay } from './overlay.ts';
import type { Memo, MemoRow, Patch, Payment, PaymentRow, Spot } from './rows.ts';

export interface GroundOptions {
  readonly seed: number;
  readonly day: Span;
  /** When records change that an earlier night has published. */
  readonly laterAt: Instant;
}

/**
 * A clean world's day, where plants find rows for themselves and change them. A row serves one
 * plant at most, so no plant disturbs another.
 */
export interface Ground extends Omit<GroundOptions, 'seed'> {
  readonly world: World;
  readonly memos: MemoCensus;
  payment(accept?: (row: PaymentRow) => boolean, kind?: PaymentKind): Payment;
  /** Two payments in order of time. */
  pair(match?: Match): readonly [Payment, Payment];
  /** A payment at least so long after another; it may lie behind the day. */
  follower(first: Payment, afterMs: number): Payment;
  memo(accept?: (row: MemoRow) => boolean): Memo;
  /** An id that no record of the world has. */
  freshId(prefix: string): string;
  /** How the row looks ever since it was made, as if it had come so. */
  change(spot: Spot<JsonObject>, patch: Patch): void;
  /** What becomes of it at an instant: a new revision of the record. */
  turn(spot: Spot<JsonObject>, at: Instant, patch: Patch): void;
  hide(collection: CollectionName, absence: Absence): void;
  isTaken(collection: CollectionName, index: number): boolean;
  overlay(collection: CollectionName): Overlay;
}

/** Which two payments make a pair; any two do when nothing is said. */
export interface Match {
  /** How far apart they may be. */
  readonly withinMs?: number;
  readonly first?: (row: PaymentRow) => boolean;
  readonly both?: (earlier: PaymentRow, later: PaymentRow) => boolean;
}

export function createGround(world: World, { seed, day, laterAt }: GroundOptions): Ground {
  const payments = createBed(world.transactions, 'transactions', day, seed, paymentKind);
  const memos = createBed(world.creditMemos, 'credit-memos', day, mix(seed, 1), (row) =>
    isFreeMemo(row) ? 'memo' : undefined,
  );
  const bedOf = (collection: CollectionName) => (collection === 'transactions' ? payments : memos);
  const census = createMemoCensus(world.creditMemos);
  let freshCount = 0;

  return {
    world,
    day,
    laterAt,
    memos: census,
    payment: (accept = always, kind = 'card') =>
      payments.take(kind, accept as Acceptance) as Payment,
    follower: (first, afterMs) =>
      payments.takeAfter((first.createdAt + afterMs) as Instant, 'card', always) as Payment,
    memo: (accept = always) => memos.take('memo', accept as Acceptance) as Memo,
    pair({ withinMs = Number.POSITIVE_INFINITY, first: accept = always, both = always } = {}) {
      let second: Spot<JsonObject> | undefined;
      const hasSecond = (first: Spot<JsonObject>): boolean => {
        second = payments.next(first, 'card', withinMs, (row) =>
          both(first.row as PaymentRow, row as PaymentRow),
        );
        return second !== undefined;
      };
      const first = payments.take('card', accept as Acceptance, hasSecond);
      payments.taken.add(second!.index);
      return [first as Payment, second as Payment];
    },
    freshId(prefix) {
      freshCount += 1;
      return createIds(prefix, mix(seed ^ FRESH_SALT, 0)).of(freshCount);
    },
    change: (spot, patch) => bedOf(spot.collection).change(spot.index, THE_BEGINNING, patch),
    turn(spot, at, patch) {
      const bed = bedOf(spot.collection);
      bed.change(spot.index, at, (row) => revised(row, at));
      bed.change(spot.index, at, patch);
    },
    hide: (collection, absence) => bedOf(collection).absences.push(absence),
    isTaken: (collection, index) => bedOf(collection).taken.has(index),
    overlay: bedOf,
  };
}

/** Keeps ids that nothing has apart from those of the world. */
const FRESH_SALT = 0xf4e5;

function revised(row: PaymentRow & MemoRow, at: Instant): JsonObject {
  const now = momentText(at);
  const updatedTime = row.updatedTime > now ? row.updatedTime : now;
  return { revision: row.revision + 1, updatedTime };
}

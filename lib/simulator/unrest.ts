import { type Instant, instantText } from '../model/instant.ts';
import type { CollectionName, JsonObject } from '../model/records.ts';
import { exactRow } from './exact-row.ts';
import { firstIndex } from './first-index.ts';
import type { Nastiness } from './nastiness.ts';
import { below, chance, mix } from './random.ts';
import type { Table } from './table.ts';

/** What each kind of unrest is thrown with, so that one does not follow from another. */
const [MUTATING, PHASE, LATE] = [1, 2, 3];

/** What a row's status passes through, round and round, after it was made. */
const STATUSES: Readonly<Record<CollectionName, readonly string[]>> = {
  transactions: ['completed', 'disputed', 'partially-refunded', 'refunded'],
  'credit-memos': ['issued', 'partially-applied', 'applied', 'voided'],
};

/** A table as one request sees it: the requests before have moved it. */
export type UnrestfulTable = (requestNumber: number) => Table;

export interface Unrest {
  readonly collection: CollectionName;
  readonly nastiness: Nastiness;
  readonly seed: number;
}

/** Lets a table move while it is read. `createdTime`, amounts, currency, customer never do. */
export function unrest(table: Table, { collection, nastiness, seed }: Unrest): UnrestfulTable {
  let late: readonly number[] | undefined;
  const isLate = (index: number) => chance(mix(mix(seed, LATE), index), nastiness.lateRows);
  return (requestNumber) => {
    const steps = stepsOf(nastiness, seed, requestNumber);
    const moved = nastiness.mutateRows > 0 ? mutated(table, STATUSES[collection], steps) : table;
    if (nastiness.lateRows === 0 || requestNumber >= nastiness.lateUntilRequest) return moved;
    late ??= chosen(table.count, isLate);
    return without(moved, late);
  };
}

function chosen(count: number, isChosen: (index: number) => boolean): readonly number[] {
  const indexes: number[] = [];
  for (let index = 0; index < count; index += 1) if (isChosen(index)) indexes.push(index);
  return indexes;
}

/** How often a row has changed by the time of a request. */
type Steps = (index: number) => number;

/** Those that change do so at the same pace, but not at the same requests. */
function stepsOf(nastiness: Nastiness, seed: number, requestNumber: number): Steps {
  const { mutateRows, mutateEveryRequests: pace } = nastiness;
  const phase = (index: number) => below(mix(mix(seed, PHASE), index), pace);
  return (index) =>
    chance(mix(mix(seed, MUTATING), index), mutateRows)
      ? Math.floor((requestNumber + phase(index)) / pace)
      : 0;
}

function mutated(table: Table, statuses: readonly string[], steps: Steps): Table {
  const row = (index: number, asOf: Instant): JsonObject => {
    const count = steps(index);
    if (count === 0) return table.row(index, asOf);
    const original = exactRow(table.text(index, asOf));
    const revision = original['revision'];
    return {
      ...original,
      status: statuses[count % statuses.length]!,
      revision: (typeof revision === 'number' ? revision : 0) + count,
      updatedTime: instantText(asOf),
    };
  };
  const text = (index: number, asOf: Instant) =>
    steps(index) === 0 ? table.text(index, asOf) : JSON.stringify(row(index, asOf));
  return { ...bound(table), row, text };
}

/** The same table without some of its rows: those after a missing one move up. */
function without(table: Table, missing: readonly number[]): Table {
  const missingBefore = (index: number) =>
    firstIndex(0, missing.length, (position) => missing[position]! >= index);
  // The k-th row left stands behind every missing one whose own index is at most k + its position.
  const original = (index: number) =>
    index + firstIndex(0, missing.length, (position) => missing[position]! - position > index);
  return {
    count: table.count - missing.length,
    createdAt: (index) => table.createdAt(original(index)),
    firstAt: (instant) => {
      const first = table.firstAt(instant);
      return first - missingBefore(first);
    },
    row: (index, asOf) => table.row(original(index), asOf),
    text: (index, asOf) => table.text(original(index), asOf),
    indexOf: (id) => {
      const index = table.indexOf(id);
      if (index === undefined) return undefined;
      const before = missingBefore(index);
      return missing[before] === index ? undefined : index - before;
    },
  };
}

/** A table's functions, kept bound: whoever made it may have made it with `this`. */
function bound(table: Table): Table {
  return {
    count: table.count,
    createdAt: (index) => table.createdAt(index),
    firstAt: (instant) => table.firstAt(instant),
    row: (index, asOf) => table.row(index, asOf),
    text: (index, asOf) => table.text(index, asOf),
    indexOf: (id) => table.indexOf(id),
  };
}

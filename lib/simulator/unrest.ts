import { type Instant, instantText } from '../model/instant.ts';
import type { CollectionName, JsonObject } from '../model/records.ts';
import { exactRow } from './exact-row.ts';
import type { Nastiness } from './nastiness.ts';
import { below, chance, mix } from './random.ts';
import type { Table } from './table.ts';
import { without } from './without.ts';

/** What each kind of unrest is thrown with, so that one does not follow from another. */
const [MUTATING, PHASE, LATE] = [1, 2, 3];

/** What a row's status passes through, round and round, after it was made. */
const STATUSES: Readonly<Record<CollectionName, readonly string[]>> = {
  transactions: ['completed', 'disputed', 'partially-refunded', 'refunded'],
  'credit-memos': ['issued', 'partially-applied', 'applied', 'voided'],
};

/** A table as one request sees it: the requests before have moved it, some rows it may not show. */
export type UnrestfulTable = (requestNumber: number, asOf: Instant) => Table;

export interface Unrest {
  readonly collection: CollectionName;
  readonly nastiness: Nastiness;
  readonly seed: number;
}

/** Lets a table move while it is read. `createdTime`, amounts, currency, customer never do. */
export function unrest(table: Table, { collection, nastiness, seed }: Unrest): UnrestfulTable {
  let late: readonly number[] | undefined;
  const isLate = (index: number) => chance(mix(mix(seed, LATE), index), nastiness.lateRows);
  const lateAt = (requestNumber: number): readonly number[] => {
    if (nastiness.lateRows === 0 || requestNumber >= nastiness.lateUntilRequest) return NONE;
    late ??= chosen(table.count, isLate);
    return late;
  };
  return (requestNumber, asOf) => {
    const steps = stepsOf(nastiness, seed, requestNumber);
    const moved = nastiness.mutateRows > 0 ? mutated(table, STATUSES[collection], steps) : table;
    const missing = union(lateAt(requestNumber), table.missingAt?.(asOf) ?? NONE);
    return missing.length === 0 ? moved : without(moved, missing);
  };
}

const NONE: readonly number[] = [];

function union(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  return [...new Set([...a, ...b])].sort((one, other) => one - other);
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

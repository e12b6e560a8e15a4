import type { Instant } from '../model/instant.ts';
import type { JsonObject } from '../model/records.ts';
import { valuesAt } from './filter.ts';
import { firstIndex } from './first-index.ts';
import type { Query, SortKey } from './query.ts';
import type { Table } from './table.ts';

/** The rows of one answer, by their index, and how many rows the whole question has. */
export interface Selection {
  readonly total: number;
  readonly indexes: readonly number[];
}

/** Ranks rows that the sort leaves equal. */
export type TieOrder = (index: number) => number;

/** Rows `[from, to)` of a table. */
interface Window {
  readonly from: number;
  readonly to: number;
}

type SortValue = string | number | boolean | undefined;

interface Entry {
  readonly index: number;
  readonly keys: readonly SortValue[];
}

/**
 * Filters, sorts and pages the rows that exist at `asOf`. A question about `createdTime` alone,
 * in that order, is answered by the table's own order: no row of it is made here.
 */
export function select(table: Table, query: Query, asOf: Instant, tieOrder?: TieOrder): Selection {
  const window = windowOf(table, query, asOf);
  const [first] = query.sort;
  const isByCreation = query.sort.length === 1 && first!.field === 'createdTime';
  if (isByCreation && query.filter.tests.length === 0 && !query.filter.ids && query.q === '') {
    return sliceOf(table, window, query, first!.isDescending, tieOrder);
  }
  const entries = matching(table, window, query, asOf);
  const rank = tieOrder ?? ((index: number) => index);
  // Ties follow the last key's direction, so that opposite orders are each other's mirror image.
  const way = query.sort.at(-1)!.isDescending ? -1 : 1;
  entries.sort((a, b) => compareKeys(a, b, query.sort) || way * (rank(a.index) - rank(b.index)));
  const page = entries.slice(query.offset, query.offset + query.limit);
  return { total: entries.length, indexes: page.map((entry) => entry.index) };
}

function windowOf(table: Table, { filter }: Query, asOf: Instant): Window {
  const from = filter.createdFrom === -Infinity ? 0 : table.firstAt(filter.createdFrom);
  const to = firstAfter(table, Math.min(filter.createdTo, asOf) as Instant);
  return { from, to: Math.max(from, to) };
}

/** A table finds the first row at an instant; the rows of that same instant are galloped over. */
function firstAfter(table: Table, instant: Instant): number {
  const from = table.firstAt(instant);
  let stride = 1;
  while (from + stride < table.count && table.createdAt(from + stride) <= instant) stride *= 2;
  const to = Math.min(table.count, from + stride);
  return firstIndex(from, to, (index) => table.createdAt(index) > instant);
}

function sliceOf(
  table: Table,
  window: Window,
  { limit, offset }: Query,
  isDescending: boolean,
  tieOrder: TieOrder | undefined,
): Selection {
  const total = window.to - window.from;
  const [start, end] = [Math.min(offset, total), Math.min(offset + limit, total)];
  const from = isDescending ? window.to - end : window.from + start;
  const to = isDescending ? window.to - start : window.from + end;
  const indexes = tieOrder
    ? shuffled(table, window, { from, to }, tieOrder)
    : [...within({ from, to })];
  return { total, indexes: isDescending ? indexes.reverse() : indexes };
}

/** A page in which rows of one instant stand in another order, also across the page's edges. */
function shuffled(table: Table, window: Window, page: Window, tieOrder: TieOrder): number[] {
  if (page.from === page.to) return [];
  const from = Math.max(window.from, table.firstAt(table.createdAt(page.from)));
  const to = Math.min(window.to, firstAfter(table, table.createdAt(page.to - 1)));
  const indexes = [...within({ from, to })];
  indexes.sort(
    (a, b) => table.createdAt(a) - table.createdAt(b) || tieOrder(a) - tieOrder(b) || a - b,
  );
  return indexes.slice(page.from - from, page.to - from);
}

function* within({ from, to }: Window): Iterable<number> {
  for (let index = from; index < to; index += 1) yield index;
}

function matching(table: Table, window: Window, query: Query, asOf: Instant): Entry[] {
  const { filter, q, sort } = query;
  const candidates = filter.ids ? indexesOf(table, filter.ids) : within(window);
  const entries: Entry[] = [];
  for (const index of candidates) {
    if (index < window.from || index >= window.to) continue;
    const row = table.row(index, asOf);
    if (!filter.tests.every((test) => test(row)) || !isFound(row, q)) continue;
    entries.push({ index, keys: sort.map((key) => sortValue(table, index, row, key)) });
  }
  return entries;
}

function indexesOf(table: Table, ids: readonly string[]): readonly number[] {
  const indexes = ids.map((id) => table.indexOf(id)).filter((index) => index !== undefined);
  return [...new Set(indexes)];
}

function isFound(row: JsonObject, q: string): boolean {
  const texts = [row['id'], row['description']];
  return (
    q === '' ||
    texts.some((text) =>
      String(text ?? '')
        .toLowerCase()
        .includes(q),
    )
  );
}

function sortValue(table: Table, index: number, row: JsonObject, key: SortKey): SortValue {
  const { field, kind } = key;
  // The table knows this one without reading text.
  if (field === 'createdTime') return table.createdAt(index);
  return valuesAt(row, field.split('.'), kind)[0];
}

function compareKeys(a: Entry, b: Entry, sort: readonly SortKey[]): number {
  for (const [position, { isDescending }] of sort.entries()) {
    const order = compare(a.keys[position], b.keys[position]);
    if (order !== 0) return isDescending ? -order : order;
  }
  return 0;
}

/** A missing value is below every other, as in the databases that such APIs stand on. */
function compare(a: SortValue, b: SortValue): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  return a < b ? -1 : 1;
}

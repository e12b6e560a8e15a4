import type { Instant } from '../../model/instant.ts';
import type { JsonObject } from '../../model/records.ts';
import { exactRow } from '../exact-row.ts';
import type { Table } from '../table.ts';
import type { MemoRow, Patch, PaymentRow } from './rows.ts';

/** A row that shows something else than its world made it, from an instant on. */
export interface Change {
  readonly since: Instant;
  readonly patch: Patch;
}

/** A row that is not returned in `[since, until)`. */
export interface Absence {
  readonly index: number;
  readonly since: Instant;
  readonly until: Instant;
}

/** Everything planted into one table. A change overwrites those before it. */
export interface Overlay {
  readonly changes: ReadonlyMap<number, readonly Change[]>;
  readonly absences: readonly Absence[];
}

/** A table with an overlay; a row without changes costs one look-up more. */
export function overlaid(table: Table, { changes, absences }: Overlay): Table {
  const text = (index: number, asOf: Instant): string => {
    const own = changes.get(index);
    const original = table.text(index, asOf);
    return own === undefined ? original : changed(original, own, asOf);
  };
  return {
    count: table.count,
    createdAt: (index) => table.createdAt(index),
    firstAt: (instant) => table.firstAt(instant),
    text,
    row: (index, asOf) =>
      changes.has(index) ? (JSON.parse(text(index, asOf)) as JsonObject) : table.row(index, asOf),
    indexOf: (id) => table.indexOf(id),
    ...((absences.length > 0 || table.missingAt) && { missingAt: missing(table, absences) }),
  };
}

function changed(original: string, own: readonly Change[], asOf: Instant): string {
  const current = own.filter(({ since }) => since <= asOf);
  if (current.length === 0) return original;
  let row = exactRow(original);
  for (const { patch } of current) {
    const members = typeof patch === 'function' ? patch(row as PaymentRow & MemoRow) : patch;
    row = { ...row, ...members };
  }
  return JSON.stringify(row);
}

/** What was missing before is missing still: faults may be planted into one world again and again. */
function missing(table: Table, absences: readonly Absence[]): (asOf: Instant) => readonly number[] {
  const inOrder = absences.toSorted((a, b) => a.index - b.index);
  return (asOf) => {
    const own = inOrder.filter(({ since, until }) => since <= asOf && asOf < until);
    const indexes = own.map(({ index }) => index);
    const before = table.missingAt?.(asOf) ?? [];
    if (before.length === 0) return indexes;
    return [...new Set([...before, ...indexes])].sort((a, b) => a - b);
  };
}

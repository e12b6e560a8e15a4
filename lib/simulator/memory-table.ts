import { Fault } from '../model/fault.ts';
import type { Instant } from '../model/instant.ts';
import type { JsonObject } from '../model/records.ts';
import { exactInstant } from './exact-instant.ts';
import { firstIndex } from './first-index.ts';
import type { Table } from './table.ts';

/** A collection of handmade rows, which look the same at every instant after their creation. */
export function tableOf(rows: readonly JsonObject[]): Table {
  const entries = rows.map((row) => ({ row, createdAt: createdAtOf(row) }));
  entries.sort((a, b) => a.createdAt - b.createdAt);
  const indexes = new Map(entries.map(({ row }, index) => [String(row['id']), index]));
  const createdAt = (index: number) => entries[index]!.createdAt;
  return {
    count: entries.length,
    createdAt,
    firstAt: (instant) => firstIndex(0, entries.length, (index) => createdAt(index) >= instant),
    row: (index) => entries[index]!.row,
    text: (index) => JSON.stringify(entries[index]!.row),
    indexOf: (id) => indexes.get(id),
  };
}

function createdAtOf(row: JsonObject): Instant {
  const text = row['createdTime'];
  const instant = typeof text === 'string' ? exactInstant(text) : undefined;
  if (instant !== undefined) return instant;
  throw new Fault(
    'INTERNAL',
    `Row ${String(row['id'])} has no createdTime.`,
    'Give every row of a handmade table one.',
  );
}

import type { Instant } from '../model/instant.ts';
import type { Json, JsonObject } from '../model/records.ts';
import { exactRow } from './exact-row.ts';
import type { Table } from './table.ts';

/** The API embeds at most this many children, the most recent (contract 3.4). */
const CHILDREN_MAX = 10;

/**
 * A row with `_embedded`. The world holds transactions and memos only: neighbours it does not keep
 * are left out, as a reader must expect of untyped embedded objects anyway.
 */
export function expanded(
  row: JsonObject,
  names: readonly string[],
  transactions: Table,
  asOf: Instant,
): JsonObject {
  const find = (id: Json | undefined): JsonObject | undefined => {
    const index = typeof id === 'string' ? transactions.indexOf(id) : undefined;
    if (index === undefined || transactions.createdAt(index) > asOf) return undefined;
    return exactRow(transactions.text(index, asOf));
  };
  const embedded: Record<string, Json | undefined> = {};
  for (const name of names) {
    if (name === 'customer') embedded[name] = customerOf(row);
    if (name === 'parentTransaction') embedded[name] = find(row['parentTransactionId']);
    if (name === 'childTransactions') embedded[name] = childrenOf(row, find);
  }
  return { ...row, _embedded: embedded };
}

function customerOf(row: JsonObject): JsonObject | undefined {
  const id = row['customerId'];
  return typeof id === 'string' ? { id } : undefined;
}

function childrenOf(
  row: JsonObject,
  find: (id: Json | undefined) => JsonObject | undefined,
): readonly JsonObject[] {
  const ids = row['childTransactions'];
  if (!Array.isArray(ids)) return [];
  const children = ids.map(find).filter((child) => child !== undefined);
  const newestFirst = (a: JsonObject, b: JsonObject) =>
    String(b['createdTime']).localeCompare(String(a['createdTime']));
  return children.sort(newestFirst).slice(0, CHILDREN_MAX);
}

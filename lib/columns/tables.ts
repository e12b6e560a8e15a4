import { Fault } from '../model/fault.ts';
import { nearest } from '../model/nearest.ts';
import { TABLES, type TableName } from '../model/records.ts';
import type { Column, TableContract } from './column.ts';
import { creditMemoAllocations, creditMemoItems, creditMemos } from './credit-memos.ts';
import { transactions } from './transactions.ts';

/** The column contract of every table. */
export const CONTRACTS: Readonly<Record<TableName, TableContract>> = {
  transactions,
  'credit-memos': creditMemos,
  'credit-memo-items': creditMemoItems,
  'credit-memo-allocations': creditMemoAllocations,
};

/** The table's columns in order of the file: all but personal data, and what was let in by name. */
export function chosenColumns(
  table: TableName,
  addedColumns: readonly string[],
): readonly Column[] {
  return CONTRACTS[table].columns.filter(
    ({ personal, name }) => personal === undefined || addedColumns.includes(name),
  );
}

/** Refuses names in `columns.add` that no table has; a default column's name is harmless. */
export function checkAddedColumns(addedColumns: readonly string[]): void {
  const known = TABLES.flatMap((table) => CONTRACTS[table].columns.map(({ name }) => name));
  const unknown = addedColumns.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = meant(unknown, known);
  throw new Fault(
    'CONFIG_INVALID',
    `columns.add names '${unknown}', which is no column.`,
    near.length > 0
      ? `Did you mean ${near.join(' or ')}?`
      : 'docs/columns.md lists every column there is.',
  );
}

/** More suggestions than three are no help. */
const SUGGESTIONS_MAX = 3;

/** Columns of that last name, or of that object, or of nearly that name. */
function meant(written: string, known: readonly string[]): readonly string[] {
  const parts = known.filter(
    (name) => name.endsWith(`.${written}`) || name.startsWith(`${written.replace(/\.\*?$/, '')}.`),
  );
  const near = nearest(written, known);
  return parts.length > 0 ? parts.slice(0, SUGGESTIONS_MAX) : near === undefined ? [] : [near];
}

import type { Column, TableContract } from '../columns/column.ts';
import { isRawNumber, type Json, type JsonObject } from '../model/records.ts';
import { type CurrencyOf, cellReader } from './cell.ts';
import {
  type Branch,
  columnTree,
  isBranch,
  lastName,
  type Member,
  prefixOf,
} from './column-tree.ts';
import type { Drift } from './drift.ts';

/** Reads a record into the cells of its row. */
export type RowReader = (record: JsonObject) => string[];

/** Called for a value of the wrong kind, whose cell stays empty. */
export type OnFault = (column: string, value: Json) => void;

/** What all readers of a table share. */
interface Table {
  readonly contract: TableContract;
  readonly columns: readonly Column[];
  readonly drift: Drift;
  readonly onFault: OnFault;
  /** The record that is being read. */
  record: JsonObject;
}

/** Reads an object's members into their cells. */
type ObjectReader = (holder: JsonObject, cells: string[]) => void;

/** Reads one member, as it stands in its object, into its cell or cells. */
type MemberReader = (value: Json | undefined, holder: JsonObject, cells: string[]) => void;

/**
 * Compiles a table's columns into one pass over each record's own members. Going by what the
 * record has, rather than by what the columns ask for, costs nothing for what is absent and meets
 * every unknown member on the way.
 */
export function createRowReader(
  contract: TableContract,
  columns: readonly Column[],
  drift: Drift,
  onFault: OnFault,
): RowReader {
  const table: Table = { contract, columns, drift, onFault, record: {} };
  const read = objectReader(table, columnTree(contract, columns));
  const always = columns.filter((column) => column.always).map(({ name }) => name);
  const blank = columns.map(() => '');
  return (record) => {
    const cells = blank.slice();
    table.record = record;
    read(record, cells);
    for (const name of always) {
      if (record[name] === undefined) drift.note('missing-member', pathInApi(contract, name));
    }
    return cells;
  };
}

function objectReader(table: Table, branch: Branch): ObjectReader {
  const { contract, drift } = table;
  const readers = new Map<string, MemberReader>();
  for (const [name, member] of branch.members) readers.set(name, memberReader(table, member));
  const prefix = branch.path === '' ? '' : `${branch.path}.`;
  return (holder, cells) => {
    for (const name in holder) {
      const read = readers.get(name);
      if (read === undefined) drift.note('unknown-member', pathInApi(contract, prefix + name));
      else read(holder[name], holder, cells);
    }
  };
}

function memberReader(table: Table, member: Member): MemberReader {
  if (member === 'ignored') return () => {};
  return isBranch(member) ? branchReader(table, member) : columnReader(table, member);
}

function branchReader(table: Table, branch: Branch): MemberReader {
  const { contract, drift, onFault } = table;
  const path = pathInApi(contract, branch.path);
  const mayBeNull = contract.nullableObjects.includes(branch.path);
  const read = objectReader(table, branch);
  return (value, _holder, cells) => {
    if (isObject(value)) read(value, cells);
    else if (value !== null && value !== undefined) onFault(branch.path, value);
    else if (value === null && !mayBeNull) drift.note('unexpected-null', path);
  };
}

function columnReader(table: Table, column: Column): MemberReader {
  const { contract, columns, drift, onFault } = table;
  const index = columns.indexOf(column);
  const path = pathInApi(contract, column.name);
  const mayBeNull = column.nullable === true;
  const read = cellReader(column, path, drift, currencyOf(table, column));
  return (value, holder, cells) => {
    if (value === null) {
      if (!mayBeNull) drift.note('unexpected-null', path);
    } else if (value !== undefined) {
      const cell = read(value, holder);
      if (cell === undefined) onFault(column.name, value);
      else cells[index] = cell;
    }
  };
}

/** An amount's currency stands beside it, or with the whole record (the tax of an item). */
function currencyOf(table: Table, { name, currency = '' }: Column): CurrencyOf {
  const member = lastName(currency);
  const isBeside = prefixOf(name) === prefixOf(currency);
  return isBeside ? (holder) => holder[member] : () => table.record[member];
}

/** Paths in drift entries begin at the API's record: `items.tax.rate`. */
function pathInApi(contract: TableContract, path: string): string {
  return contract.path === '' ? path : `${contract.path}.${path}`;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value)
  );
}

import type { Column, TableContract } from '../columns/column.ts';
import { type ApiRecord, membersOf, recordOf } from '../model/api-record.ts';
import { minorUnitsAt } from '../model/currency.ts';
import { OPEN_OBJECT } from '../model/json-bytes.ts';
import { jsonAt } from '../model/json-value.ts';
import { emptyFound, type Found, findMembers, type Members, recall } from '../model/members.ts';
import type { Json } from '../model/records.ts';
import { cellReader, type MinorUnits } from './cell.ts';
import { columnTree } from './column-tree.ts';
import type { Drift } from './drift.ts';

/** Reads records into the cells of their rows. */
export interface RowReader {
  /** What a record is asked for. */
  readonly members: Members;
  read(record: ApiRecord): string[];
}

/** Called for a value of the wrong kind, whose cell stays empty. */
export type OnFault = (column: string, value: Json) => void;

/** Reads the value of one slot, whatever it is, into its cell. */
type SlotReader = (bytes: Buffer, from: number, to: number, cells: string[]) => void;

/** What all slots of a table share. */
interface Table {
  readonly contract: TableContract;
  readonly columns: readonly Column[];
  readonly drift: Drift;
  readonly onFault: OnFault;
  /** Of the record that is being read. */
  readonly found: Found;
  record: ApiRecord | undefined;
}

/**
 * Compiles a table's columns into one pass over a record's bytes, which finds the values of all
 * columns and meets every unknown member on the way; then only those values are read.
 */
export function createRowReader(
  contract: TableContract,
  columns: readonly Column[],
  drift: Drift,
  onFault: OnFault,
): RowReader {
  const { members, objects } = columnTree(contract, columns);
  const found = emptyFound(members);
  const table: Table = { contract, columns, drift, onFault, found, record: undefined };
  const readers: readonly SlotReader[] = [
    ...columns.map((_, slot) => columnReader(table, slot)),
    ...objects.map((path) => objectReader(table, path)),
  ];
  const always = [...columns.entries()].filter(([, column]) => column.always);
  const blank = columns.map(() => '');

  function read(record: ApiRecord): string[] {
    const { bytes } = record.answer;
    if (record.noted?.members === members) recall(record.noted, found);
    else findMembers(bytes, record.start, members, found);
    // Of members with one name the last counts; a record that has such is read without the others.
    if (found.isRepeated) return read(recordOf(membersOf(record)));
    const cells = blank.slice();
    table.record = record;
    for (const slot of found.order) {
      if (slot >= 0) readers[slot]!(bytes, found.from[slot]!, found.to[slot]!, cells);
      else noteOther(table, -slot - 1);
    }
    for (const [slot, { name }] of always) {
      if (found.to[slot] === 0) drift.note('missing-member', pathInApi(contract, name));
    }
    return cells;
  }

  return { members, read };
}

function noteOther({ found, contract, drift }: Table, index: number): void {
  const { path, name } = found.others[index]!;
  drift.note('unknown-member', pathInApi(contract, path === '' ? name : `${path}.${name}`));
}

/** Of an object only what is in it is read, each in a slot of its own. */
function objectReader({ contract, drift, onFault }: Table, objectPath: string): SlotReader {
  const path = pathInApi(contract, objectPath);
  const mayBeNull = contract.nullableObjects.includes(objectPath);
  return (bytes, from, to) => {
    if (bytes[from] === OPEN_OBJECT) return;
    if (bytes[from] !== NULL) onFault(objectPath, jsonAt(bytes, from, to));
    else if (!mayBeNull) drift.note('unexpected-null', path);
  };
}

/** The first letter of null, and of no other value. */
const NULL = 0x6e;

function columnReader(table: Table, slot: number): SlotReader {
  const { contract, columns, drift, onFault } = table;
  const column = columns[slot]!;
  const path = pathInApi(contract, column.name);
  const mayBeNull = column.nullable === true;
  const read = cellReader(column, path, drift, minorUnitsOf(table, column));
  return (bytes, from, to, cells) => {
    if (bytes[from] === NULL) {
      if (!mayBeNull) drift.note('unexpected-null', path);
      return;
    }
    const cell = read(bytes, from, to);
    if (cell === undefined) onFault(column.name, jsonAt(bytes, from, to));
    else cells[slot] = cell;
  };
}

/** Of the currency in the column that an amount names as its currency's. */
function minorUnitsOf(table: Table, { currency }: Column): MinorUnits {
  const slot = table.columns.findIndex(({ name }) => name === currency);
  return () => {
    const { from, to } = table.found;
    if (slot < 0 || to[slot] === 0) return undefined;
    return minorUnitsAt(table.record!.answer.bytes, from[slot]!, to[slot]!);
  };
}

/** Paths in drift entries begin at the API's record: `items.tax.rate`. */
function pathInApi(contract: TableContract, path: string): string {
  return contract.path === '' ? path : `${contract.path}.${path}`;
}

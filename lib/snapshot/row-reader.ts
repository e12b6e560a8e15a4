import type { Column, TableContract } from '../columns/column.ts';
import { type ApiRecord, membersOf, recordOf } from '../model/api-record.ts';
import { minorUnitsAt } from '../model/currency.ts';
import { FIRST_OF_NULL, OPEN_OBJECT } from '../model/json-bytes.ts';
import { jsonAt, textAt } from '../model/json-value.ts';
import {
  type Found,
  findMembers,
  fromOf,
  type Members,
  placeRoom,
  toOf,
} from '../model/members.ts';
import type { Json } from '../model/records.ts';
import { cellReader, type MinorUnits } from './cell.ts';
import { columnTree } from './column-tree.ts';
import type { CsvLines } from './csv-lines.ts';
import type { Drift } from './drift.ts';
import { plainCell } from './plain-cell.ts';

/** Makes records into rows: first the cells that somebody looks at, then the whole line. */
export interface RowReader {
  /** What a record is asked for. */
  readonly members: Members;
  /** Has a column's cells read to be looked at; tells where they stand among those. */
  look(column: string): number;
  /**
   * Finds a record's values and reads the cells that are looked at: formula-guarded, not yet quoted.
   * They may be set before the line is written. Faults are noted under `owner`, or else under the
   * record's own id.
   */
  read(record: ApiRecord, owner?: string): string[];
  /** Writes the line of the record that was read last, from its cells and its bytes. */
  write(cells: readonly string[], lines: CsvLines): void;
}

/** Called for a value of the wrong kind, whose cell stays empty. */
export type OnFault = (recordId: string, column: string, value: Json) => void;

/** Reads the value of one slot of the record, whatever it is, into its cell. */
type SlotReader = (from: number, to: number) => string;

export interface RowReaderOptions {
  readonly contract: TableContract;
  readonly columns: readonly Column[];
  readonly drift: Drift;
  readonly onFault: OnFault;
}

/** What all slots of a table share. */
interface Table extends RowReaderOptions {
  /** Of the record that is being read. */
  bytes: Buffer;
  found: Found;
  /** Under whose id its faults are noted, where that is not its own. */
  owner: string | undefined;
}

const NOT_LOOKED_AT = -1;

/** Stands where no record was read yet. */
const EMPTY_OBJECT = Buffer.from('{}');

/**
 * Compiles a table's columns into one pass over a record's bytes, which finds the values of all
 * columns and meets every unknown member on the way; then only those values are read.
 */
export function createRowReader(options: RowReaderOptions): RowReader {
  const { contract, columns, drift } = options;
  const { members, objects } = columnTree(contract, columns);
  const nothing = findMembers(EMPTY_OBJECT, 0, placeRoom(members, 1));
  const table: Table = { ...options, bytes: EMPTY_OBJECT, found: nothing, owner: undefined };
  const readers = columns.map((_, slot) => columnReader(table, slot));
  const plainCells = columns.map((column) => plainCell(column, minorUnitsOf(table, column)));
  /** Slots of the columns that are looked at, and of each column its place among those. */
  const looked: number[] = [];
  const placeOf = columns.map(() => NOT_LOOKED_AT);
  const always = [...columns.entries()].filter(([, column]) => column.always);

  return {
    members,

    look(column) {
      const slot = slotOfColumn(columns, column);
      placeOf[slot] = looked.push(slot) - 1;
      return placeOf[slot];
    },

    read(record, owner) {
      open(table, record, members);
      table.owner = owner;
      return looked.map((slot) => {
        const to = toOf(table.found, slot);
        return to === 0 ? '' : readers[slot]!(fromOf(table.found, slot), to);
      });
    },

    write(cells, lines) {
      const { bytes, found } = table;
      lines.beginLine();
      for (let slot = 0; slot < columns.length; slot += 1) {
        const from = fromOf(found, slot);
        const to = toOf(found, slot);
        const place = placeOf[slot]!;
        if (place !== NOT_LOOKED_AT) lines.text(cells[place]!);
        else if (to === 0) lines.empty();
        else if (!plainCells[slot]!(bytes, from, to, lines)) lines.text(readers[slot]!(from, to));
      }
      lines.endLine();
      for (const [at, path] of objects.entries()) checkObject(table, columns.length + at, path);
      for (const { path, name } of found.others) {
        drift.note('unknown-member', pathInApi(contract, path === '' ? name : `${path}.${name}`));
      }
      for (const [slot, { name }] of always) {
        if (toOf(found, slot) === 0) drift.note('missing-member', pathInApi(contract, name));
      }
    },
  };
}

function open(table: Table, record: ApiRecord, members: Members): void {
  const { bytes } = record.answer;
  const isFound = record.found?.members === members;
  const found = isFound ? record.found : findMembers(bytes, record.start, placeRoom(members, 1));
  // Of members with one name the last counts; a record that has such is read without the others.
  if (found.isRepeated) open(table, recordOf(membersOf(record)), members);
  else Object.assign(table, { bytes, found });
}

function slotOfColumn(columns: readonly Column[], name: string): number {
  return columns.findIndex((column) => column.name === name);
}

function noteFault(table: Table, path: string, from: number, to: number): void {
  const { bytes, found, columns, owner, onFault } = table;
  const id = slotOfColumn(columns, 'id');
  const ownId = () => textAt(bytes, fromOf(found, id), toOf(found, id));
  // As it stands in the file, where half of a surrogate pair is no character.
  const recordId = (owner ?? ownId() ?? '').toWellFormed();
  onFault(recordId, path, jsonAt(bytes, from, to));
}

/** Of an object only what is in it is read, each in a slot of its own. */
function checkObject(table: Table, slot: number, objectPath: string): void {
  const { bytes, found, contract, drift } = table;
  const [from, to] = [fromOf(found, slot), toOf(found, slot)];
  if (to === 0 || bytes[from] === OPEN_OBJECT) return;
  if (bytes[from] !== FIRST_OF_NULL) noteFault(table, objectPath, from, to);
  else if (!contract.nullableObjects.includes(objectPath)) {
    drift.note('unexpected-null', pathInApi(contract, objectPath));
  }
}

function columnReader(table: Table, slot: number): SlotReader {
  const { contract, columns, drift } = table;
  const column = columns[slot]!;
  const path = pathInApi(contract, column.name);
  const mayBeNull = column.nullable === true;
  const read = cellReader(column, path, drift, minorUnitsOf(table, column));
  return (from, to) => {
    if (table.bytes[from] === FIRST_OF_NULL) {
      if (!mayBeNull) drift.note('unexpected-null', path);
      return '';
    }
    const cell = read(table.bytes, from, to);
    if (cell === undefined) noteFault(table, column.name, from, to);
    return cell ?? '';
  };
}

/** Of the currency in the column that an amount names as its currency's. */
function minorUnitsOf(table: Table, { currency }: Column): MinorUnits {
  const slot = slotOfColumn(table.columns, currency ?? '');
  return () => {
    const { bytes, found } = table;
    if (slot < 0 || toOf(found, slot) === 0) return undefined;
    return minorUnitsAt(bytes, fromOf(found, slot), toOf(found, slot));
  };
}

/** Paths in drift entries begin at the API's record: `items.tax.rate`. */
function pathInApi(contract: TableContract, path: string): string {
  return contract.path === '' ? path : `${contract.path}.${path}`;
}

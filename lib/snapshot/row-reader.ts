import type { Column, TableContract } from '../columns/column.ts';
import { isRawNumber, type Json, type JsonObject } from '../model/records.ts';
import { cellReader } from './cell.ts';
import type { Drift } from './drift.ts';

/** Called for a value of the wrong kind, whose cell stays empty. */
export type OnFault = (column: string, value: Json) => void;

/** Reads a record into the cells of its row. */
export type RowReader = (record: JsonObject) => string[];

/** What to do with one member of an object. */
type MemberReader = (value: Json | undefined, holder: JsonObject, cells: string[]) => void;

/** An object's members by name, some of them objects again. */
interface Branch {
  readonly path: string;
  readonly members: Map<string, Column | Branch | 'ignored'>;
}

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
  const tree = treeOf(contract, columns);
  const order = new Map(columns.map(({ name }, index) => [name, index]));
  const inApi = (path: string) => (contract.path === '' ? path : `${contract.path}.${path}`);

  function branchReader(branch: Branch): (holder: JsonObject, cells: string[]) => void {
    const readers = new Map<string, MemberReader>();
    for (const [name, member] of branch.members) readers.set(name, memberReader(member));
    const prefix = branch.path === '' ? '' : `${branch.path}.`;
    return (holder, cells) => {
      for (const name in holder) {
        const read = readers.get(name);
        if (read === undefined) drift.note('unknown-member', inApi(prefix + name));
        else read(holder[name], holder, cells);
      }
    };
  }

  function memberReader(member: Column | Branch | 'ignored'): MemberReader {
    if (member === 'ignored') return () => {};
    return 'members' in member ? objectReader(member) : columnReader(member);
  }

  function objectReader(branch: Branch): MemberReader {
    const read = branchReader(branch);
    const mayBeNull = contract.nullableObjects.includes(branch.path);
    return (value, _holder, cells) => {
      if (isObject(value)) read(value, cells);
      else if (value !== null && value !== undefined) onFault(branch.path, value);
      else if (value === null && !mayBeNull) drift.note('unexpected-null', inApi(branch.path));
    };
  }

  function columnReader(column: Column): MemberReader {
    const index = order.get(column.name)!;
    const path = inApi(column.name);
    const read = cellReader(column, path, drift);
    const mayBeNull = column.nullable === true;
    return (value, holder, cells) => {
      if (value === undefined) return;
      if (value === null) {
        if (!mayBeNull) drift.note('unexpected-null', path);
        return;
      }
      const cell = read(value, holder);
      if (cell === undefined) onFault(column.name, value);
      else cells[index] = cell;
    };
  }

  const readRecord = branchReader(tree);
  const always = columns.filter((column) => column.always).map(({ name }) => name);
  const blank = columns.map(() => '');
  return (record) => {
    const cells = blank.slice();
    readRecord(record, cells);
    for (const name of always) {
      if (record[name] === undefined) drift.note('missing-member', inApi(name));
    }
    return cells;
  };
}

/** Objects none of whose members are wanted are not entered at all. */
function treeOf(contract: TableContract, columns: readonly Column[]): Branch {
  const root: Branch = { path: '', members: new Map() };
  for (const column of columns) branchFor(root, column.name).set(lastName(column.name), column);
  const unwanted = contract.columns.filter((column) => !columns.includes(column));
  for (const path of [...contract.ignored, ...unwanted.map(({ name }) => name)]) ignore(root, path);
  return root;
}

function branchFor(root: Branch, path: string): Branch['members'] {
  let branch = root;
  for (const name of path.split('.').slice(0, -1)) {
    const known = branch.members.get(name);
    const next: Branch =
      typeof known === 'object' && 'members' in known
        ? known
        : { path: branch.path === '' ? name : `${branch.path}.${name}`, members: new Map() };
    branch.members.set(name, next);
    branch = next;
  }
  return branch.members;
}

/** Ignores the path, or the whole object it lies in when nothing of that is wanted. */
function ignore(root: Branch, path: string): void {
  let branch = root;
  const names = path.split('.');
  for (const [depth, name] of names.entries()) {
    const known = branch.members.get(name);
    if (known === undefined || depth === names.length - 1) branch.members.set(name, 'ignored');
    if (typeof known !== 'object' || !('members' in known)) return;
    branch = known;
  }
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value)
  );
}

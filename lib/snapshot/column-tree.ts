import type { Column, TableContract } from '../columns/column.ts';
import { askedMembers, type Members, NO_SLOT } from '../model/members.ts';

/** A table's columns as the API nests them, ready to be found in a record. */
export interface ColumnTree {
  readonly members: Members;
  /** A column's slot is its place in the row; these are the objects around them, in slots behind. */
  readonly objects: readonly string[];
}

/** An object's members by name, some of them objects again. */
type Branch = Map<string, Column | Branch | 'ignored'>;

/** The wanted columns, with all that the table's contract knows besides. */
export function columnTree(contract: TableContract, wanted: readonly Column[]): ColumnTree {
  const root: Branch = new Map();
  for (const column of wanted) {
    branchAround(root, column.name).set(lastName(column.name), column);
  }
  const unwanted = contract.columns.filter((column) => !wanted.includes(column));
  for (const path of [...contract.ignored, ...unwanted.map(({ name }) => name)]) {
    ignore(root, path);
  }
  const objects: string[] = [];
  return { members: membersOf(root, '', wanted, objects), objects };
}

function membersOf(
  branch: Branch,
  path: string,
  columns: readonly Column[],
  objects: string[],
): Members {
  const slots: number[] = [];
  const inside: (Members | undefined)[] = [];
  for (const [name, member] of branch) {
    if (member instanceof Map) {
      const objectPath = path === '' ? name : `${path}.${name}`;
      slots.push(columns.length + objects.push(objectPath) - 1);
      inside.push(membersOf(member, objectPath, columns, objects));
    } else {
      slots.push(member === 'ignored' ? NO_SLOT : columns.indexOf(member));
      inside.push(undefined);
    }
  }
  return askedMembers([...branch.keys()], { slots, inside, notesOthers: true, path });
}

/** The object that `path` ends in; makes the objects on the way. */
function branchAround(root: Branch, path: string): Branch {
  let branch = root;
  for (const name of path.split('.').slice(0, -1)) {
    const known = branch.get(name);
    const next: Branch = known instanceof Map ? known : new Map();
    branch.set(name, next);
    branch = next;
  }
  return branch;
}

/** Ignores a path; where nothing of its object is wanted, the whole object, which stays closed. */
function ignore(root: Branch, path: string): void {
  let branch = root;
  for (const name of path.split('.')) {
    const known = branch.get(name);
    if (known === undefined) branch.set(name, 'ignored');
    if (!(known instanceof Map)) return;
    branch = known;
  }
}

/** `code` of `gateway.response.code` */
function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

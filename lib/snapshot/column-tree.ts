import type { Column, TableContract } from '../columns/column.ts';

/** An object's members by name, some of them objects again. */
export interface Branch {
  /** '' for the record itself, `gateway.response` for an object in it. */
  readonly path: string;
  readonly members: Map<string, Member>;
}

/** A member is read into a cell, entered, or known and of no interest. */
export type Member = Column | Branch | 'ignored';

export function isBranch(member: Member | undefined): member is Branch {
  return typeof member === 'object' && 'members' in member;
}

/** The wanted columns as the API nests them, with all that its contract knows besides. */
export function columnTree(contract: TableContract, wanted: readonly Column[]): Branch {
  const root: Branch = { path: '', members: new Map() };
  for (const column of wanted) {
    membersAround(root, column.name).set(lastName(column.name), column);
  }
  const unwanted = contract.columns.filter((column) => !wanted.includes(column));
  for (const path of [...contract.ignored, ...unwanted.map(({ name }) => name)]) {
    ignore(root, path);
  }
  return root;
}

/** The members of the object that `path` ends in; makes the objects on the way. */
function membersAround(root: Branch, path: string): Branch['members'] {
  let branch = root;
  for (const name of path.split('.').slice(0, -1)) {
    const known = branch.members.get(name);
    const next = isBranch(known)
      ? known
      : { path: branch.path === '' ? name : `${branch.path}.${name}`, members: new Map() };
    branch.members.set(name, next);
    branch = next;
  }
  return branch.members;
}

/** Ignores a path; where nothing of its object is wanted, the whole object, which stays closed. */
function ignore(root: Branch, path: string): void {
  let branch = root;
  for (const name of path.split('.')) {
    const known = branch.members.get(name);
    if (known === undefined) branch.members.set(name, 'ignored');
    if (!isBranch(known)) return;
    branch = known;
  }
}

/** `code` of `gateway.response.code` */
export function lastName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** `gateway.response.` of `gateway.response.code`; '' of a member of the record itself. */
export function prefixOf(path: string): string {
  return path.slice(0, path.lastIndexOf('.') + 1);
}

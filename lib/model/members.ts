import {
  CLOSE_OBJECT,
  COMMA,
  NO_JSON,
  OPEN_OBJECT,
  QUOTE,
  skipColon,
  skipPlain,
  skipSpace,
  skipString,
  skipValue,
} from './json-bytes.ts';
import { textAt } from './json-value.ts';
import { findName, type NameTable, nameTable } from './name-table.ts';

/** What an object is asked for. */
export interface Members {
  readonly names: NameTable;
  /** Of each name: the slot that its value is noted in; NO_SLOT where it is of no interest. */
  readonly slots: readonly number[];
  /** Of each name: what its value is asked for in turn, where that is an object. */
  readonly inside: readonly (Members | undefined)[];
  /** Whether members of other names are noted. */
  readonly notesOthers: boolean;
  /** Of the object: `gateway.response`, or '' of the record itself. */
  readonly path: string;
}

export const NO_SLOT = -1;

/** An object's members of no name that was asked for. */
export interface Other {
  readonly path: string;
  readonly name: string;
}

/** Where the members of one object stand: a slot each, filled by `findMembers`. */
export interface Found {
  /** Of each slot: its value's first byte and the one behind its last; 0 and 0 where there is none. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Slots in the order of the object; -1 for the first of `others`, -2 for the second … */
  readonly order: number[];
  readonly others: Other[];
  /** Some slot was filled twice: of members with one name JSON.parse takes the last. */
  isRepeated: boolean;
}

/** The names of an object's members in the order of their slots; nothing else is asked for. */
export function flatMembers(names: readonly string[]): Members {
  return {
    names: nameTable(names),
    slots: names.map((_, slot) => slot),
    inside: [],
    notesOthers: false,
    path: '',
  };
}

/** Room for what `members` asks for. */
export function emptyFound(members: Members): Found {
  const slotCount = slotCountOf(members);
  return {
    from: new Int32Array(slotCount),
    to: new Int32Array(slotCount),
    order: [],
    others: [],
    isRepeated: false,
  };
}

function slotCountOf({ slots, inside }: Members): number {
  const within = inside.map((members) => (members ? slotCountOf(members) : 0));
  return Math.max(0, ...slots.map((slot) => slot + 1), ...within);
}

/** The slot of a member of the object itself. */
export function slotOf({ names, slots }: Members, name: string): number {
  const bytes = Buffer.from(name);
  return slots[findName(names, bytes, 0, bytes.length)] ?? NO_SLOT;
}

/** What was found in one object, kept while `Found` goes on to the next. */
export interface Noted {
  readonly members: Members;
  /** By threes: an entry of `order`, with its `from` and `to`, which are 0 for others. */
  readonly places: readonly number[];
  readonly others: readonly Other[];
  readonly isRepeated: boolean;
}

export function noted(members: Members, { from, to, order, others, isRepeated }: Found): Noted {
  const places = new Array<number>(order.length * 3);
  for (let index = 0; index < order.length; index += 1) {
    const slot = order[index]!;
    places[index * 3] = slot;
    places[index * 3 + 1] = slot < 0 ? 0 : from[slot]!;
    places[index * 3 + 2] = slot < 0 ? 0 : to[slot]!;
  }
  return { members, places, others: others.slice(), isRepeated };
}

/** Finds again what was noted. */
export function recall({ places, others, isRepeated }: Noted, found: Found): void {
  clear(found);
  for (let at = 0; at < places.length; at += 3) {
    const slot = places[at]!;
    found.order.push(slot);
    if (slot < 0) continue;
    found.from[slot] = places[at + 1]!;
    found.to[slot] = places[at + 2]!;
  }
  found.others.push(...others);
  found.isRepeated = isRepeated;
}

function clear(found: Found): void {
  found.from.fill(0);
  found.to.fill(0);
  found.order.length = 0;
  found.others.length = 0;
  found.isRepeated = false;
}

/**
 * Finds the members of the object that begins at `at`; returns the position behind it, or NO_JSON.
 * All of it is held against RFC 8259. What `found` held before is gone.
 */
export function findMembers(bytes: Buffer, at: number, members: Members, found: Found): number {
  clear(found);
  return scanObject(bytes, at, members, found);
}

function scanObject(bytes: Buffer, at: number, members: Members, found: Found): number {
  let end = skipSpace(bytes, at + 1);
  if (bytes[end] === CLOSE_OBJECT) return end + 1;
  for (;;) {
    if (bytes[end] !== QUOTE) return NO_JSON;
    const nameAt = end;
    end = skipPlain(bytes, nameAt + 1);
    const isPlain = bytes[end] === QUOTE;
    const nameEnd = isPlain ? end + 1 : skipString(bytes, end);
    const from = skipColon(bytes, nameEnd);
    if (from === NO_JSON) return NO_JSON;
    const index = isPlain
      ? findName(members.names, bytes, nameAt + 1, end)
      : findEscaped(members.names, bytes, nameAt, nameEnd);

    const inside = index < 0 ? undefined : members.inside[index];
    const isEntered = inside !== undefined && bytes[from] === OPEN_OBJECT;
    end = isEntered ? scanObject(bytes, from, inside, found) : skipValue(bytes, from);
    if (end === NO_JSON) return NO_JSON;
    if (index >= 0) noteSlot(found, members.slots[index]!, from, end);
    else if (members.notesOthers) noteOther(found, members, textAt(bytes, nameAt, nameEnd)!);

    end = skipSpace(bytes, end);
    if (bytes[end] === CLOSE_OBJECT) return end + 1;
    if (bytes[end] !== COMMA) return NO_JSON;
    end = skipSpace(bytes, end + 1);
  }
}

function findEscaped(names: NameTable, bytes: Buffer, from: number, to: number): number {
  const name = Buffer.from(textAt(bytes, from, to)!);
  return findName(names, name, 0, name.length);
}

function noteSlot(found: Found, slot: number, from: number, to: number): void {
  if (slot === NO_SLOT) return;
  if (found.to[slot] === 0) found.order.push(slot);
  else found.isRepeated = true;
  found.from[slot] = from;
  found.to[slot] = to;
}

function noteOther(found: Found, { path }: Members, name: string): void {
  if (found.others.some((other) => other.path === path && other.name === name)) return;
  found.others.push({ path, name });
  found.order.push(-found.others.length);
}

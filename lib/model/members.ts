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

/**
 * What was found in the objects of a page, kept while `Found` goes on to the next: by threes an entry
 * of `order`, with its `from` and `to`. One array a page: one a record would be a thousand for the
 * collector to carry along.
 */
export interface Tape {
  places: Int32Array;
  length: number;
}

export function emptyTape(byteCount: number): Tape {
  return { places: new Int32Array(byteCount / PLACE_BYTES + ENTRY_LENGTH), length: 0 };
}

/** A page has some twenty bytes for every number on its tape; where it has less, the tape grows. */
const PLACE_BYTES = 16;
const ENTRY_LENGTH = 3;

/** What was found in one of the objects. */
export interface Noted {
  readonly members: Members;
  readonly tape: Tape;
  readonly first: number;
  readonly last: number;
  readonly others: readonly Other[];
  readonly isRepeated: boolean;
}

const NO_OTHERS: readonly Other[] = [];

export function note(members: Members, found: Found, tape: Tape): Noted {
  const { from, to, order, isRepeated } = found;
  const first = tape.length;
  const last = first + order.length * ENTRY_LENGTH;
  if (last > tape.places.length) {
    const longer = new Int32Array(last * 2);
    longer.set(tape.places);
    tape.places = longer;
  }
  let at = first;
  for (const slot of order) {
    tape.places[at] = slot;
    // An entry below zero is no slot, and stands nowhere.
    tape.places[at + 1] = slot < 0 ? 0 : from[slot]!;
    tape.places[at + 2] = slot < 0 ? 0 : to[slot]!;
    at += ENTRY_LENGTH;
  }
  tape.length = last;
  const others = found.others.length > 0 ? found.others.slice() : NO_OTHERS;
  return { members, tape, first, last, others, isRepeated };
}

/** Finds again what was noted. */
export function recall({ tape, first, last, others, isRepeated }: Noted, found: Found): void {
  clear(found);
  const { places } = tape;
  for (let at = first; at < last; at += ENTRY_LENGTH) {
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

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
import { findName, type NameTable, NO_NAME, nameTable, skipName } from './name-table.ts';

/** What an object is asked for. */
export interface Members {
  readonly names: NameTable;
  /** Of each name: the slot that its value's place goes to; NO_SLOT where it is of no interest. */
  readonly slots: readonly number[];
  /** Of each name: what its value is asked for in turn, where that is an object. */
  readonly inside: readonly (Members | undefined)[];
  /** Slots up to the last one that is filled here or inside. */
  readonly slotCount: number;
  /** Whether members of other names are noted. */
  readonly notesOthers: boolean;
  /** Of the object: `gateway.response`, or '' of the record itself. */
  readonly path: string;
  /**
   * Behind each name (behind NO_NAME first of all): the one that came next the last time. Objects of
   * one kind name their members in one order, nearly always; only the speed depends on it.
   */
  readonly followers: Int32Array;
}

export const NO_SLOT = -1;

/** What an object with these members is asked for; all but `slots` may be left out. */
export function askedMembers(
  names: readonly string[],
  asked: Pick<Members, 'slots'> & Partial<Pick<Members, 'inside' | 'notesOthers' | 'path'>>,
): Members {
  const followers = new Int32Array(names.length + 1).fill(NO_NAME);
  const { slots, inside = [], notesOthers = false, path = '' } = asked;
  const within = inside.map((members) => members?.slotCount ?? 0);
  const slotCount = Math.max(0, ...slots.map((slot) => slot + 1), ...within);
  return { names: nameTable(names), slots, inside, slotCount, notesOthers, path, followers };
}

/** An object's members of no name that was asked for. */
export interface Other {
  readonly path: string;
  readonly name: string;
}

/** Where the members of one object stand. */
export interface Found {
  readonly members: Members;
  /**
   * From `base` on two numbers for each slot: its value's first byte and the one behind its last; 0
   * and 0 where there is none.
   */
  readonly places: Int32Array;
  readonly base: number;
  /** The position behind the object, or NO_JSON. */
  end: number;
  readonly others: Other[];
  /** Some slot was filled twice: of members with one name JSON.parse takes the last. */
  isRepeated: boolean;
}

/** The first byte of a slot's value; 0 where there is none. */
export function fromOf({ places, base }: Found, slot: number): number {
  return places[base + 2 * slot]!;
}

/** The position behind a slot's value; 0 where there is none. */
export function toOf({ places, base }: Found, slot: number): number {
  return places[base + 2 * slot + 1]!;
}

/** The slot of a member of the object itself. */
export function slotOf({ names, slots }: Members, name: string): number {
  const bytes = Buffer.from(name);
  return slots[findName(names, bytes, 0, bytes.length)] ?? NO_SLOT;
}

/**
 * Room for the places that are found in many objects: one array for all of them. One for each would
 * be a thousand a page for the collector to carry along.
 */
export interface PlaceRoom {
  readonly members: Members;
  /** Numbers that an object takes. */
  readonly width: number;
  places: Int32Array;
  used: number;
}

export function placeRoom(members: Members, objectCount: number): PlaceRoom {
  const width = 2 * members.slotCount;
  return { members, width, places: new Int32Array(width * objectCount), used: 0 };
}

/**
 * Finds the members of the object that begins at `at`. All of it is held against RFC 8259; where it
 * is no JSON, `end` says so.
 */
export function findMembers(bytes: Buffer, at: number, room: PlaceRoom): Found {
  const { members, width } = room;
  // What was found so far stays in the array before.
  if (room.used + width > room.places.length) {
    room.places = new Int32Array(Math.max(room.places.length, width));
    room.used = 0;
  }
  const found = {
    ...{ members, places: room.places, base: room.used },
    ...{ end: NO_JSON, others: [], isRepeated: false },
  };
  room.used += width;
  found.end = scanObject(bytes, at, members, found);
  return found;
}

function scanObject(bytes: Buffer, at: number, members: Members, found: Found): number {
  const { names, followers } = members;
  let index = NO_NAME;
  let end = skipSpace(bytes, at + 1);
  if (bytes[end] === CLOSE_OBJECT) return end + 1;
  for (;;) {
    if (bytes[end] !== QUOTE) return NO_JSON;
    const nameAt = end;
    const guess = followers[index + 1]!;
    let nameEnd = guess === NO_NAME ? NO_JSON : skipName(names, guess, bytes, nameAt + 1);
    if (nameEnd === NO_JSON) {
      nameEnd = skipString(bytes, nameAt + 1);
      if (nameEnd === NO_JSON) return NO_JSON;
      const next = findQuoted(names, bytes, nameAt, nameEnd);
      followers[index + 1] = next;
      index = next;
    } else {
      index = guess;
    }
    const from = skipColon(bytes, nameEnd);
    if (from === NO_JSON) return NO_JSON;

    const inside = index === NO_NAME ? undefined : members.inside[index];
    const isEntered = inside !== undefined && bytes[from] === OPEN_OBJECT;
    end = isEntered ? scanObject(bytes, from, inside, found) : skipValue(bytes, from);
    if (end === NO_JSON) return NO_JSON;
    if (index !== NO_NAME) fillSlot(found, members.slots[index]!, from, end);
    else if (members.notesOthers) noteOther(found, members, textAt(bytes, nameAt, nameEnd)!);

    end = skipSpace(bytes, end);
    if (bytes[end] === CLOSE_OBJECT) return end + 1;
    if (bytes[end] !== COMMA) return NO_JSON;
    end = skipSpace(bytes, end + 1);
  }
}

/** The index of a name in its quotes. */
function findQuoted(names: NameTable, bytes: Buffer, from: number, to: number): number {
  if (skipPlain(bytes, from + 1) === to - 1) return findName(names, bytes, from + 1, to - 1);
  const name = Buffer.from(textAt(bytes, from, to)!);
  return findName(names, name, 0, name.length);
}

function fillSlot(found: Found, slot: number, from: number, to: number): void {
  if (slot === NO_SLOT) return;
  const { places } = found;
  const at = found.base + 2 * slot;
  if (places[at + 1] !== 0) found.isRepeated = true;
  places[at] = from;
  places[at + 1] = to;
}

function noteOther({ others }: Found, { path }: Members, name: string): void {
  if (others.some((other) => other.path === path && other.name === name)) return;
  others.push({ path, name });
}

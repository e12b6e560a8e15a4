import { NO_JSON, QUOTE } from './json-bytes.ts';

/** Names as bytes, found without making texts of them. */
export interface NameTable {
  readonly names: readonly Uint8Array[];
  /** The first name of each bucket, and of each name the next in its bucket; NO_NAME ends them. */
  readonly first: Int32Array;
  readonly next: Int32Array;
}

export const NO_NAME = -1;
const BUCKETS = 256;

export function nameTable(texts: readonly string[]): NameTable {
  const names = texts.map((text) => new Uint8Array(Buffer.from(text)));
  const first = new Int32Array(BUCKETS).fill(NO_NAME);
  const next = new Int32Array(names.length).fill(NO_NAME);
  for (const [index, name] of names.entries()) {
    const bucket = bucketOf(name, 0, name.length);
    next[index] = first[bucket]!;
    first[bucket] = index;
  }
  return { names, first, next };
}

/** The index of the name in these bytes; NO_NAME when it is none of the table's. */
export function findName(
  { names, first, next }: NameTable,
  bytes: Uint8Array,
  from: number,
  to: number,
): number {
  let index = first[bucketOf(bytes, from, to)]!;
  while (index !== NO_NAME && !isSame(names[index]!, bytes, from, to)) index = next[index]!;
  return index;
}

/** The position behind this name and its closing quote; NO_JSON where another one begins. */
export function skipName(
  { names }: NameTable,
  index: number,
  bytes: Uint8Array,
  at: number,
): number {
  const name = names[index]!;
  const end = at + name.length;
  return bytes[end] === QUOTE && isSame(name, bytes, at, end) ? end + 1 : NO_JSON;
}

/** Names of one API differ in length, first or last letter, nearly always. */
function bucketOf(bytes: Uint8Array, from: number, to: number): number {
  if (from === to) return 0;
  return (bytes[from]! * 31 + bytes[to - 1]! * 7 + (to - from)) & (BUCKETS - 1);
}

function isSame(name: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (name.length !== to - from) return false;
  for (let index = 0; index < name.length; index += 1) {
    if (bytes[from + index] !== name[index]) return false;
  }
  return true;
}

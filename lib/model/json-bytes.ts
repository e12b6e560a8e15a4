/** Codes of the bytes that JSON is made of. */
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const OPEN_LIST = 0x5b;
export const CLOSE_LIST = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
export const BACKSLASH = 0x5c;
export const POINT = 0x2e;
export const MINUS = 0x2d;
const PLUS = 0x2b;
export const ZERO = 0x30;
const NINE = 0x39;

/** The first letters of true, false and null, and of no other value. */
export const FIRST_OF_TRUE = 0x74;
export const FIRST_OF_FALSE = 0x66;
export const FIRST_OF_NULL = 0x6e;

/** Says, instead of a position, that the bytes are no JSON. */
export const NO_JSON = -1;

/** No record nests as deep; a body that does is refused before the stack ends. */
const DEPTH_MAX = 500;

/** 1 for every byte that stands for itself inside of a string; quotes, escapes and controls do not. */
const PLAIN = new Uint8Array(256).fill(1, 0x20);
PLAIN[QUOTE] = 0;
PLAIN[BACKSLASH] = 0;

/** 1 for the bytes that may stand between tokens. */
const SPACE = tableOf(' \n\r\t');

/** 1 for every byte that one backslash makes a character of. */
const ESCAPED = tableOf('"\\/bfnrt');
const UNICODE = 0x75;
const HEX_DIGIT = tableOf('0123456789abcdefABCDEF');

const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');
const NULL = Buffer.from('null');

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (const byte of Buffer.from(characters)) table[byte] = 1;
  return table;
}

// Every function below takes the position where its part of JSON begins and returns the one behind
// it, or NO_JSON. They know RFC 8259 as JSON.parse does: no more, no less. A page has megabytes, and
// looking at each once costs a quarter of what JSON.parse takes to make objects of them.

/** White space may be missing. */
export function skipSpace(bytes: Uint8Array, at: number): number {
  let end = at;
  while (SPACE[bytes[end]! | 0] === 1) end += 1;
  return end;
}

/** Up to the first byte of a string that does not stand for itself: its quote, where all is well. */
export function skipPlain(bytes: Uint8Array, at: number): number {
  let end = at;
  while (PLAIN[bytes[end]! | 0] === 1) end += 1;
  return end;
}

/** The rest of a string, from behind its opening quote or anywhere inside; its closing one too. */
export function skipString(bytes: Uint8Array, at: number): number {
  const end = skipPlain(bytes, at);
  return bytes[end] === QUOTE ? end + 1 : skipEscaped(bytes, end);
}

function skipEscaped(bytes: Uint8Array, at: number): number {
  let end = at;
  while (bytes[end] === BACKSLASH) {
    const next = skipEscape(bytes, end + 1);
    if (next === NO_JSON) return NO_JSON;
    end = skipPlain(bytes, next);
  }
  return bytes[end] === QUOTE ? end + 1 : NO_JSON;
}

function skipEscape(bytes: Uint8Array, at: number): number {
  // Behind the end there is no byte, and none that could be escaped.
  if (at >= bytes.length) return NO_JSON;
  if (bytes[at] !== UNICODE) return ESCAPED[bytes[at]!] === 1 ? at + 1 : NO_JSON;
  for (let digit = at + 1; digit < at + 5; digit += 1) {
    if (digit >= bytes.length || HEX_DIGIT[bytes[digit]!] === 0) return NO_JSON;
  }
  return at + 5;
}

/** A value of any kind, with all that it holds. */
export function skipValue(bytes: Uint8Array, at: number, depth = 0): number {
  const first = bytes[at];
  if (first === QUOTE) return skipString(bytes, at + 1);
  if (first === OPEN_OBJECT) return depth < DEPTH_MAX ? skipObject(bytes, at, depth + 1) : NO_JSON;
  if (first === OPEN_LIST) return depth < DEPTH_MAX ? skipList(bytes, at, depth + 1) : NO_JSON;
  return skipScalar(bytes, at);
}

function skipObject(bytes: Uint8Array, at: number, depth: number): number {
  let end = skipSpace(bytes, at + 1);
  if (bytes[end] === CLOSE_OBJECT) return end + 1;
  for (;;) {
    if (bytes[end] !== QUOTE) return NO_JSON;
    end = skipColon(bytes, skipString(bytes, end + 1));
    if (end === NO_JSON) return NO_JSON;
    end = skipValue(bytes, end, depth);
    if (end === NO_JSON) return NO_JSON;
    end = skipSpace(bytes, end);
    if (bytes[end] === CLOSE_OBJECT) return end + 1;
    if (bytes[end] !== COMMA) return NO_JSON;
    end = skipSpace(bytes, end + 1);
  }
}

/** What stands between a member's name and its value; the name may have been no JSON already. */
export function skipColon(bytes: Uint8Array, at: number): number {
  if (at === NO_JSON) return NO_JSON;
  const colon = skipSpace(bytes, at);
  return bytes[colon] === COLON ? skipSpace(bytes, colon + 1) : NO_JSON;
}

function skipList(bytes: Uint8Array, at: number, depth: number): number {
  let end = skipSpace(bytes, at + 1);
  if (bytes[end] === CLOSE_LIST) return end + 1;
  for (;;) {
    end = skipValue(bytes, end, depth);
    if (end === NO_JSON) return NO_JSON;
    end = skipSpace(bytes, end);
    if (bytes[end] === CLOSE_LIST) return end + 1;
    if (bytes[end] !== COMMA) return NO_JSON;
    end = skipSpace(bytes, end + 1);
  }
}

function skipScalar(bytes: Uint8Array, at: number): number {
  if (bytes[at] === FIRST_OF_TRUE) return skipWord(bytes, at, TRUE);
  if (bytes[at] === FIRST_OF_FALSE) return skipWord(bytes, at, FALSE);
  if (bytes[at] === FIRST_OF_NULL) return skipWord(bytes, at, NULL);
  return skipNumber(bytes, at);
}

function skipWord(bytes: Uint8Array, at: number, word: Uint8Array): number {
  for (let index = 1; index < word.length; index += 1) {
    if (bytes[at + index] !== word[index]) return NO_JSON;
  }
  return at + word.length;
}

function skipNumber(bytes: Uint8Array, at: number): number {
  const first = bytes[at] === MINUS ? at + 1 : at;
  // A zero in front stands alone.
  let end = bytes[first] === ZERO ? first + 1 : skipDigits(bytes, first);
  if (end !== NO_JSON && bytes[end] === POINT) end = skipDigits(bytes, end + 1);
  if (end !== NO_JSON && (bytes[end] === 0x65 || bytes[end] === 0x45)) {
    const sign = bytes[end + 1];
    end = skipDigits(bytes, sign === PLUS || sign === MINUS ? end + 2 : end + 1);
  }
  return end;
}

/** One digit at least. */
function skipDigits(bytes: Uint8Array, at: number): number {
  let end = at;
  while (isDigit(bytes[end])) end += 1;
  return end > at ? end : NO_JSON;
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

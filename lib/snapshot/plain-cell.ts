import type { Column, Kind } from '../columns/column.ts';
import {
  COLON,
  FIRST_OF_FALSE,
  FIRST_OF_TRUE,
  isDigit,
  OPEN_LIST,
  OPEN_OBJECT,
  POINT,
  QUOTE,
  skipPlain,
  ZERO,
} from '../model/json-bytes.ts';
import { SAFE_LENGTH } from '../model/json-value.ts';
import { findName, nameTable } from '../model/name-table.ts';
import type { MinorUnits } from './cell.ts';
import type { CsvLines } from './csv-lines.ts';

/**
 * Writes the cell of a JSON value that stands in its answer as it will stand in the file, as nearly
 * all do. False, and nothing is written, where that takes a closer look: `cell.ts` says for every
 * value what its cell is, and a test holds the two against each other.
 */
export type PlainCell = (bytes: Buffer, from: number, to: number, lines: CsvLines) => boolean;

export function plainCell(column: Column, minorUnits: MinorUnits): PlainCell {
  if (column.kind === 'money') return plainAmount(minorUnits);
  if (column.kind === 'enum') return plainWord(column.values ?? []);
  return PLAIN_CELLS[column.kind];
}

const PLAIN_CELLS: Readonly<Record<Exclude<Kind, 'money' | 'enum'>, PlainCell>> = {
  id: plainText,
  text: plainText,
  boolean: plainBoolean,
  time: plainTime,
  date: plainDate,
  integer: plainInteger,
  decimal: () => false,
  ids: plainIds,
  json: plainJson,
};

function plainText(bytes: Buffer, from: number, to: number, lines: CsvLines): boolean {
  return bytes[from] === QUOTE && lines.copy(bytes, from + 1, to - 1);
}

function plainBoolean(bytes: Buffer, from: number, to: number, lines: CsvLines): boolean {
  return (
    (bytes[from] === FIRST_OF_TRUE || bytes[from] === FIRST_OF_FALSE) && lines.copy(bytes, from, to)
  );
}

function plainWord(values: readonly string[]): PlainCell {
  const known = nameTable(values);
  return (bytes, from, to, lines) =>
    bytes[from] === QUOTE &&
    findName(known, bytes, from + 1, to - 1) >= 0 &&
    lines.copy(bytes, from + 1, to - 1);
}

/** A numeral without sign and exponent; of one digit at least, and no more than a double can hold. */
function isPlainWhole(bytes: Buffer, from: number, to: number): boolean {
  if (to === from || to - from > SAFE_LENGTH) return false;
  for (let at = from; at < to; at += 1) if (!isDigit(bytes[at])) return false;
  return true;
}

function plainInteger(bytes: Buffer, from: number, to: number, lines: CsvLines): boolean {
  return isPlainWhole(bytes, from, to) && lines.copy(bytes, from, to);
}

/** An amount with no more decimals than its currency has; zeros stand for those that it lacks. */
function plainAmount(minorUnits: MinorUnits): PlainCell {
  return (bytes, from, to, lines) => {
    let point = from;
    while (point < to && bytes[point] !== POINT) point += 1;
    if (!isPlainWhole(bytes, from, point)) return false;
    for (let at = point + 1; at < to; at += 1) if (!isDigit(bytes[at])) return false;
    const minorDigits = minorUnits();
    if (minorDigits === undefined) return false;
    const lacking = point === to ? minorDigits : minorDigits - (to - point - 1);
    if (lacking < 0 || !lines.copy(bytes, from, to)) return false;
    if (lacking > 0) lines.append(point === to ? `.${'0'.repeat(lacking)}` : '0'.repeat(lacking));
    return true;
  };
}

const EMPTY_LIST = '[]'.length;

function plainIds(bytes: Buffer, from: number, to: number, lines: CsvLines): boolean {
  if (bytes[from] !== OPEN_LIST) return false;
  if (to - from === EMPTY_LIST) return lines.copy(bytes, to, to);
  // Of a list of more than one the quotes between them are refused.
  return bytes[from + 1] === QUOTE && lines.copy(bytes, from + 2, to - 2);
}

const T = 0x54;
const Z = 0x5a;
const HYPHEN = 0x2d;

/** With their quotes. */
const DATE_LENGTH = '"2026-11-20"'.length;
const TIME_LENGTH = '"2026-11-20T08:15:30Z"'.length;

/** Of February's days the 29th is worth a closer look. */
const DAYS_OF_MONTH = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function plainDate(bytes: Buffer, from: number, to: number, lines: CsvLines): boolean {
  return (
    bytes[from] === QUOTE &&
    to - from === DATE_LENGTH &&
    isDay(bytes, from + 1) &&
    lines.copy(bytes, from + 1, to - 1)
  );
}

function plainTime(bytes: Buffer, from: number, to: number, lines: CsvLines): boolean {
  return (
    bytes[from] === QUOTE &&
    to - from === TIME_LENGTH &&
    isDay(bytes, from + 1) &&
    isTimeOfDay(bytes, from + 1 + 'YYYY-MM-DD'.length) &&
    lines.copy(bytes, from + 1, to - 1)
  );
}

function isDay(bytes: Buffer, at: number): boolean {
  if (bytes[at] === ZERO || pairAt(bytes, at) < 0 || pairAt(bytes, at + 2) < 0) return false;
  if (bytes[at + 4] !== HYPHEN || bytes[at + 7] !== HYPHEN) return false;
  const day = pairAt(bytes, at + 8);
  return day >= 1 && day <= (DAYS_OF_MONTH[pairAt(bytes, at + 5)] ?? 0);
}

function isTimeOfDay(bytes: Buffer, at: number): boolean {
  if (bytes[at] !== T || bytes[at + 3] !== COLON || bytes[at + 6] !== COLON) return false;
  const [hour, minute, second] = [
    pairAt(bytes, at + 1),
    pairAt(bytes, at + 4),
    pairAt(bytes, at + 7),
  ];
  const isTime = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
  return isTime && bytes[at + 9] === Z;
}

/** Two digits as a number; below zero for anything else. */
function pairAt(bytes: Buffer, at: number): number {
  const [tens, ones] = [bytes[at], bytes[at + 1]];
  return isDigit(tens) && isDigit(ones) ? (tens! - ZERO) * 10 + ones! - ZERO : -1;
}

/** `{"name":"text"}`: most objects have one member. In a file its quotes are doubled. */
function plainJson(bytes: Buffer, from: number, to: number, lines: CsvLines): boolean {
  if (bytes[from] !== OPEN_OBJECT || bytes[from + 1] !== QUOTE) return false;
  const colon = skipPlain(bytes, from + 2) + 1;
  if (bytes[colon - 1] !== QUOTE || bytes[colon] !== COLON) return false;
  if (bytes[colon + 1] !== QUOTE || skipPlain(bytes, colon + 2) !== to - 2) return false;
  lines.copyQuoted(bytes, from, to);
  return true;
}

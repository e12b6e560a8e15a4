import type { Column, Kind } from '../columns/column.ts';
import { guard } from '../model/guard.ts';
import { parseTimestamp, timestampText } from '../model/instant.ts';
import {
  FIRST_OF_FALSE,
  FIRST_OF_TRUE,
  OPEN_LIST,
  OPEN_OBJECT,
  QUOTE,
  skipString,
} from '../model/json-bytes.ts';
import { jsonAt, numeralAt, SAFE_LENGTH, textAt } from '../model/json-value.ts';
import { decimalText, parseDecimal, plainAmountText, settle } from '../model/money.ts';
import { findName, nameTable } from '../model/name-table.ts';
import { isRawNumber, type Json, type JsonObject } from '../model/records.ts';
import type { Drift } from './drift.ts';

/**
 * Reads a JSON value that is not null, in the bytes of its answer; undefined when it is of the wrong
 * kind.
 */
export type CellReader = (bytes: Buffer, from: number, to: number) => string | undefined;

/** Digits of the minor unit of the amount that is being read, where its currency has one. */
export type MinorUnits = () => number | undefined;

/** The reader of a column's kind. `path` names the value in drift entries. */
export function cellReader(
  column: Column,
  path: string,
  drift: Drift,
  minorUnits: MinorUnits,
): CellReader {
  if (column.kind === 'money') return moneyReader(minorUnits, path, drift);
  if (column.kind === 'enum') return enumReader(column.values ?? [], path, drift);
  return READERS[column.kind];
}

const READERS: Readonly<Record<Exclude<Kind, 'money' | 'enum'>, CellReader>> = {
  id: readText,
  text: readText,
  boolean: readBoolean,
  time: (bytes, from, to) => timeText(textAt(bytes, from, to) ?? ''),
  date: readDate,
  integer: readInteger,
  decimal: readDecimal,
  ids: readIds,
  json: readJson,
};

function readText(bytes: Buffer, from: number, to: number): string | undefined {
  const found = textAt(bytes, from, to);
  return found === undefined ? undefined : guard(found);
}

function readBoolean(bytes: Buffer, from: number): string | undefined {
  if (bytes[from] === FIRST_OF_FALSE) return 'false';
  return bytes[from] === FIRST_OF_TRUE ? 'true' : undefined;
}

function readDate(bytes: Buffer, from: number, to: number): string | undefined {
  const found = textAt(bytes, from, to);
  return found !== undefined && DAY.test(found) ? found : undefined;
}

const EMPTY_LIST = '[]'.length;

function readIds(bytes: Buffer, from: number, to: number): string | undefined {
  if (bytes[from] !== OPEN_LIST) return undefined;
  // Most lists hold nothing, or one id.
  if (to - from === EMPTY_LIST) return '';
  if (bytes[from + 1] === QUOTE && skipString(bytes, from + 2) === to - 1) {
    return guard(textAt(bytes, from + 1, to - 1)!);
  }
  const list = jsonAt(bytes, from, to) as readonly Json[];
  return list.every((item) => typeof item === 'string') ? guard(list.join(' ')) : undefined;
}

function enumReader(values: readonly string[], path: string, drift: Drift): CellReader {
  const known = nameTable(values);
  return (bytes, from, to) => {
    const index = bytes[from] === QUOTE ? findName(known, bytes, from + 1, to - 1) : -1;
    const word = values[index] ?? textAt(bytes, from, to);
    if (word === undefined || values.includes(word)) return word;
    drift.note('unknown-value', path, word);
    return guard(word);
  };
}

function moneyReader(minorUnits: MinorUnits, path: string, drift: Drift): CellReader {
  return (bytes, from, to) => {
    const cell = amountText(numeralAt(bytes, from, to), minorUnits(), path, drift);
    if (cell?.startsWith('-')) drift.note('unusual-sign', path);
    return cell;
  };
}

function amountText(
  numeral: string | undefined,
  minorDigits: number | undefined,
  path: string,
  drift: Drift,
): string | undefined {
  if (numeral === undefined) return undefined;
  // A short numeral is plain enough nearly always.
  const isShort = numeral.length <= SAFE_LENGTH && minorDigits !== undefined;
  const plain = isShort ? plainAmountText(numeral, minorDigits) : undefined;
  if (plain !== undefined) return plain;
  const sent = parseDecimal(numeral);
  if (sent === undefined) return undefined;
  if (minorDigits === undefined) return decimalText(sent);
  const { amount, noisy } = settle(sent, minorDigits);
  if (noisy) drift.note('binary-noise', path);
  return decimalText(amount);
}

function readDecimal(bytes: Buffer, from: number, to: number): string | undefined {
  const sent = parseDecimal(numeralAt(bytes, from, to) ?? '');
  return sent === undefined ? undefined : decimalText(sent);
}

const INTEGER = /^-?\d+$/;

function readInteger(bytes: Buffer, from: number, to: number): string | undefined {
  const numeral = numeralAt(bytes, from, to) ?? '';
  if (numeral.length <= SAFE_LENGTH && INTEGER.test(numeral)) return numeral;
  const sent = parseDecimal(numeral);
  if (sent === undefined) return undefined;
  // 1.0 is a whole number too, and JSON has no other kind of number.
  const { amount } = settle(sent, 0);
  return amount.scale === 0 ? decimalText(amount) : undefined;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

const MONTH_AND_DAY = [
  '(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])',
  '(?:0[13-9]|1[0-2])-(?:29|30)',
  '(?:0[13578]|1[02])-31',
].join('|');

/** The usual time, already as it is written; 29 February goes the long way. */
const USUAL_TIME = new RegExp(
  `^[1-9]\\d{3}-(?:${MONTH_AND_DAY})T(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\dZ$`,
);

/** ISO 8601 in UTC; undefined when the text is no moment. */
export function timeText(sent: string): string | undefined {
  if (USUAL_TIME.test(sent)) return sent;
  const moment = parseTimestamp(sent);
  return moment === undefined ? undefined : timestampText(moment);
}

/** An object that is written already as it will be; most have no more than one member. */
const ONE_PLAIN_TEXT = /^\{"[^"\\\x80-\xff]*":"[^"\\\x80-\xff]*"\}$/;

/** JSON on one line with sorted members, so that the same data gives the same bytes. */
function readJson(bytes: Buffer, from: number, to: number): string | undefined {
  if (bytes[from] !== OPEN_OBJECT && bytes[from] !== OPEN_LIST) return undefined;
  const sent = bytes.toString('latin1', from, to);
  if (ONE_PLAIN_TEXT.test(sent)) return sent;
  return guard(JSON.stringify(withSortedMembers(jsonAt(bytes, from, to))));
}

function withSortedMembers(value: Json | undefined): Json | undefined {
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return value;
  if (Array.isArray(value)) return value.map((item) => withSortedMembers(item) ?? null);
  const members = Object.entries(value as JsonObject);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, item]) => [name, withSortedMembers(item)]));
}

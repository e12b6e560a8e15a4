import type { Column, Kind } from '../columns/column.ts';
import { minorUnits } from '../model/currency.ts';
import { guard } from '../model/guard.ts';
import { parseTimestamp, timestampText } from '../model/instant.ts';
import { decimalText, parseDecimal, plainAmountText, settle } from '../model/money.ts';
import { isRawNumber, type Json, type JsonObject } from '../model/records.ts';
import type { Drift } from './drift.ts';

/** Reads a value that is not null; undefined when it is of the wrong kind. */
export type CellReader = (value: Json, holder: JsonObject) => string | undefined;

/** The currency that belongs to an amount in this object. */
export type CurrencyOf = (holder: JsonObject) => Json | undefined;

/** The reader of a column's kind. `path` names the value in drift entries. */
export function cellReader(
  column: Column,
  path: string,
  drift: Drift,
  currencyOf: CurrencyOf,
): CellReader {
  if (column.kind === 'money') return moneyReader(currencyOf, path, drift);
  if (column.kind === 'enum') return enumReader(new Set(column.values), path, drift);
  return READERS[column.kind];
}

const READERS: Readonly<Record<Exclude<Kind, 'money' | 'enum'>, CellReader>> = {
  id: readText,
  text: readText,
  boolean: (value) => (typeof value === 'boolean' ? String(value) : undefined),
  time: (value) => (typeof value === 'string' ? timeText(value) : undefined),
  date: (value) => (typeof value === 'string' && DAY.test(value) ? value : undefined),
  integer: readInteger,
  decimal: readDecimal,
  ids: readIds,
  json: (value) =>
    isPlainNumber(value) || typeof value !== 'object' ? undefined : jsonText(value),
};

function readText(value: Json): string | undefined {
  return typeof value === 'string' ? guard(value) : undefined;
}

function readIds(value: Json): string | undefined {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return undefined;
  return guard(value.join(' '));
}

function enumReader(values: ReadonlySet<string>, path: string, drift: Drift): CellReader {
  return (value) => {
    if (typeof value !== 'string') return undefined;
    if (values.has(value)) return value;
    drift.note('unknown-value', path, value);
    return guard(value);
  };
}

function moneyReader(currencyOf: CurrencyOf, path: string, drift: Drift): CellReader {
  return (value, holder) => {
    const currency = currencyOf(holder);
    const minorDigits = typeof currency === 'string' ? minorUnits(currency) : undefined;
    const cell = amountText(value, minorDigits, path, drift);
    if (cell?.startsWith('-')) drift.note('unusual-sign', path);
    return cell;
  };
}

function amountText(
  value: Json,
  minorDigits: number | undefined,
  path: string,
  drift: Drift,
): string | undefined {
  if (minorDigits === undefined) return readDecimal(value);
  // JavaScript's own text of a number is plain enough nearly always.
  const plain = Number.isFinite(value) ? plainAmountText(String(value), minorDigits) : undefined;
  if (plain !== undefined) return plain;
  const sent = parseDecimal(numberText(value));
  if (sent === undefined) return undefined;
  const { amount, noisy } = settle(sent, minorDigits);
  if (noisy) drift.note('binary-noise', path);
  return decimalText(amount);
}

function readDecimal(value: Json): string | undefined {
  const sent = parseDecimal(numberText(value));
  return sent === undefined ? undefined : decimalText(sent);
}

function readInteger(value: Json): string | undefined {
  if (Number.isSafeInteger(value)) return String(value);
  const sent = parseDecimal(numberText(value));
  if (sent === undefined) return undefined;
  // 1.0 is a whole number too, and JSON has no other kind of number.
  const { amount } = settle(sent, 0);
  return amount.scale === 0 ? decimalText(amount) : undefined;
}

/** The digits of a number as they were sent; '' for all else. */
function numberText(value: Json): string {
  if (typeof value === 'number') return String(value);
  return isRawNumber(value) ? value.rawJSON : '';
}

function isPlainNumber(value: Json): boolean {
  return value === null || isRawNumber(value);
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

/** JSON on one line with sorted members, so that the same data gives the same bytes. */
function jsonText(value: Json): string {
  return guard(JSON.stringify(withSortedMembers(value)));
}

function withSortedMembers(value: Json | undefined): Json | undefined {
  if (typeof value !== 'object' || value === null || isRawNumber(value)) return value;
  if (Array.isArray(value)) return value.map((item) => withSortedMembers(item) ?? null);
  const members = Object.entries(value as JsonObject);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(members.map(([name, item]) => [name, withSortedMembers(item)]));
}

import { isDigit, MINUS, QUOTE } from './json-bytes.ts';
import { type Json, rawNumber } from './records.ts';

/** A double keeps 15 significant digits whatever they are; of a longer numeral it may lose some. */
export const SAFE_LENGTH = 15;

/**
 * Text in which a longer numeral may stand, or one beyond all doubles (1e309); what only looks like
 * one costs time, never digits.
 */
const LARGE_NUMERAL = /[\d.]{16}|\d[eE]\+?\d{3}/;

/** Bytes that are no characters of their own: escapes, and UTF-8 of more than one byte. */
const ODD = /[\\\x80-\xff]/;

/** The value that stands there; a numeral that a double cannot hold stays as it was sent. */
export function jsonAt(bytes: Buffer, from: number, to: number): Json {
  const text = bytes.toString('utf8', from, to);
  return JSON.parse(text, LARGE_NUMERAL.test(text) ? keepNumeral : undefined) as Json;
}

function keepNumeral(_member: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  const isSafe = context.source.length <= SAFE_LENGTH && Number.isFinite(value);
  return isSafe ? value : rawNumber(context.source);
}

/**
 * The text of a JSON string; undefined when the value is none. Each text is cut from the bytes: of a
 * string of the whole page every slice that somebody keeps would keep the page.
 */
export function textAt(bytes: Buffer, from: number, to: number): string | undefined {
  if (bytes[from] !== QUOTE) return undefined;
  const text = bytes.toString('latin1', from + 1, to - 1);
  return ODD.test(text) ? JSON.parse(bytes.toString('utf8', from, to)) : text;
}

/** Numerals of no more than SAFE_LENGTH characters that are what JavaScript makes of their number. */
const USUAL_NUMERAL = /^(?:0|-?[1-9]\d*|-?(?:0|[1-9]\d*)\.\d{0,5}[1-9])$/;

/**
 * A JSON number's digits: as they were sent where a double cannot hold them, else as JavaScript
 * writes the number. Undefined when the value is no number, or one beyond all doubles.
 */
export function numeralAt(bytes: Buffer, from: number, to: number): string | undefined {
  if (bytes[from] !== MINUS && !isDigit(bytes[from])) return undefined;
  const sent = bytes.toString('latin1', from, to);
  if (sent.length > SAFE_LENGTH || USUAL_NUMERAL.test(sent)) return sent;
  return Number.isFinite(Number(sent)) ? String(Number(sent)) : undefined;
}

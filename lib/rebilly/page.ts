import { isAscii } from 'node:buffer';
import { type ApiRecord, type Json, rawNumber } from '../model/records.ts';

/** A double keeps 15 significant digits whatever they are; of a longer numeral it may lose some. */
const SAFE_LENGTH = 15;

/**
 * Decodes the body of a collection's answer. Undefined when it is no JSON array of objects: the
 * caller knows which answer it was and says so. Numerals that a double cannot hold are kept as
 * `JSON.rawJSON`; they are so rare that only a page with one pays for it.
 */
export function decodePage(body: Buffer): readonly ApiRecord[] | undefined {
  // Plain ASCII, the usual case, needs no decoding.
  const text = body.toString(isAscii(body) ? 'latin1' : 'utf8');
  const parsed = parse(text, hasLongNumeral(body) ? keepNumeral : undefined);
  return isRecords(parsed) ? parsed : undefined;
}

function parse(text: string, reviver: typeof keepNumeral | undefined): Json | undefined {
  try {
    return JSON.parse(text, reviver) as Json;
  } catch {
    // Text that is no JSON is an answer of its own, judged by whoever asked.
    return undefined;
  }
}

function keepNumeral(_member: string, value: unknown, context?: { source?: string }): unknown {
  const source = typeof value === 'number' ? context?.source : undefined;
  return source !== undefined && source.length > SAFE_LENGTH ? rawNumber(source) : value;
}

/** 1 for digits and the point; signs and exponents add no digits. */
const NUMERAL = new Uint8Array(256);
for (const byte of Buffer.from('0123456789.')) NUMERAL[byte] = 1;

/** 1 for every byte that can stand before a number. */
const BEFORE_NUMERAL = new Uint8Array(256);
for (const byte of Buffer.from(':,[- \t\r\n')) BEFORE_NUMERAL[byte] = 1;

/** So many digits with a point among them are safe. */
const SAFE_RUN = SAFE_LENGTH + 1;
const HALF = 7;

/**
 * Whether a numeral of more digits than are safe stands outside of text. No such run can pass
 * between two bytes that many apart, so only every 17th byte is looked at, and the run around it
 * where it is part of one. Long ids are text and stand behind a quote; what else in a text looks
 * like a numeral costs time, never digits.
 */
function hasLongNumeral(body: Buffer): boolean {
  for (let at = SAFE_RUN; at < body.length; at += SAFE_RUN + 1) {
    if (NUMERAL[body[at]!] === 0) continue;
    // A run that long goes on for half of its length to one side at least.
    if (NUMERAL[body[at - HALF]!] === 0 && NUMERAL[body[at + HALF]!] === 0) continue;
    let start = at;
    while (start > 0 && NUMERAL[body[start - 1]!] === 1) start -= 1;
    let end = at + 1;
    while (end < body.length && NUMERAL[body[end]!] === 1) end += 1;
    if (end - start > SAFE_LENGTH && BEFORE_NUMERAL[body[start - 1]!] === 1) return true;
  }
  return false;
}

function isRecords(value: Json | undefined): value is readonly ApiRecord[] {
  return (
    Array.isArray(value) &&
    value.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row))
  );
}

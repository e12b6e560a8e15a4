import { isAscii } from 'node:buffer';
import { type ApiRecord, type Json, rawNumber } from '../model/records.ts';

/**
 * A double keeps 15 significant digits whatever they are. A longer number is rare enough that only
 * a page holding one pays for keeping its text: `JSON.rawJSON` objects stand in its place.
 */
const LONG_NUMBER = /[:,[]\s*-?(?=[\d.eE+-]{16})\d[\d.eE+-]*/;
const LONG_TEXT = 16;

/**
 * Decodes the body of a collection's answer. Undefined when it is no JSON array of objects: the
 * caller knows which answer it was and says so.
 */
export function decodePage(body: Buffer): readonly ApiRecord[] | undefined {
  // Plain ASCII, the usual case, needs no decoding and parses faster from one byte a character.
  const text = isAscii(body) ? body.toString('latin1') : body.toString('utf8');
  const parsed = LONG_NUMBER.test(text) ? parseExactly(text) : parse(text);
  return isRecords(parsed) ? parsed : undefined;
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    // Text that is no JSON is an answer of its own, judged by whoever asked.
    return undefined;
  }
}

function parseExactly(text: string): Json | undefined {
  try {
    return JSON.parse(text, (_member, value, context?: { source?: string }) => {
      const source = typeof value === 'number' ? context?.source : undefined;
      return source !== undefined && source.length >= LONG_TEXT ? rawNumber(source) : value;
    }) as Json;
  } catch {
    return undefined;
  }
}

function isRecords(value: Json | undefined): value is readonly ApiRecord[] {
  return (
    Array.isArray(value) &&
    value.every((row) => typeof row === 'object' && row !== null && !Array.isArray(row))
  );
}

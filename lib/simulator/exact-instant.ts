import { type Instant, instantOf, parseTimestamp } from '../model/instant.ts';

/**
 * Epoch milliseconds of RFC 3339 text with every fraction digit a double can hold, where the rest
 * of Tieout cuts to the second: bounds and rows must be compared as precisely as they were written.
 * Undefined when the text is no date-time.
 */
export function exactInstant(text: string): Instant | undefined {
  const timestamp = parseTimestamp(text);
  if (timestamp === undefined) return undefined;
  const fractionMs = Number(timestamp.fraction.padEnd(9, '0')) / 1e6;
  return (instantOf(timestamp.second) + fractionMs) as Instant;
}

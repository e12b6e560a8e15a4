import { type Json, type JsonObject, rawNumber } from '../model/records.ts';

/** A row of JSON text, to be written again as it was: digits a double cannot hold are kept. */
export function exactRow(text: string): JsonObject {
  return JSON.parse(text, (_member, value: Json, context?: { source?: string }) => {
    const source = typeof value === 'number' ? context?.source : undefined;
    return source === undefined || String(value) === source ? value : rawNumber(source);
  }) as JsonObject;
}

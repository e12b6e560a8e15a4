import type { Json, JsonObject } from '../model/records.ts';

/**
 * What an RFC 9457 body says, as far as it says it. Rebilly declares `application/json` for these
 * and its older bodies carry `error` and `details` instead (contract 2): read by member, not by
 * media type.
 */
export interface Problem {
  readonly title: string;
  readonly invalidFields: readonly { readonly field: string; readonly message: string }[];
}

/** Reads a problem out of an error's body; a body that is none of that gives its first words. */
export function readProblem(body: Buffer): Problem {
  const text = body.toString('utf8');
  const parsed = parseObject(text);
  if (!parsed) return { title: firstWords(text), invalidFields: [] };
  const title = [parsed['title'], parsed['detail'], parsed['error'], parsed['message']].find(
    (member) => typeof member === 'string' && member !== '',
  );
  return {
    title: typeof title === 'string' ? firstWords(title) : '',
    invalidFields: fieldsOf(parsed['invalidFields']),
  };
}

/** `Validation failed: filter: unknown field 'colour'` */
export function problemText({ title, invalidFields }: Problem): string {
  const fields = invalidFields.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return [title, fields].filter((part) => part !== '').join(': ') || 'no reason given';
}

function parseObject(text: string): JsonObject | undefined {
  try {
    const parsed = JSON.parse(text) as Json;
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as JsonObject)
      : undefined;
  } catch {
    // Proxies and load balancers answer in HTML or plain text.
    return undefined;
  }
}

function fieldsOf(value: Json | undefined): Problem['invalidFields'] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, 20).map((entry: JsonObject | null) => ({
    field: typeof entry?.['field'] === 'string' ? entry['field'] : '?',
    message: typeof entry?.['message'] === 'string' ? entry['message'] : '?',
  }));
}

function firstWords(text: string): string {
  const plain = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length > 160 ? `${plain.slice(0, 160)}…` : plain;
}

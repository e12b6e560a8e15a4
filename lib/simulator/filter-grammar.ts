import type { InvalidField } from './refusal.ts';

/**
 * The filter language as text: `;` joins fields, `,` joins the values of one, `!` negates a value,
 * `a..b` is a range whose ends may be left open. There is no escaping and no quoting.
 */
export interface Condition {
  readonly field: string;
  readonly values: readonly FilterValue[];
}

export interface FilterValue {
  readonly negated: boolean;
  /** A single value has equal ends and `isRange` false; an open end is undefined. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly isRange: boolean;
}

/** Reads a filter; what cannot be read is added to `invalid` and left out. */
export function parseFilter(text: string, invalid: InvalidField[]): readonly Condition[] {
  if (text === '') return [];
  return text.split(';').flatMap((part) => {
    const colon = part.indexOf(':');
    if (colon < 1) {
      invalid.push({ field: 'filter', message: `'${part}' is not written as field:value.` });
      return [];
    }
    const field = part.slice(0, colon);
    const values = part.slice(colon + 1).split(',');
    return [{ field, values: values.flatMap((value) => parseValue(field, value, invalid)) }];
  });
}

function parseValue(field: string, text: string, invalid: InvalidField[]): readonly FilterValue[] {
  const negated = text.startsWith('!');
  const value = negated ? text.slice(1) : text;
  if (value === '' || value === '..') {
    invalid.push({ field, message: 'A value is empty.' });
    return [];
  }
  if (value.startsWith('@')) {
    // A value list of the server's; this world keeps none, so an id with @ in front is taken for one.
    invalid.push({ field, message: `There is no value list '${value}'.` });
    return [];
  }
  const dots = value.indexOf('..');
  if (dots < 0) return [{ negated, from: value, to: value, isRange: false }];
  const from = value.slice(0, dots) || undefined;
  const to = value.slice(dots + 2) || undefined;
  return [{ negated, from, to, isRange: true }];
}

import { Fault } from '../model/fault.ts';
import { type EpochSecond, secondText } from '../model/instant.ts';

/**
 * The filter grammar as far as it is documented (contract 5): `;` joins fields, `,` lists values,
 * `!` negates one, `a..b` is a range with both ends in. Nothing documents an escape, so what the
 * grammar cannot carry is never sent.
 */

/** A URL of this size passes every proxy; the API names no bound (contract 5.2). */
export const LONGEST_FILTER = 1900;

/** What is left of it for the user's own filter, once the slicing terms stand beside it. */
const LONGEST_USER_FILTER = 1000;

/** Tieout cuts by these; a second condition on the same field has no documented meaning. */
const RESERVED_FIELDS = ['createdTime', 'updatedTime', 'id'];

export function timeRange(field: string, from: EpochSecond, to: EpochSecond): string {
  return `${field}:${secondText(from)}..${secondText(to)}`;
}

export function joinFilters(...terms: readonly string[]): string {
  return terms.filter((term) => term !== '').join(';');
}

/** Whether a value can stand in a filter and mean nothing but itself. */
export function isPlainValue(value: string): boolean {
  return /^[\w~.-][\w~.\-@]*$/.test(value) && !value.includes('..');
}

/** The field names of a filter that was checked. */
export function fieldsOf(filter: string): readonly string[] {
  return filter === '' ? [] : filter.split(';').map((term) => term.slice(0, term.indexOf(':')));
}

/** Checks the user's own filter before anybody is asked; returns it unchanged. */
export function userFilter(text: string): string {
  if (text === '') return text;
  if (text.length > LONGEST_USER_FILTER) {
    throw refused(text, `it is longer than ${LONGEST_USER_FILTER} characters`);
  }
  const fields = text.split(';').map((term) => checkTerm(text, term));
  const twice = fields.find((field, index) => fields.indexOf(field) !== index);
  if (twice !== undefined) throw refused(text, `'${twice}' stands in it twice`);
  return text;
}

function checkTerm(filter: string, term: string): string {
  const [, field, values] = /^([A-Za-z0-9_]+(?:\.[A-Za-z0-9_-]+)*):(.+)$/s.exec(term) ?? [];
  if (field === undefined || values === undefined) {
    throw refused(filter, `'${term}' is not of the form field:value`);
  }
  if (RESERVED_FIELDS.includes(field)) {
    throw refused(filter, `Tieout itself asks by '${field}'`);
  }
  for (const value of values.split(',')) checkValue(filter, field, value);
  return field;
}

function checkValue(filter: string, field: string, value: string): void {
  const plain = value.startsWith('!') ? value.slice(1) : value;
  const ends = plain.split('..');
  if (ends.length > 2) throw refused(filter, `'${value}' has more than one '..'`);
  if (ends.every((end) => end === '')) throw refused(filter, `${field} has an empty value`);
  for (const end of ends) {
    // `@` names a list kept at Rebilly: what it holds could change while the pages are read.
    const carried = /^[^\p{C}@!;,"'\\]*$/u.test(end) && end.trim() === end;
    if (!carried) throw refused(filter, `'${value}' holds what the grammar cannot carry`);
  }
}

function refused(filter: string, why: string): Fault {
  return new Fault(
    'FILTER_INVALID',
    `The filter '${filter}' was not sent: ${why}.`,
    'Write it as field:value;field:value,value with plain values, for example type:sale,refund.',
  );
}

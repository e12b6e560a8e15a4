import { membersOf } from '../model/api-record.ts';
import type { CollectionName, JsonObject } from '../model/records.ts';
import { fieldsOf, isPlainValue, LONGEST_FILTER } from './filter.ts';
import type { Row } from './row.ts';

/** Terms that cut one second; together they are a filter. */
export type Slice = readonly { readonly field: string; readonly value: string }[];

/** A field that never changes, and how a slice is cut by it. */
interface Dimension {
  readonly field: string;
  readonly kind: 'number' | 'few values' | 'many values';
}

export const DIMENSIONS: Readonly<Record<CollectionName, readonly Dimension[]>> = {
  transactions: [
    { field: 'amount', kind: 'number' },
    { field: 'type', kind: 'few values' },
    { field: 'currency', kind: 'few values' },
    { field: 'customerId', kind: 'many values' },
  ],
  'credit-memos': [
    { field: 'currency', kind: 'few values' },
    { field: 'customerId', kind: 'many values' },
  ],
};

/** Room for the time range and the other terms beside a list of values. */
const OTHER_TERMS = 400;

/** Amounts nearer than this are one: it is finer than any minor unit. */
const AMOUNT_STEP = 1e-9;

/** Large amounts leave a double no room for that; four of its own steps, it has always. */
const DOUBLE_STEP = 2 ** -50;

export interface Cut {
  readonly parts: readonly Slice[];
  /** The dimension by which the parts are cut further. */
  readonly dimension: number;
}

/**
 * Cuts a slice into parts that do not overlap, by what a sample of its rows shows. Undefined when
 * no dimension is left. The parts may leave rows out (nulls, values the grammar cannot carry):
 * whoever reads them counts.
 */
export function split(
  dimensions: readonly Dimension[],
  terms: Slice,
  from: number,
  sample: readonly Row[],
  userFilter: string,
): Cut | undefined {
  const taken = fieldsOf(userFilter);
  for (let at = from; at < dimensions.length; at += 1) {
    const { field, kind } = dimensions[at]!;
    // A second condition on one field has no documented meaning.
    if (taken.includes(field)) continue;
    const records = sample.map((row) => membersOf(row.record));
    const parts = CUTTERS[kind](field, terms, records, userFilter);
    if (parts.length > 0) return { parts, dimension: kind === 'number' ? at : at + 1 };
  }
  return undefined;
}

const CUTTERS: Record<
  Dimension['kind'],
  (field: string, terms: Slice, sample: readonly JsonObject[], userFilter: string) => Slice[]
> = {
  number: cutByMedian,
  'few values': cutByValue,
  'many values': cutByLists,
};

/**
 * Below the median, at it, above it. The parts share their borders, since both ends of a range are
 * in: a row there is read twice and counted once, where a gap would lose it.
 */
function cutByMedian(field: string, terms: Slice, sample: readonly JsonObject[]): Slice[] {
  const numbers = sample
    .map((record) => record[field])
    .filter((value) => typeof value === 'number')
    .sort((a, b) => a - b);
  const median = numbers[Math.floor(numbers.length / 2)];
  if (median === undefined) return [];
  const step = Math.max(AMOUNT_STEP, Math.abs(median) * DOUBLE_STEP);
  const known = terms.find((term) => term.field === field)?.value ?? '..';
  const [low = '', high = ''] = known.split('..');
  // What lies at one number cannot be cut further by it.
  if (low !== '' && high !== '' && Number(high) - Number(low) < 3 * step) return [];
  const borders = [low, numeral(median - step), numeral(median + step), high];
  const others = terms.filter((term) => term.field !== field);
  return [0, 1, 2]
    .map((at) => [borders[at]!, borders[at + 1]!] as const)
    .filter(([from, to]) => from === '' || to === '' || Number(from) <= Number(to))
    .map(([from, to]) => [...others, { field, value: `${from}..${to}` }]);
}

/** A decimal without exponent, which no filter is known to read. */
function numeral(value: number): string {
  return value.toFixed(9).replace(/\.?0+$/, '');
}

/** Each value the sample shows, and the rest. */
function cutByValue(field: string, terms: Slice, sample: readonly JsonObject[]): Slice[] {
  const values = plainValues(field, sample);
  if (values.length === 0) return [];
  const rest = values.map((value) => `!${value}`).join(',');
  return [...values, rest].map((value) => [...terms, { field, value }]);
}

/**
 * Lists of the values the sample shows, each of a safe length. Where nearly every row has a value of
 * its own (a batch of renewals: one row a customer) the lists would show the sample again.
 */
function cutByLists(
  field: string,
  terms: Slice,
  sample: readonly JsonObject[],
  userFilter: string,
): Slice[] {
  const values = plainValues(field, sample);
  if (values.length > sample.length / 2) return [];
  const longest = LONGEST_FILTER - OTHER_TERMS - userFilter.length;
  const lists: string[] = [];
  for (const value of values) {
    const last = lists.at(-1);
    if (last === undefined || last.length + value.length >= longest) lists.push(value);
    else lists[lists.length - 1] = `${last},${value}`;
  }
  return lists.map((value) => [...terms, { field, value }]);
}

function plainValues(field: string, sample: readonly JsonObject[]): string[] {
  const values = new Set<string>();
  for (const record of sample) {
    const value = record[field];
    if (typeof value === 'string' && isPlainValue(value)) values.add(value);
  }
  return [...values].sort();
}

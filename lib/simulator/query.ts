import type { CollectionName } from '../model/records.ts';
import { type FieldKind, fieldOf } from './fields.ts';
import { compileFilter, type Filter } from './filter.ts';
import type { Nastiness } from './nastiness.ts';
import type { InvalidField } from './refusal.ts';

/** Both `limit` and `offset` stop here (contract 3.1). */
const BOUND = 1000;

/** Undocumented; the header example and Rebilly's PHP SDK both say 100. */
const DEFAULT_LIMIT = 100;

export interface Query {
  readonly limit: number;
  readonly offset: number;
  readonly filter: Filter;
  readonly sort: readonly SortKey[];
  /** Lower-case text to be found in an id or a description; '' for any row. */
  readonly q: string;
  readonly expand: readonly string[];
}

export interface SortKey {
  readonly field: string;
  readonly kind: FieldKind;
  readonly isDescending: boolean;
}

/** What `expand` may name (contract 3.4). */
const EXPANDABLE: Readonly<Record<CollectionName, ReadonlySet<string>>> = {
  transactions: new Set([
    'parentTransaction',
    'childTransactions',
    'gatewayAccount',
    'customer',
    'leadSource',
    'website',
    'invoices',
    'organization',
    'dispute',
    'paymentCard',
    'bankAccount',
  ]),
  'credit-memos': new Set(['customer']),
};

const NEWEST_FIRST: SortKey = { field: 'createdTime', kind: 'time', isDescending: true };

/** Reads a collection's parameters; all that the API would refuse is added to `invalid`. */
export function parseQuery(
  params: URLSearchParams,
  collection: CollectionName,
  nastiness: Nastiness,
  invalid: InvalidField[],
): Query {
  const text = (name: string) => params.get(name) ?? '';
  return {
    limit: Math.min(limitOf(text('limit'), nastiness, invalid), nastiness.clampLimit),
    offset: offsetOf(text('offset'), nastiness, invalid),
    filter: filterOf(text('filter'), collection, nastiness, invalid),
    sort: sortOf(nastiness.ignoreSort ? '' : text('sort'), collection, invalid),
    q: text('q').toLowerCase(),
    expand: expandOf(text('expand'), collection, invalid),
  };
}

function filterOf(
  text: string,
  collection: CollectionName,
  { ignoreFilter, unfilterable }: Nastiness,
  invalid: InvalidField[],
): Filter {
  const filter = compileFilter(ignoreFilter ? '' : text, collection, invalid);
  for (const field of unfilterable) {
    if (!text.split(';').some((term) => term.startsWith(`${field}:`))) continue;
    invalid.push({ field, message: 'The field cannot be filtered by.' });
  }
  return filter;
}

function limitOf(text: string, { limitZero }: Nastiness, invalid: InvalidField[]): number {
  if (text === '') return DEFAULT_LIMIT;
  const limit = wholeNumber(text);
  const isRefusedZero = limit === 0 && limitZero === 'reject';
  if (limit === undefined || limit > BOUND || isRefusedZero) {
    invalid.push({ field: 'limit', message: `'${text}' is no integer from 0 to ${BOUND}.` });
    return DEFAULT_LIMIT;
  }
  return limit === 0 && limitZero === 'default' ? DEFAULT_LIMIT : limit;
}

function offsetOf(text: string, { offsetBeyond }: Nastiness, invalid: InvalidField[]): number {
  if (text === '') return 0;
  const offset = wholeNumber(text);
  if (offset !== undefined && offset <= BOUND) return offset;
  if (offset !== undefined && offsetBeyond === 'clamp') return BOUND;
  invalid.push({ field: 'offset', message: `'${text}' is no integer from 0 to ${BOUND}.` });
  return 0;
}

function wholeNumber(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function sortOf(
  text: string,
  collection: CollectionName,
  invalid: InvalidField[],
): readonly SortKey[] {
  if (text === '') return [NEWEST_FIRST];
  return text.split(',').map((part) => {
    const isDescending = part.startsWith('-');
    const name = isDescending ? part.slice(1) : part;
    const field = fieldOf(collection, name);
    if (field?.sortable) return { field: name, kind: field.kind, isDescending };
    invalid.push({ field: 'sort', message: `'${name}' cannot be sorted by.` });
    return NEWEST_FIRST;
  });
}

function expandOf(
  text: string,
  collection: CollectionName,
  invalid: InvalidField[],
): readonly string[] {
  if (text === '') return [];
  const names = text.split(',');
  for (const name of names) {
    if (EXPANDABLE[collection].has(name)) continue;
    invalid.push({ field: 'expand', message: `'${name}' cannot be expanded.` });
  }
  return names;
}

/** `expand` of a single resource: transactions take it, credit memos ignore it (contract 3.1). */
export function parseExpand(
  params: URLSearchParams,
  collection: CollectionName,
  invalid: InvalidField[],
): readonly string[] {
  const text = params.get('expand') ?? '';
  return collection === 'transactions' ? expandOf(text, collection, invalid) : [];
}

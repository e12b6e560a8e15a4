import type { Instant } from '../model/instant.ts';
import { type CollectionName, isRawNumber, type Json, type JsonObject } from '../model/records.ts';
import { exactInstant } from './exact-instant.ts';
import { type FieldKind, fieldOf } from './fields.ts';
import { type Condition, type FilterValue, parseFilter } from './filter-grammar.ts';
import type { InvalidField } from './refusal.ts';

/** A filter made ready: what a table's own order and index can answer stands apart from the rest. */
export interface Filter {
  /** `createdTime`, both ends included: a row outside is never looked at. */
  readonly createdFrom: Instant;
  readonly createdTo: Instant;
  /** The ids of an id list, told apart by case. */
  readonly ids: readonly string[] | undefined;
  readonly tests: readonly ((row: JsonObject) => boolean)[];
}

type Scalar = string | number | boolean;

interface Bounds {
  readonly negated: boolean;
  readonly from: Scalar | undefined;
  readonly to: Scalar | undefined;
}

const RANGED: ReadonlySet<FieldKind> = new Set(['number', 'integer', 'time']);

/** Reads and types a filter; everything the API would refuse is added to `invalid`. */
export function compileFilter(
  text: string,
  collection: CollectionName,
  invalid: InvalidField[],
): Filter {
  let [createdFrom, createdTo] = [-Infinity, Infinity];
  let ids: readonly string[] | undefined;
  const tests: ((row: JsonObject) => boolean)[] = [];
  for (const condition of parseFilter(text, invalid)) {
    const kind = fieldOf(collection, condition.field)?.kind;
    if (kind === undefined) {
      invalid.push({ field: condition.field, message: 'The field cannot be filtered by.' });
      continue;
    }
    const bounds = condition.values.flatMap((value) => bind(condition, value, kind, invalid));
    if (condition.field === 'createdTime' && bounds.length === 1 && !bounds[0]!.negated) {
      createdFrom = Math.max(createdFrom, (bounds[0]!.from ?? -Infinity) as number);
      createdTo = Math.min(createdTo, (bounds[0]!.to ?? Infinity) as number);
    } else if (condition.field === 'id' && ids === undefined && isPositive(condition)) {
      ids = condition.values.map((value) => value.from!);
    } else {
      tests.push(testOf(condition.field, kind, bounds));
    }
  }
  return { createdFrom: createdFrom as Instant, createdTo: createdTo as Instant, ids, tests };
}

function isPositive({ values }: Condition): boolean {
  return values.every((value) => !value.negated && !value.isRange);
}

/** The typed ends of one value; none when it is refused. */
function bind(
  { field }: Condition,
  value: FilterValue,
  kind: FieldKind,
  invalid: InvalidField[],
): readonly Bounds[] {
  const refuse = (message: string) => {
    invalid.push({ field, message });
    return [];
  };
  if (value.isRange && !RANGED.has(kind)) return refuse(`A ${kind} takes no range.`);
  const from = value.from === undefined ? undefined : operand(kind, value.from);
  const to = value.to === undefined ? undefined : operand(kind, value.to);
  if (value.from !== undefined && from === undefined) return refuse(mistyped(value.from, kind));
  if (value.to !== undefined && to === undefined) return refuse(mistyped(value.to, kind));
  if (from !== undefined && to !== undefined && from > to) return refuse('The range is reversed.');
  return [{ negated: value.negated, from, to }];
}

function mistyped(text: string, kind: FieldKind): string {
  return `'${text}' is no ${kind === 'time' ? 'RFC 3339 date-time' : kind}.`;
}

function operand(kind: FieldKind, text: string): Scalar | undefined {
  switch (kind) {
    case 'text':
      return text.toLowerCase();
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : undefined;
    case 'integer':
      return /^-?\d+$/.test(text) ? Number(text) : undefined;
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
    case 'time':
      return exactInstant(text);
  }
}

/**
 * Any positive value must fit and no negated one may. A null or absent member fits nothing, so it
 * passes a negation and fails everything else; of a list any element may fit.
 */
function testOf(
  field: string,
  kind: FieldKind,
  bounds: readonly Bounds[],
): (row: JsonObject) => boolean {
  const path = field.split('.');
  const positive = bounds.filter((bound) => !bound.negated);
  const negative = bounds.filter((bound) => bound.negated);
  return (row) => {
    const values = valuesAt(row, path, kind);
    const fits = (bound: Bounds) => values.some((value) => isWithin(value, bound));
    return (positive.length === 0 || positive.some(fits)) && !negative.some(fits);
  };
}

function isWithin(value: Scalar, { from, to }: Bounds): boolean {
  return (from === undefined || value >= from) && (to === undefined || value <= to);
}

/** The values a dotted name leads to: several where a list stands on the way or at its end. */
export function valuesAt(
  row: Json | undefined,
  path: readonly string[],
  kind: FieldKind,
): readonly Scalar[] {
  if (Array.isArray(row)) return row.flatMap((element) => valuesAt(element, path, kind));
  const [name, ...rest] = path;
  if (name === undefined) {
    const value = scalar(kind, row);
    return value === undefined ? [] : [value];
  }
  if (typeof row !== 'object' || row === null || isRawNumber(row)) return [];
  return valuesAt((row as JsonObject)[name], rest, kind);
}

/** Numbers are compared as doubles throughout, so that neighbouring ranges leave no gap. */
function scalar(kind: FieldKind, value: Json | undefined): Scalar | undefined {
  switch (kind) {
    case 'text':
      return value === null || typeof value === 'object' || value === undefined
        ? undefined
        : String(value).toLowerCase();
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'integer':
    case 'number':
      if (typeof value === 'number') return value;
      return isRawNumber(value) ? Number(value.rawJSON) : undefined;
    case 'time':
      return typeof value === 'string' ? exactInstant(value) : undefined;
  }
}

import type { TotalLine } from '../contract.ts';
import { minorUnits } from '../model/currency.ts';
import { addMoney, decimalText, money, parseDecimal, rescale } from '../model/money.ts';
import { createSum, type Sum } from '../model/sum.ts';

/** What a line is about; the columns of control-totals.csv before the figures. */
export interface TotalKey {
  readonly collection: string;
  readonly measure: string;
  readonly businessDate: string;
  readonly gatewayAccountId: string;
  readonly method: string;
  readonly type: string;
  readonly result: string;
  readonly voided: string;
  readonly currency: string;
  readonly reportCurrency: string;
}

/** Count and sums of the rows that share a key. */
export interface Bucket<Key> {
  readonly key: Key;
  count: number;
  readonly amount: Sum;
  readonly reportAmount: Sum;
}

/** Keys are told apart by their cells, joined by a character that no id or code has. */
const SEPARATOR = '\u001f';

/** Collects rows by the cells that tell them apart: those of `names`, which are all of a key's. */
export function createBuckets<Key extends Readonly<Record<keyof Key, string>>>(
  names: readonly (keyof Key)[],
): {
  of(key: Key): Bucket<Key>;
  all(): Iterable<Bucket<Key>>;
} {
  const buckets = new Map<string, Bucket<Key>>();
  return {
    of(key) {
      let joined = '';
      for (const name of names) joined += key[name] + SEPARATOR;
      let bucket = buckets.get(joined);
      if (bucket === undefined) {
        bucket = { key, count: 0, amount: createSum(), reportAmount: createSum() };
        buckets.set(joined, bucket);
      }
      return bucket;
    },
    all: () => buckets.values(),
  };
}

export function totalLine(key: TotalKey, bucket: Bucket<unknown>): TotalLine {
  return {
    key: KEY_COLUMNS.map((name) => key[name]),
    count: bucket.count,
    amount: decimalText(bucket.amount.value()),
    reportAmount: decimalText(bucket.reportAmount.value()),
  };
}

/** What tells kinds of rows of one day apart. */
export const KIND_COLUMNS = [
  'gatewayAccountId',
  'method',
  'type',
  'result',
  'voided',
  'currency',
  'reportCurrency',
] as const satisfies readonly (keyof TotalKey)[];

export const KEY_COLUMNS = [
  'collection',
  'measure',
  'businessDate',
  ...KIND_COLUMNS,
] as const satisfies readonly (keyof TotalKey)[];

export function keyOf(line: TotalLine): TotalKey {
  return Object.fromEntries(
    KEY_COLUMNS.map((name, index) => [name, line.key[index] ?? '']),
  ) as unknown as TotalKey;
}

/**
 * Adds up the lines of several lanes, or of several days: the totals of a union are the merged
 * totals of its parts. Ordered by key.
 */
export function mergeTotals(parts: readonly (readonly TotalLine[])[]): readonly TotalLine[] {
  const merged = new Map<string, TotalLine>();
  for (const line of parts.flat()) {
    const name = line.key.join(SEPARATOR);
    const known = merged.get(name);
    merged.set(name, known === undefined ? line : added(known, line));
  }
  return [...merged.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}

function added(a: TotalLine, b: TotalLine): TotalLine {
  const { currency, reportCurrency } = keyOf(a);
  return {
    key: a.key,
    count: a.count + b.count,
    amount: sumText(a.amount, b.amount, currency),
    reportAmount: sumText(a.reportAmount, b.reportAmount, reportCurrency),
  };
}

/** The sum of two amounts of one currency, with at least its minor unit's digits. */
export function sumText(a: string, b: string, currency: string): string {
  const sum = addMoney(moneyOf(a, currency), moneyOf(b, currency));
  return decimalText(rescale(sum, minorUnits(currency) ?? 0));
}

function moneyOf(text: string, currency: string) {
  return money(parseDecimal(text) ?? { units: 0n, scale: 0 }, currency);
}

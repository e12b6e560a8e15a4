import type { Instant } from '../../lib/model/instant.ts';
import type { Table } from '../../lib/simulator/table.ts';

/** A row as a test reads it: clean rows hold what the contract says. */
// biome-ignore lint/suspicious/noExplicitAny: tests name the members that they read.
export type Row = Record<string, any>;

export const START = Date.UTC(2026, 9, 19) as Instant;

export function day(number: number): Instant {
  return (START + number * 86_400_000) as Instant;
}

/** All rows that exist by an instant, as they stand then. */
export function seenAt(table: Table, asOf: Instant): Row[] {
  const end = table.firstAt((asOf + 1) as Instant);
  return Array.from({ length: end }, (_, index) => table.row(index, asOf) as Row);
}

const DIGITS: Readonly<Record<string, number>> = { USD: 2, EUR: 2, GBP: 2, JPY: 0, KWD: 3 };

/** Whole minor units of an amount, read from its digits; throws where it has too many. */
export function minor(amount: number, currency: string): bigint {
  const digits = DIGITS[currency];
  const [whole, fraction = ''] = `${amount}`.split('.') as [string, string?];
  if (digits === undefined || fraction.length > digits || /e/i.test(`${amount}`)) {
    throw new Error(`${amount} ${currency} is not exact.`);
  }
  return BigInt(whole + fraction.padEnd(digits, '0'));
}

export function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

export function groupBy(rows: readonly Row[], key: (row: Row) => string): Map<string, Row[]> {
  return Map.groupBy(rows, key);
}

import type { Instant } from '../../../lib/model/instant.ts';
import type { Table, World } from '../../../lib/simulator/table.ts';
import type { Row } from '../seen.ts';

/** Everything that a world shows at an instant, with what a person would look up in it. */
export interface Books {
  readonly asOf: Instant;
  readonly rows: readonly Row[];
  readonly memos: readonly Row[];
  readonly byId: ReadonlyMap<string, Row>;
  /** By the parent that the children name. */
  readonly childrenOf: ReadonlyMap<string, readonly Row[]>;
}

/** `rule collection record`: what somebody who looks finds, or what a label promises. */
export type Finding = string;

export function booksAt(world: World, asOf: Instant): Books {
  const rows = shownAt(world.transactions, asOf);
  return {
    asOf,
    rows,
    memos: shownAt(world.creditMemos, asOf),
    byId: new Map(rows.map((row) => [row['id'], row])),
    childrenOf: Map.groupBy(rows, (row) => row['parentTransactionId'] ?? ''),
  };
}

function shownAt(table: Table, asOf: Instant): Row[] {
  const end = table.firstAt((asOf + 1) as Instant);
  const missing = new Set(table.missingAt?.(asOf));
  const indexes = Array.from({ length: end }, (_, index) => index);
  return indexes.filter((index) => !missing.has(index)).map((index) => table.row(index, asOf));
}

const DIGITS: Readonly<Record<string, number>> = { USD: 2, EUR: 2, GBP: 2, JPY: 0, KWD: 3 };

/** Thousandths, so that any amount of these worlds is whole, also one with a digit too many. */
export function exact(amount: number): number {
  return Math.round(amount * 10_000);
}

export function isWholeMinor(amount: number, currency: string): boolean {
  return exact(amount) % 10 ** (4 - DIGITS[currency]!) === 0;
}

export function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + exact(amount), 0);
}

export const isApproved = (row: Row) => row['result'] === 'approved';

export function isMoneyIn({ childrenOf }: Books, row: Row): boolean {
  return (
    isMoney(row, ['sale', 'capture']) &&
    !children(childrenOf, row).some((child) => child['type'] === 'void' && isApproved(child))
  );
}

export function isMoneyOut(row: Row): boolean {
  return isMoney(row, ['refund', 'credit']);
}

function isMoney(row: Row, types: readonly string[]): boolean {
  return isApproved(row) && row['status'] !== 'voided' && types.includes(row['type']);
}

export function childrenIn(books: Books, row: Row): readonly Row[] {
  return children(books.childrenOf, row);
}

function children(childrenOf: Books['childrenOf'], row: Row): readonly Row[] {
  return childrenOf.get(row['id']) ?? [];
}

export function ageDays({ asOf }: Books, row: Row): number {
  return (asOf - Date.parse(row['createdTime'])) / 86_400_000;
}

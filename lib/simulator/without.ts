import { firstIndex } from './first-index.ts';
import type { Table } from './table.ts';

/** The same table without some of its rows, rising: those after a missing one move up. */
export function without(table: Table, missing: readonly number[]): Table {
  const missingBefore = (index: number) =>
    firstIndex(0, missing.length, (position) => missing[position]! >= index);
  // The k-th row left stands behind every missing one whose own index is at most k + its position.
  const original = (index: number) =>
    index + firstIndex(0, missing.length, (position) => missing[position]! - position > index);
  return {
    count: table.count - missing.length,
    createdAt: (index) => table.createdAt(original(index)),
    firstAt: (instant) => {
      const first = table.firstAt(instant);
      return first - missingBefore(first);
    },
    row: (index, asOf) => table.row(original(index), asOf),
    text: (index, asOf) => table.text(original(index), asOf),
    indexOf: (id) => {
      const index = table.indexOf(id);
      if (index === undefined) return undefined;
      const before = missingBefore(index);
      return missing[before] === index ? undefined : index - before;
    },
  };
}

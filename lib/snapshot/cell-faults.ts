import type { CellFault } from '../contract.ts';
import type { Json, TableName } from '../model/records.ts';

/** Values of the wrong kind: the first of them are kept, all are counted. */
export interface CellFaults {
  note(table: TableName, recordId: string, column: string, value: Json): void;
  kept(): readonly CellFault[];
  count(): number;
}

/** Enough to see what went wrong; a whole collection of wrong values must not fill the manifest. */
const KEPT_MAX = 100;
const RAW_LENGTH_MAX = 200;

export function createCellFaults(): CellFaults {
  const kept: CellFault[] = [];
  let count = 0;
  return {
    note(table, recordId, column, value) {
      count += 1;
      if (kept.length >= KEPT_MAX) return;
      kept.push({ table, recordId, column, raw: JSON.stringify(value).slice(0, RAW_LENGTH_MAX) });
    },
    kept: () => kept,
    count: () => count,
  };
}

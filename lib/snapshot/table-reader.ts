import { CONTRACTS, chosenColumns } from '../columns/tables.ts';
import type { ApiRecord } from '../model/api-record.ts';
import { unguard } from '../model/guard.ts';
import type { Members } from '../model/members.ts';
import type { CollectionName, Json, TableName } from '../model/records.ts';
import { type CellFaults, createCellFaults } from './cell-faults.ts';
import { createDrift, type Drift } from './drift.ts';
import { createRowReader } from './row-reader.ts';

export interface ShaperOptions {
  /** The time zone of the books. */
  readonly timezone: string;
  /** Columns of personal data to let in; `CONFIG_INVALID` for a name that no table has. */
  readonly addedColumns: readonly string[];
}

/** What is odd about the records of one collection. */
export interface Findings {
  readonly drift: Drift;
  readonly faults: CellFaults;
}

export function createFindings(collection: CollectionName): Findings {
  return { drift: createDrift(collection), faults: createCellFaults() };
}

export interface TableReader {
  /** The cells of a record; its faults are noted under its own id, or that of `owner`. */
  read(record: ApiRecord, owner?: string): string[];
  /** What a record is asked for. */
  readonly members: Members;
  /** Where a column's cell stands in its row. */
  at(column: string): number;
}

export function createTableReader(
  table: TableName,
  { addedColumns }: ShaperOptions,
  { drift, faults }: Findings,
): TableReader {
  const columns = chosenColumns(table, addedColumns);
  const at = (column: string) => columns.findIndex(({ name }) => name === column);
  const found: { readonly column: string; readonly value: Json }[] = [];
  const { members, read: readRow } = createRowReader(
    CONTRACTS[table],
    columns,
    drift,
    (column, value) => {
      found.push({ column, value });
    },
  );
  const id = at('id');
  return {
    read(record, owner) {
      const cells = readRow(record);
      for (const { column, value } of found.splice(0)) {
        faults.note(table, owner ?? unguard(cells[id]!), column, value);
      }
      return cells;
    },
    members,
    at,
  };
}

import { CONTRACTS, chosenColumns } from '../columns/tables.ts';
import type { CollectionName, JsonObject, TableName } from '../model/records.ts';
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
  /** The cells of a record; `recordId` is the id under which its faults are noted. */
  read(record: JsonObject, recordId: string): string[];
  /** Where a column's cell stands in its row. */
  at(column: string): number;
}

export function createTableReader(
  table: TableName,
  { addedColumns }: ShaperOptions,
  { drift, faults }: Findings,
): TableReader {
  const columns = chosenColumns(table, addedColumns);
  let current = '';
  const readRow = createRowReader(CONTRACTS[table], columns, drift, (column, value) => {
    faults.note(table, current, column, value);
  });
  return {
    read(record, recordId) {
      current = recordId;
      return readRow(record);
    },
    at(column) {
      return columns.findIndex(({ name }) => name === column);
    },
  };
}

/** The id under which a record's faults are noted. */
export function recordIdOf(record: JsonObject): string {
  const { id } = record;
  return typeof id === 'string' ? id : '';
}

import { CONTRACTS, chosenColumns } from '../columns/tables.ts';
import type { CollectionName, TableName } from '../model/records.ts';
import { type CellFaults, createCellFaults } from './cell-faults.ts';
import { createDrift, type Drift } from './drift.ts';
import type { CsvFormat } from './encode.ts';
import { createRowReader, type RowReader } from './row-reader.ts';

export interface ShaperOptions {
  /** The time zone of the books. */
  readonly timezone: string;
  /** Columns of personal data to let in; `CONFIG_INVALID` for a name that no table has. */
  readonly addedColumns: readonly string[];
  readonly csv: CsvFormat;
}

/** What is odd about the records of one collection. */
export interface Findings {
  readonly drift: Drift;
  readonly faults: CellFaults;
}

export function createFindings(collection: CollectionName): Findings {
  return { drift: createDrift(collection), faults: createCellFaults() };
}

export function createTableReader(
  table: TableName,
  { addedColumns }: ShaperOptions,
  { drift, faults }: Findings,
): RowReader {
  return createRowReader({
    contract: CONTRACTS[table],
    columns: chosenColumns(table, addedColumns),
    drift,
    onFault: (recordId, column, value) => faults.note(table, recordId, column, value),
  });
}

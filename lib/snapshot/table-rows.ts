import type { Manifest } from '../contract.ts';
import type { SnapshotBytes } from './finding.ts';
import { readRecords } from './read-records.ts';

/** A row read back from a file; a column that the file lacks is an empty cell. */
export interface TableRow {
  cell(column: string): string;
}

/** Reads a table back out of all its files. Fault: `SNAPSHOT_DAMAGED`. */
export async function* tableRows(
  snapshot: SnapshotBytes,
  { files, scope }: Manifest,
  table: string,
): AsyncGenerator<TableRow, undefined> {
  for (const { name } of files.filter((file) => file.table === table)) {
    let columns: ReadonlyMap<string, number> | undefined;
    for await (const cells of readRecords(name, snapshot.read(name), scope.csv)) {
      if (columns === undefined) columns = new Map(cells.map((column, at) => [column, at]));
      else yield rowOf(columns, cells);
    }
  }
}

function rowOf(columns: ReadonlyMap<string, number>, cells: readonly string[]): TableRow {
  return { cell: (column) => cells[columns.get(column) ?? -1] ?? '' };
}

import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { Manifest } from '../contract.ts';
import { Fault } from '../model/fault.ts';
import type { SnapshotBytes } from './finding.ts';

/** A row read back from a file; a column that the file lacks is an empty cell. */
export interface TableRow {
  cell(column: string): string;
}

/**
 * Reads a table back out of all its files, with another hand than the one that wrote it. Fault:
 * `SNAPSHOT_DAMAGED` where the bytes are no CSV of the manifest's format.
 */
export async function* tableRows(
  snapshot: SnapshotBytes,
  { files, scope }: Manifest,
  table: string,
): AsyncGenerator<TableRow, undefined> {
  for (const { name } of files.filter((file) => file.table === table)) {
    try {
      let columns: ReadonlyMap<string, number> | undefined;
      for await (const cells of recordsOf(snapshot.read(name), scope.csv)) {
        if (columns === undefined) columns = new Map(cells.map((column, at) => [column, at]));
        else yield rowOf(columns, cells);
      }
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      throw new Fault(
        'SNAPSHOT_DAMAGED',
        `${name} is no well-formed CSV: ${error.message}.`,
        'Do not use this snapshot: restore it from a copy, or run the period again.',
      );
    }
  }
}

function rowOf(columns: ReadonlyMap<string, number>, cells: readonly string[]): TableRow {
  return { cell: (column) => cells[columns.get(column) ?? -1] ?? '' };
}

function recordsOf(
  bytes: AsyncIterable<Uint8Array>,
  { delimiter, lineEnd, bom }: Manifest['scope']['csv'],
): AsyncIterable<readonly string[]> {
  const record_delimiter = lineEnd === 'crlf' ? '\r\n' : '\n';
  const parser = parse({ delimiter, record_delimiter, bom });
  // What fails on either side ends the parser, and so comes out of its iteration.
  return pipeline(Readable.from(bytes), parser, () => {});
}

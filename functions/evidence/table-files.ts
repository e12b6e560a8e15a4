import { chosenColumns } from '../../lib/columns/tables.ts';
import type { Scope, SnapshotFile } from '../../lib/contract.ts';
import { COLLECTIONS, type CollectionName } from '../../lib/model/records.ts';
import type { Database } from '../../lib/reconcile/duckdb.ts';
import { SOURCES, type SourceName } from '../../lib/reconcile/files.ts';
import { type Layer, topmost } from '../../lib/reconcile/layers.ts';
import { type CsvPlace, type Rows, writeCsv } from '../csv-file.ts';

export interface TableQuestion {
  readonly source: SourceName;
  readonly layers: readonly Layer[];
  /** SQL, true of the records that are wanted. */
  readonly wanted: (collection: CollectionName) => string;
  /** Write a table's file though it has no rows. */
  readonly always?: boolean;
}

/** Writes the topmost rows of some layers, table by table, as files of one source. */
export async function writeTables(
  database: Database,
  place: CsvPlace,
  { addedColumns }: Pick<Scope, 'addedColumns'>,
  { source, layers, wanted, always = false }: TableQuestion,
): Promise<readonly SnapshotFile[]> {
  const files: SnapshotFile[] = [];
  for (const collection of COLLECTIONS) {
    for (const { table, sql } of topmost(layers, collection, addedColumns, wanted(collection))) {
      const rows = database.rows(sql);
      const first = await rows.next();
      if (first.done && !always) continue;
      const columns = chosenColumns(table, addedColumns).map(({ name }) => name);
      const name = `${SOURCES[source]}${table}`;
      files.push(...(await writeCsv(place, { name, columns, rows: from(first, rows) })));
    }
  }
  return files;
}

async function* from(first: IteratorResult<Rows>, rest: AsyncIterable<Rows>) {
  if (first.done) return;
  yield first.value;
  yield* rest;
}

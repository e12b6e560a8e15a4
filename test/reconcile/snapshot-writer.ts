import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Scope } from '../../lib/contract.ts';
import { recordOf } from '../../lib/model/api-record.ts';
import { guard } from '../../lib/model/guard.ts';
import type { CollectionName, JsonObject, TableName } from '../../lib/model/records.ts';
import {
  type InputName,
  inputColumns,
  type LocalFile,
  SOURCES,
  type SourceName,
} from '../../lib/reconcile/files.ts';
import { encodeHeader, encodeRows } from '../../lib/snapshot/encode.ts';
import { createShaper, header, type Shaper } from '../../lib/snapshot/shape.ts';
import type { Cells } from './night.ts';

/** Writes a snapshot's files, batch by batch: no more than a batch of rows is ever held. */
export interface SnapshotWriter {
  write(source: SourceName, collection: CollectionName, records: readonly JsonObject[]): void;
  input(name: InputName, rows: readonly Cells[]): void;
  /** Ends all files. */
  close(): readonly LocalFile[];
}

type Format = Pick<Scope, 'csv' | 'timezone' | 'addedColumns'>;

export function createSnapshotWriter(folder: string, scope: Format): SnapshotWriter {
  const { csv, addedColumns } = scope;
  const shapers = new Map<string, Shaper>();
  const open = new Map<string, number>();

  const append = (name: string, names: readonly string[], lines: Buffer): void => {
    let file = open.get(name);
    if (file === undefined) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      file = openSync(path, 'w');
      writeSync(file, encodeHeader(names, csv));
      open.set(name, file);
    }
    writeSync(file, lines);
  };
  const fileOf = (source: SourceName, table: TableName) => `${SOURCES[source]}${table}.csv`;

  return {
    write(source, collection, records) {
      const key = `${source} ${collection}`;
      const shaper = shapers.get(key) ?? createShaper(collection, scope);
      shapers.set(key, shaper);
      for (const { table, bytes } of shaper.shape(records.map(recordOf))) {
        append(fileOf(source, table), header(table, addedColumns), bytes);
      }
    },
    input(name, rows) {
      const columns = inputColumns(name);
      const cells = rows.map((row) => columns.map((column) => guard(row[column] ?? '')));
      append(`inputs/${name}.csv`, columns, Buffer.from(encodeRows(cells, csv)));
    },
    close() {
      for (const file of open.values()) closeSync(file);
      return [...open.keys()].map((name) => ({ name, path: join(folder, name) }));
    },
  };
}

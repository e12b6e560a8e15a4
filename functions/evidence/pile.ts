import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { CellFault, DriftEntry, Scope } from '../../lib/contract.ts';
import type { ApiRecord } from '../../lib/model/api-record.ts';
import { COLLECTIONS, type CollectionName, type TableName } from '../../lib/model/records.ts';
import type { Layer } from '../../lib/reconcile/layers.ts';
import { mergeDrift } from '../../lib/snapshot/drift.ts';
import { encodeHeader } from '../../lib/snapshot/encode.ts';
import { createShaper, header } from '../../lib/snapshot/shape.ts';

/**
 * Records that the API answered one by one or beside the period, kept on this machine's disk in the
 * order of their coming: what comes later covers what was there before.
 */
export interface Pile {
  add(collection: CollectionName, records: readonly ApiRecord[]): Promise<void>;
  /** Everything added so far. */
  layer(): Layer;
  /** What was odd about the records. */
  oddities(): Oddities;
  close(): Promise<void>;
}

export interface Oddities {
  readonly drift: readonly DriftEntry[];
  readonly cellFaults: readonly CellFault[];
  readonly cellFaultCount: number;
}

/** `folder` is the pile's own; it is made here. */
export async function openPile(folder: string, scope: Scope): Promise<Pile> {
  await mkdir(folder, { recursive: true });
  const { addedColumns, csv } = scope;
  const shapers = new Map(COLLECTIONS.map((name) => [name, createShaper(name, scope)]));
  const files = new Map<TableName, FileHandle>();
  let answers = 0;
  let written: Promise<unknown> = Promise.resolve();

  async function fileOf(table: TableName): Promise<FileHandle> {
    const known = files.get(table);
    if (known) return known;
    const file = await open(pathOf(table), 'w');
    files.set(table, file);
    await file.write(encodeHeader(['layer', ...header(table, addedColumns)], csv));
    return file;
  }
  const pathOf = (table: TableName) => join(folder, `${table}.csv`);

  return {
    add(collection, records) {
      if (records.length === 0) return Promise.resolve();
      answers += 1;
      const shaped = shapers.get(collection)!.shape(records, String(answers));
      // Answers may come side by side; a file takes one after the other.
      const adding = written.then(async () => {
        for (const { table, bytes, rowCount } of shaped) {
          if (rowCount > 0) await (await fileOf(table)).write(bytes);
        }
      });
      written = adding.catch(() => undefined);
      return adding;
    },
    layer: () => ({
      number: 0,
      table: (table) =>
        files.has(table) ? [{ paths: [pathOf(table)], csv, addedColumns, isLayered: true }] : [],
    }),
    oddities() {
      const all = [...shapers.values()].map((shaper) => shaper.summary());
      return {
        drift: mergeDrift(all.map(({ drift }) => drift)),
        cellFaults: all.flatMap(({ cellFaults }) => cellFaults),
        cellFaultCount: all.reduce((sum, { cellFaultCount }) => sum + cellFaultCount, 0),
      };
    },
    async close() {
      for (const file of files.values()) await file.close();
    },
  };
}

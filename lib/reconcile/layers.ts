import { chosenColumns } from '../columns/tables.ts';
import type { Scope } from '../contract.ts';
import { type CollectionName, TABLES_OF, type TableName } from '../model/records.ts';
import { quoted, readCsv } from './csv-text.ts';

/** CSV files of one table and what is known of their format. */
export interface TableFiles {
  readonly paths: readonly string[];
  readonly csv: Scope['csv'];
  readonly addedColumns: readonly string[];
  /** The files have a first column `layer` that the contract does not know. */
  readonly isLayered?: true;
}

/**
 * Readings of the same records, one above the other: what a later one says of a record covers what
 * earlier ones said. A night's files are one layer, and so is every answer of the API.
 */
export interface Layer {
  /** Rises with time. Ignored where the files tell it themselves. */
  readonly number: number;
  readonly table: (table: TableName) => readonly TableFiles[];
}

/** SQL for all rows of a table in all layers, as text cells beside `layer`; guards stay. */
export function layeredRows(
  layers: readonly Layer[],
  table: TableName,
  addedColumns: readonly string[],
): string {
  const names = chosenColumns(table, addedColumns).map(({ name }) => name);
  const parts = formatsOf(layers, table).map(({ format, placed }) => {
    const there = chosenColumns(table, format.addedColumns).map(({ name }) => name);
    const cells = names
      .map((name) => (there.includes(name) ? `"${name}"` : `NULL AS "${name}"`))
      .join(', ');
    const paths = placed.map(({ path }) => path);
    if (format.isLayered) {
      const rows = readCsv(paths, ['layer', ...there], format.csv);
      return `SELECT layer::BIGINT AS layer, ${cells} FROM ${rows}`;
    }
    const numbers = placed.map(({ path, number }) => `(${quoted(path)}, ${number})`);
    return `SELECT layer, ${cells} FROM ${readCsv(paths, there, format.csv, { filename: true })}
      JOIN (VALUES ${numbers.join(', ')}) placed(filename, layer) USING (filename)`;
  });
  if (parts.length > 0) return `(${parts.join(' UNION ALL ')})`;
  const empty = names.map((name) => `NULL::VARCHAR AS "${name}"`);
  return `(SELECT ${['0::BIGINT AS layer', ...empty].join(', ')} WHERE false)`;
}

interface Format {
  readonly format: TableFiles;
  readonly placed: { readonly path: string; readonly number: number }[];
}

/** Files of one format are read at once: a scan a night costs more than the night's rows. */
function formatsOf(layers: readonly Layer[], table: TableName): readonly Format[] {
  const formats = new Map<string, Format>();
  for (const { number, table: filesOf } of layers) {
    for (const files of filesOf(table)) {
      const { paths, ...format } = files;
      const name = JSON.stringify(format);
      const known = formats.get(name) ?? { format: files, placed: [] };
      known.placed.push(...paths.map((path) => ({ path, number })));
      if (known.placed.length > 0) formats.set(name, known);
    }
  }
  return [...formats.values()];
}

/** SQL for the topmost row of each record of a collection for which `wanted` holds. */
export function topmostRecords(
  layers: readonly Layer[],
  collection: CollectionName,
  addedColumns: readonly string[],
  wanted: string,
): string {
  const cells = cellsOf(collection, addedColumns, 'r').join(', ');
  return `SELECT ${cells} FROM ${covering(layers, collection, addedColumns, wanted)} r`;
}

/** The same in the order of the files, and the rows of the other tables that came with them. */
export function topmost(
  layers: readonly Layer[],
  collection: CollectionName,
  addedColumns: readonly string[],
  wanted: string,
): readonly { readonly table: TableName; readonly sql: string }[] {
  // Without its Z a time sorts before the same second with a fraction.
  const order = `ORDER BY rtrim(r."createdTime", 'Z'), r.id`;
  return TABLES_OF[collection].map((table) => {
    if (table === collection) {
      const sql = topmostRecords(layers, collection, addedColumns, wanted);
      return { table, sql: `${sql} ${order}` };
    }
    const cells = cellsOf(table, addedColumns, 'c').join(', ');
    const records = covering(layers, collection, addedColumns, wanted);
    return {
      table,
      sql: `SELECT ${cells} FROM ${layeredRows(layers, table, addedColumns)} c
        JOIN ${records} r ON r.id = c."creditMemoId" AND r.layer = c.layer
        ${order}, ${cells}`,
    };
  });
}

/**
 * In which layer a record's topmost row lies is found from ids alone. Whole rows that were compared
 * for it would all be held in memory: those of some nights fill more than it has. In one layer an id
 * stands once, since every one was read whole.
 */
function covering(
  layers: readonly Layer[],
  collection: CollectionName,
  addedColumns: readonly string[],
  wanted: string,
): string {
  const rows = layeredRows(layers, collection, addedColumns);
  return `(SELECT * FROM ${rows} JOIN
    (SELECT id, max(layer) AS layer FROM ${rows} WHERE ${wanted} GROUP BY id) USING (id, layer))`;
}

function cellsOf(table: TableName, addedColumns: readonly string[], row: string): string[] {
  return chosenColumns(table, addedColumns).map(({ name }) => `${row}."${name}"`);
}

import type { Scope, SnapshotFile } from '../lib/contract.ts';
import { encodeHeader, encodeRows } from '../lib/snapshot/encode.ts';
import { createReceipt, type ReceiptMaker } from '../lib/snapshot/receipt.ts';
import type { Draft, Store } from '../lib/store/store.ts';

/** Cells, guarded where they are text, not yet quoted. */
export type Rows = readonly (readonly string[])[];

/** What is encoded at once: one text of a million rows would be longer than texts can be. */
const BATCH_ROWS = 10_000;

/** A CSV file of a snapshot. */
export interface CsvFile {
  /** Without `.csv`: `restatements`, `inputs/absent`. It is the file's table in the manifest too. */
  readonly name: string;
  readonly columns: readonly string[];
  /** Some rows at a time. */
  readonly rows: Iterable<Rows> | AsyncIterable<Rows>;
}

export interface CsvPlace {
  readonly store: Store;
  /** The folder's key. */
  readonly prefix: string;
  readonly csv: Scope['csv'];
  /** Rows of a file before a further one is begun: `name-2.csv`. */
  readonly maxRows: number;
}

/** Writes a table into the snapshot's own CSV format; no file of it is seen before all are whole. */
export async function writeCsv(
  place: CsvPlace,
  { name, columns, rows }: CsvFile,
): Promise<readonly SnapshotFile[]> {
  const files: OpenFile[] = [];
  try {
    let file = await openNext(place, name, columns, files);
    for await (const some of rows) {
      for (let at = 0; at < some.length; ) {
        if (file.rowCount === place.maxRows) file = await openNext(place, name, columns, files);
        const count = Math.min(BATCH_ROWS, place.maxRows - file.rowCount, some.length - at);
        await append(file, encodeRows(some.slice(at, at + count), place.csv), count);
        at += count;
      }
    }
    for (const { draft } of files) await draft.publish();
  } catch (error) {
    for (const { draft } of files) await draft.discard();
    throw error;
  }
  return files.map((file) => ({ name: file.name, table: name, ...file.receipt.receipt() }));
}

interface OpenFile {
  readonly name: string;
  readonly draft: Draft;
  readonly receipt: ReceiptMaker;
  rowCount: number;
}

async function openNext(
  { store, prefix, csv }: CsvPlace,
  table: string,
  columns: readonly string[],
  files: OpenFile[],
): Promise<OpenFile> {
  const name = files.length === 0 ? `${table}.csv` : `${table}-${files.length + 1}.csv`;
  const draft = await store.draft(prefix === '' ? name : `${prefix}/${name}`);
  const file = { name, draft, receipt: createReceipt(), rowCount: 0 };
  files.push(file);
  await append(file, encodeHeader(columns, csv), 0);
  return file;
}

async function append(file: OpenFile, text: string | Uint8Array, rowCount: number): Promise<void> {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
  file.receipt.add(bytes, rowCount);
  file.rowCount += rowCount;
  await file.draft.write(bytes);
}

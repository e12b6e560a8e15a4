import type { PartReceipt, SnapshotFile } from '../contract.ts';
import { Fault } from '../model/fault.ts';
import type { TableName } from '../model/records.ts';
import { createReceipt, type ReceiptMaker, receiptDifference } from './receipt.ts';
import { createRecordScanner } from './record-scanner.ts';

/** Excel stops at 1,048,576 rows, the header among them; a million is the round number below. */
export const MAX_FILE_ROWS = 1_000_000;

export interface Part {
  readonly receipt: PartReceipt;
  read(): AsyncIterable<Uint8Array>;
}

/** Where a file's bytes go until it is whole; a store's draft is one. */
export interface FileDraft {
  write(bytes: Uint8Array): Promise<void>;
  publish(): Promise<void>;
  discard(): Promise<void>;
}

export interface Assembly {
  readonly table: TableName;
  /** The header's record with its line end, after the BOM if there is one. */
  readonly header: Uint8Array;
  /** In the order of their rows. */
  readonly parts: Iterable<Part>;
  readonly maxRows?: number;
  open(fileName: string): Promise<FileDraft>;
}

/**
 * Joins a table's parts into its files. Only rows decide where a file ends, never the borders of
 * parts, so however the rows were read the bytes are the same. Every part is digested again on the
 * way; nothing is published unless all of them hold (`PART_DAMAGED`).
 */
export async function assemble(assembly: Assembly): Promise<readonly SnapshotFile[]> {
  const files: OpenFile[] = [];
  try {
    await openNext(assembly, files);
    for (const part of assembly.parts) await addPart(assembly, part, files);
    for (const file of files) await file.writing;
    for (const file of files) await file.draft.publish();
  } catch (error) {
    await Promise.allSettled(files.map(({ writing }) => writing));
    for (const file of files) await file.draft.discard();
    throw error;
  }
  return files.map(({ name, maker }) => ({ name, table: assembly.table, ...maker.receipt() }));
}

interface OpenFile {
  readonly name: string;
  readonly draft: FileDraft;
  readonly maker: ReceiptMaker;
  rowCount: number;
  /** The write under way: while it goes on, the next bytes are read and digested. */
  writing: Promise<void>;
}

async function openNext({ table, header, open }: Assembly, files: OpenFile[]): Promise<OpenFile> {
  const name = files.length === 0 ? `${table}.csv` : `${table}-${files.length + 1}.csv`;
  const file = {
    name,
    draft: await open(name),
    maker: createReceipt(),
    rowCount: 0,
    writing: Promise.resolve(),
  };
  files.push(file);
  await append(file, header, 0);
  return file;
}

async function append(file: OpenFile, bytes: Uint8Array, rowCount: number): Promise<void> {
  file.maker.add(bytes, rowCount);
  file.rowCount += rowCount;
  await file.writing;
  file.writing = file.draft.write(bytes);
  // Awaited with the next bytes, or before the file is published.
  file.writing.catch(() => {});
}

async function addPart(assembly: Assembly, part: Part, files: OpenFile[]): Promise<void> {
  const found = createReceipt();
  const room = (assembly.maxRows ?? MAX_FILE_ROWS) - files.at(-1)!.rowCount;
  if (part.receipt.rowCount <= room) await addWhole(part, files.at(-1)!, found);
  else await addInPieces(assembly, part, files, found);

  const difference = receiptDifference(part.receipt, found.receipt());
  if (difference === '') return;
  throw new Fault(
    'PART_DAMAGED',
    `A part of ${assembly.table} ${difference}.`,
    'Start the run again without --resume; if it happens again, check the disk.',
  );
}

/** Where every row has room the bytes need no look: the receipt tells how many rows they are. */
async function addWhole(part: Part, file: OpenFile, found: ReceiptMaker): Promise<void> {
  for await (const bytes of part.read()) {
    found.add(bytes, 0);
    await append(file, bytes, 0);
  }
  found.add(new Uint8Array(0), part.receipt.rowCount);
  await append(file, new Uint8Array(0), part.receipt.rowCount);
}

async function addInPieces(
  assembly: Assembly,
  part: Part,
  files: OpenFile[],
  found: ReceiptMaker,
): Promise<void> {
  const maxRows = assembly.maxRows ?? MAX_FILE_ROWS;
  const scanner = createRecordScanner();
  let file = files.at(-1)!;
  for await (const bytes of part.read()) {
    for (let at = 0; at < bytes.length; ) {
      if (file.rowCount === maxRows) file = await openNext(assembly, files);
      const rest = bytes.subarray(at);
      const { byteCount, recordCount } = scanner.take(rest, maxRows - file.rowCount);
      const stretch = rest.subarray(0, byteCount);
      found.add(stretch, recordCount);
      await append(file, stretch, recordCount);
      at += byteCount;
    }
  }
}

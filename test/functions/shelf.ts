import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { Manifest } from '../../lib/contract.ts';
import type { RunId } from '../../lib/model/ids.ts';
import type { JsonObject } from '../../lib/model/records.ts';
import { createReceipt } from '../../lib/snapshot/receipt.ts';
import { type Files, manifestIn, seal, smallSnapshot } from '../snapshot/small-snapshot.ts';
import { type Outcome, typed } from '../world/command-line.ts';

export const SECOND_RUN = '20261124T091200Z' as RunId;

export interface Content {
  readonly transactions?: readonly JsonObject[];
  readonly memos?: readonly JsonObject[];
  readonly manifest?: (manifest: Manifest) => Partial<Manifest>;
  readonly files?: (files: Files) => void;
}

/** A folder of whole snapshots of one day, to be compared with each other. */
export interface Shelf {
  readonly folder: string;
  /** Writes a whole snapshot of these records down; returns its folder. */
  snapshot(content: Content): Promise<string>;
  /** Types `tieout diff` at two snapshots; the second was made three days later. */
  diff(first: Content, second: Content, ...flags: readonly string[]): Promise<Outcome>;
  /** What `--json` says differs, without the columns that are empty. */
  lines(first: Content, second: Content): Promise<Record<string, string>[]>;
  close(): Promise<void>;
}

export async function openShelf(): Promise<Shelf> {
  const folder = await mkdtemp(join(tmpdir(), 'tieout-diff-'));
  const shelf: Shelf = {
    folder,
    async snapshot({ transactions = [], memos = [], manifest, files: change }) {
      const files = await smallSnapshot(transactions, memos);
      if (manifest) {
        const { digest: _, ...sealed } = manifestIn(files);
        seal(files, { ...sealed, ...manifest(manifestIn(files)) });
      }
      change?.(files);
      const path = await mkdtemp(join(folder, 'run-'));
      for (const [name, bytes] of files) {
        await mkdir(dirname(join(path, name)), { recursive: true });
        await writeFile(join(path, name), bytes);
      }
      return path;
    },
    async diff(first, second, ...flags) {
      const folders = [
        await shelf.snapshot(first),
        await shelf.snapshot({ manifest: later, ...second }),
      ];
      return typed(['diff', ...folders, ...flags]);
    },
    async lines(first, second) {
      const { stdout, stderr, exitCode } = await shelf.diff(first, second, '--json');
      expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
      const { differences }: { differences: Record<string, string>[] } = JSON.parse(stdout);
      return differences.map((line) =>
        Object.fromEntries(Object.entries(line).filter(([, cell]) => cell !== '')),
      );
    },
    close: () => rm(folder, { recursive: true }),
  };
  return shelf;
}

/** Puts a file of one row into a snapshot whose manifest knows it. */
export function add(files: Files, table: string, bytes: Buffer): void {
  const { digest: _, ...content } = manifestIn(files);
  const name = `${table}.csv`;
  const receipt = createReceipt();
  receipt.add(bytes, 1);
  files.set(name, bytes);
  seal(files, { ...content, files: [...content.files, { name, table, ...receipt.receipt() }] });
}

export const later = (): Partial<Manifest> => ({
  runId: SECOND_RUN,
  startedAt: '2026-11-24T09:12:00Z',
});

export function payment(id: string, members: JsonObject = {}): JsonObject {
  return {
    id,
    createdTime: '2026-11-20T10:00:00Z',
    updatedTime: '2026-11-20T10:00:00Z',
    processedTime: '2026-11-20T10:00:01Z',
    type: 'sale',
    status: 'completed',
    result: 'approved',
    amount: 10.5,
    currency: 'EUR',
    customerId: 'cus_1',
    revision: 1,
    ...members,
  };
}

export const item = (id: string, unitPrice: number, members: JsonObject = {}): JsonObject => ({
  ...{ id, description: id, quantity: 1, unitPrice, price: unitPrice },
  ...members,
});

export function memo(id: string, members: JsonObject = {}): JsonObject {
  return {
    id,
    createdTime: '2026-11-20T11:00:00Z',
    updatedTime: '2026-11-20T11:00:00Z',
    status: 'issued',
    currency: 'USD',
    totalAmount: 30,
    unusedAmount: 30,
    items: [item('a', 10), item('b', 20)],
    revision: 1,
    ...members,
  };
}

/** The columns by which a line says what it is about. */
export const ofRecord = (collection: string, recordId: string) => ({
  ...{ collection, recordId, businessDate: '2026-11-20' },
});

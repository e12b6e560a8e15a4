import { createHash } from 'node:crypto';
import type { LaneProof, Manifest, PartReceipt, Scope, SnapshotFile } from '../../lib/contract.ts';
import { MANIFEST_NAME, MANIFEST_VERSION } from '../../lib/contract.ts';
import { organizationId, type RunId } from '../../lib/model/ids.ts';
import { type ApiRecord, COLLECTIONS, TABLES, type TableName } from '../../lib/model/records.ts';
import { assemble, type FileDraft, type Part } from '../../lib/snapshot/assemble.ts';
import { controlTotals } from '../../lib/snapshot/control-totals.ts';
import { encodeHeader, encodeRows } from '../../lib/snapshot/encode.ts';
import type { SnapshotBytes } from '../../lib/snapshot/finding.ts';
import { sealManifest } from '../../lib/snapshot/manifest.ts';
import { createReceipt } from '../../lib/snapshot/receipt.ts';
import { createShaper, header } from '../../lib/snapshot/shape.ts';
import { mergeTotals } from '../../lib/snapshot/totals.ts';

export type Files = Map<string, Buffer>;

/** Files in memory, opened as a store's drafts are. */
export function memoryFolder(files: Files = new Map()) {
  const opened: string[] = [];
  const discarded: string[] = [];
  return {
    files,
    opened,
    discarded,
    async open(name: string): Promise<FileDraft> {
      const chunks: Buffer[] = [];
      opened.push(name);
      return {
        write: async (bytes) => void chunks.push(Buffer.from(bytes)),
        publish: async () => void files.set(name, Buffer.concat(chunks)),
        discard: async () => void discarded.push(name),
      };
    },
  };
}

/** A part of these bytes, read in chunks of `chunkSize`. */
export function part(table: TableName, bytes: Buffer, rowCount: number, chunkSize = 64): Part {
  const maker = createReceipt();
  maker.add(bytes, rowCount);
  const receipt: PartReceipt = { table, ...maker.receipt() };
  return {
    receipt,
    async *read() {
      for (let at = 0; at < bytes.length; at += chunkSize) {
        yield bytes.subarray(at, at + chunkSize);
      }
    },
  };
}

export function bytesOf(files: Files): SnapshotBytes {
  return {
    async *list() {
      for (const [name, bytes] of files) yield { name, byteCount: bytes.length };
    },
    async *read(name) {
      yield files.get(name)!;
    },
  };
}

export const SCOPE: Scope = {
  organizationId: organizationId('org_1'),
  environment: 'live',
  timezone: 'Europe/Berlin',
  firstDay: '2026-11-20',
  lastDay: '2026-11-20',
  collections: COLLECTIONS,
  filter: '',
  columnsVersion: 1,
  addedColumns: [],
  csv: { delimiter: ',', lineEnd: 'crlf', bom: true },
};

export const PERIOD = { start: '2026-11-19T23:00:00Z', end: '2026-11-20T23:00:00Z' };

export const TRANSACTIONS: readonly ApiRecord[] = Array.from({ length: 7 }, (_, n) => ({
  id: `${n % 2 === 0 ? '@' : ''}txn_${n}`,
  createdTime: `2026-11-20T0${n}:00:00Z`,
  updatedTime: `2026-11-20T0${n}:00:00Z`,
  processedTime: n === 3 ? '2026-11-21T01:00:00Z' : `2026-11-20T0${n}:00:01Z`,
  type: n === 5 ? 'refund' : 'sale',
  status: 'completed',
  result: n === 4 ? 'declined' : 'approved',
  amount: 10.1 + n,
  currency: n === 6 ? 'JPY' : 'EUR',
  gatewayAccountId: 'gw_1',
  orderId: '=cmd|"a"\r\nsecond line; größe',
}));

export const MEMOS: readonly ApiRecord[] = Array.from({ length: 3 }, (_, n) => ({
  id: `crmm_${n}`,
  createdTime: `2026-11-20T0${n}:30:00Z`,
  status: n === 2 ? 'voided' : 'partially-applied',
  currency: 'USD',
  totalAmount: 30,
  unusedAmount: 10.5,
  items: [{ description: 'one', quantity: 1, unitPrice: 30 }],
  allocations: {
    transactions: n === 0 ? [{ transactionId: 'txn_1', amount: 9.5, currency: 'USD' }] : [],
    invoices: [{ invoiceId: 'in_1', amount: 10, currency: 'USD' }],
  },
}));

export interface Drawing {
  readonly scope?: Partial<Scope>;
  readonly transactions?: readonly ApiRecord[];
  readonly memos?: readonly ApiRecord[];
  readonly maxRows?: number;
  readonly manifest?: (content: Omit<Manifest, 'digest'>) => Omit<Manifest, 'digest'>;
}

/** A whole snapshot of a few rows, made as a run makes it. */
export async function smallSnapshot(drawing: Drawing = {}): Promise<Files> {
  const { transactions = TRANSACTIONS, memos = MEMOS, maxRows = 5 } = drawing;
  const scope = { ...SCOPE, ...drawing.scope };
  const { timezone, addedColumns, csv } = scope;
  const folder = memoryFolder();
  const files: SnapshotFile[] = [];
  const totals = [];
  const proof: LaneProof[] = [];

  for (const collection of COLLECTIONS) {
    const records = collection === 'transactions' ? transactions : memos;
    const shaper = createShaper(collection, { timezone, addedColumns });
    for (const { table, rows } of shaper.shape(records)) {
      const parts = [part(table, Buffer.from(encodeRows(rows, csv)), rows.length)];
      const head = encodeHeader(header(table, addedColumns), csv);
      const { open } = folder;
      files.push(...(await assemble({ table, header: head, parts, maxRows, open })));
    }
    totals.push(shaper.summary().totals);
    proof.push(laneProof(collection, records.length));
  }

  const rows = controlTotals(mergeTotals(totals), {
    firstDay: scope.firstDay,
    lastDay: scope.lastDay,
    broughtForward: [{ currency: 'USD', count: 2, amount: '7.25' }],
  });
  const [names, ...lines] = rows;
  const text = Buffer.concat([encodeHeader(names!, csv), Buffer.from(encodeRows(lines, csv))]);
  folder.files.set('control-totals.csv', text);
  files.push(fileOf('control-totals.csv', 'control-totals', text, lines.length));

  return seal(folder.files, {
    manifestVersion: MANIFEST_VERSION,
    tieoutVersion: '0.1.0',
    runId: '20261121T061500Z' as RunId,
    scope,
    period: PERIOD,
    view: '',
    startedAt: '2026-11-21T06:15:00Z',
    finishedAt: '2026-11-21T06:16:00Z',
    predecessor: null,
    proof,
    contractDrift: [],
    cellFaults: [{ table: 'transactions', recordId: 'txn_1', column: 'amount', raw: '"\uFFFD"' }],
    cellFaultCount: 1,
    files,
    ...drawing.manifest,
  }, drawing.manifest);
}

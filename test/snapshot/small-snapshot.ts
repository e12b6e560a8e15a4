import {
  type LaneProof,
  MANIFEST_VERSION,
  type Manifest,
  type PartReceipt,
  type Receipt,
  type Scope,
  type SnapshotFile,
  type TotalLine,
} from '../../lib/contract.ts';
import { recordOf } from '../../lib/model/api-record.ts';
import { organizationId, type RunId } from '../../lib/model/ids.ts';
import {
  COLLECTIONS,
  type CollectionName,
  type JsonObject,
  type TableName,
} from '../../lib/model/records.ts';
import { MANIFEST_NAME } from '../../lib/object-keys.ts';
import { assemble, type FileDraft, type Part } from '../../lib/snapshot/assemble.ts';
import { controlTotals } from '../../lib/snapshot/control-totals.ts';
import { encodeHeader, encodeRows } from '../../lib/snapshot/encode.ts';
import type { SnapshotBytes } from '../../lib/snapshot/finding.ts';
import { readManifest, sealManifest } from '../../lib/snapshot/manifest.ts';
import { createReceipt } from '../../lib/snapshot/receipt.ts';
import { createShaper, header } from '../../lib/snapshot/shape.ts';
import { mergeTotals } from '../../lib/snapshot/totals.ts';
import { verifySnapshot } from '../../lib/snapshot/verify.ts';
import { shapedRows } from './shaped-rows.ts';

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

function bytesOf(files: Files): SnapshotBytes {
  return {
    async *list() {
      for (const [name, bytes] of files) yield { name, byteCount: bytes.length };
    },
    async *read(name) {
      const bytes = files.get(name)!;
      for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
    },
  };
}

const SCOPE: Scope = {
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

const PERIOD = { start: '2026-11-19T23:00:00Z', end: '2026-11-20T23:00:00Z' };

export const TRANSACTIONS: readonly JsonObject[] = Array.from({ length: 7 }, (_, n) => ({
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
  method: 'card',
  paymentInstrument: { method: 'payment-card' },
  orderId: '=cmd|"a"\r\nsecond line; größe',
}));

const MEMOS: readonly JsonObject[] = Array.from({ length: 3 }, (_, n) => ({
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

/** A whole snapshot of a few rows, made as a run makes it: five rows a file at most. */
export async function smallSnapshot(
  transactions: readonly JsonObject[] = TRANSACTIONS,
  memos: readonly JsonObject[] = MEMOS,
): Promise<Files> {
  const { addedColumns, csv, firstDay, lastDay } = SCOPE;
  const { files, open } = memoryFolder();
  const written: SnapshotFile[] = [];
  const totals: (readonly TotalLine[])[] = [];

  for (const collection of COLLECTIONS) {
    const shaper = createShaper(collection, SCOPE);
    const records = collection === 'transactions' ? transactions : memos;
    for (const { table, rows } of shapedRows(shaper, records.map(recordOf))) {
      const parts = [part(table, Buffer.from(encodeRows(rows, csv)), rows.length)];
      const head = encodeHeader(header(table, addedColumns), csv);
      written.push(...(await assemble({ table, header: head, parts, maxRows: 5, open })));
    }
    totals.push(shaper.summary().totals);
  }

  const broughtForward = [{ currency: 'USD', count: 2, amount: '7.25' }];
  const roll = { firstDay, lastDay, broughtForward };
  const [names, ...lines] = controlTotals(mergeTotals(totals), roll);
  const bytes = Buffer.concat([encodeHeader(names!, csv), Buffer.from(encodeRows(lines, csv))]);
  files.set('control-totals.csv', bytes);
  written.push({ name: 'control-totals.csv', table: 'control-totals', ...receiptOf(bytes) });

  const proof = [...proofOf('transactions', transactions), ...proofOf('credit-memos', memos)];
  seal(files, { ...CONTENT, proof, files: written });
  return files;
}

export const CONTENT: Omit<Manifest, 'digest'> = {
  manifestVersion: MANIFEST_VERSION,
  tieoutVersion: '0.1.0',
  runId: '20261121T061500Z' as RunId,
  scope: SCOPE,
  period: PERIOD,
  view: '',
  startedAt: '2026-11-21T06:15:00Z',
  finishedAt: '2026-11-21T06:16:00Z',
  predecessor: { period: '2026-11-19', runId: '20261120T061500Z' as RunId, digest: 'd'.repeat(64) },
  judging: {
    judgedAt: '2026-11-21T06:15:00Z',
    isNight: true,
    rules: { unsettled: { enabled: true, severity: 'medium', graceDays: 7 } },
    settleDays: 7,
    linkTemplate: '',
    remarks: ['The night before was skipped.'],
  },
  proof: [],
  contractDrift: [{ collection: 'transactions', kind: 'unknown-member', path: 'a.b', count: 2 }],
  cellFaults: [{ table: 'transactions', recordId: 'txn_1', column: 'amount', raw: '"\uFFFD"' }],
  cellFaultCount: 1,
  files: [],
};

/** Two lanes that meet in the night. */
function proofOf(collection: CollectionName, records: readonly JsonObject[]): LaneProof[] {
  const middle = '2026-11-20T01:15:00Z';
  return [
    { from: PERIOD.start, to: middle },
    { from: middle, to: PERIOD.end },
  ].map(({ from, to }, index) => {
    const times = records.map((record) => String(record['createdTime']));
    const kept = times.filter((time) => time >= from && time < to).length;
    const counts = { countedBefore: kept, countedAfter: kept, received: kept, kept };
    return { collection, index, from, to, ...counts, readings: 1, requests: 3, denseSeconds: [] };
  });
}

/** Line ends outside of quotes, less the header's and the text after the last one. */
function receiptOf(bytes: Buffer): Receipt {
  const maker = createReceipt();
  maker.add(bytes, bytes.toString('utf8').split(/\r\n(?=[^"]*(?:"[^"]*"[^"]*)*$)/).length - 2);
  return maker.receipt();
}

export function seal(files: Files, content: Omit<Manifest, 'digest'>): void {
  files.set(MANIFEST_NAME, Buffer.from(sealManifest(content).text));
}

export function manifestIn(files: Files): Manifest {
  return readManifest(files.get(MANIFEST_NAME)!.toString('utf8'));
}

/** Changes a file and makes its receipt and the manifest fit: what is left is what it says. */
export function forge(files: Files, name: string, change: (text: string) => string): void {
  const bytes = Buffer.from(change(files.get(name)!.toString('utf8')));
  files.set(name, bytes);
  const manifest = manifestIn(files);
  const listed = manifest.files.map((file) =>
    file.name === name ? { ...file, ...receiptOf(bytes) } : file,
  );
  seal(files, { ...manifest, files: listed });
}

export async function problemsOf(files: Files): Promise<string[]> {
  const findings = await verifySnapshot(bytesOf(files));
  return findings.map(({ file, problem }) => `${file}: ${problem}`);
}

import { COLUMNS_VERSION, type Manifest, type SnapshotFile } from '../contract.ts';
import { Fault } from '../model/fault.ts';
import { TABLES } from '../model/records.ts';
import { MANIFEST_NAME } from '../object-keys.ts';
import { encodeHeader } from './encode.ts';
import type { Finding, SnapshotBytes } from './finding.ts';
import { missingManifest, readManifest } from './manifest.ts';
import { createReceipt, receiptDifference } from './receipt.ts';
import { createRecordScanner } from './record-scanner.ts';
import { header } from './shape.ts';
import { verifyProof } from './verify-proof.ts';
import { verifyRows } from './verify-rows.ts';

/**
 * Holds a snapshot's bytes against its manifest, its manifest against itself, and its figures
 * against its rows. No finding means: these are the bytes that were published, and they add up.
 * Reads one chunk at a time. Faults: `SNAPSHOT_MISSING` where there is no manifest, and
 * `SNAPSHOT_NEWER`.
 */
export async function verifySnapshot(snapshot: SnapshotBytes): Promise<readonly Finding[]> {
  const names = new Set((await Array.fromAsync(snapshot.list())).map(({ name }) => name));
  if (!names.has(MANIFEST_NAME)) throw missingManifest();
  const manifest = await manifestOf(snapshot);
  if ('problem' in manifest) return [manifest];

  const findings = [...verifyNames(manifest, names)];
  for (const file of manifest.files) {
    if (names.has(file.name)) findings.push(...(await verifyFile(snapshot, manifest, file)));
  }
  findings.push(...verifyProof(manifest));
  // Figures of rows that are not those of the manifest would only repeat that they are not.
  return findings.length > 0 ? findings : verifyRows(snapshot, manifest);
}

async function manifestOf(snapshot: SnapshotBytes): Promise<Manifest | Finding> {
  try {
    const bytes = Buffer.concat(await Array.fromAsync(snapshot.read(MANIFEST_NAME)));
    // Lenient decoding gives one text for many wrong bytes; the digest is of the text.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return readManifest(text);
  } catch (error) {
    if (error instanceof TypeError) return { file: MANIFEST_NAME, problem: 'It is no UTF-8.' };
    // What this Tieout cannot read is not damaged.
    if (error instanceof Fault && error.code !== 'SNAPSHOT_NEWER') {
      return { file: MANIFEST_NAME, problem: error.message };
    }
    throw error;
  }
}

function* verifyNames(manifest: Manifest, names: ReadonlySet<string>): Generator<Finding> {
  const expected = new Set([MANIFEST_NAME]);
  for (const { name } of manifest.files) {
    if (expected.has(name)) yield { file: name, problem: 'The manifest names it twice.' };
    if (!names.has(name)) yield { file: name, problem: 'It is missing.' };
    expected.add(name);
  }
  for (const name of names) {
    if (!expected.has(name)) yield { file: name, problem: 'The manifest does not know it.' };
  }
}

async function verifyFile(
  snapshot: SnapshotBytes,
  manifest: Manifest,
  file: SnapshotFile,
): Promise<readonly Finding[]> {
  const receipt = createReceipt();
  const scanner = createRecordScanner();
  const isTable = file.name.endsWith('.csv');
  const expected = expectedHeader(manifest, file);
  let start: Uint8Array = new Uint8Array(0);
  for await (const bytes of snapshot.read(file.name)) {
    const { recordCount } = scanner.take(bytes, Number.POSITIVE_INFINITY);
    receipt.add(bytes, isTable ? recordCount : 0);
    if (start.length < expected.length) start = Buffer.concat([start, bytes]);
  }

  const problems: string[] = [];
  const found = receipt.receipt();
  // The header is a record, but no row.
  const rowCount = isTable ? found.rowCount - 1 : file.rowCount;
  const difference = receiptDifference(file, { ...found, rowCount });
  if (difference !== '') problems.push(`It ${difference}.`);
  if (isTable && !scanner.isBetweenRecords) problems.push('Its last row has no end.');
  if (!expected.equals(start.subarray(0, expected.length))) {
    problems.push('Its header is not that of the column contract.');
  }
  return problems.map((problem) => ({ file: file.name, problem }));
}

/** No bytes where nothing is known: a table of another time, or a file that is none of the four. */
function expectedHeader({ scope }: Manifest, file: SnapshotFile): Buffer {
  const table = TABLES.find((known) => known === file.table);
  if (table === undefined || scope.columnsVersion !== COLUMNS_VERSION) return Buffer.alloc(0);
  return encodeHeader(header(table, scope.addedColumns), scope.csv);
}

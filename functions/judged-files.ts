import type { Scope, SnapshotFile } from '../lib/contract.ts';
import { DISCREPANCY_COLUMNS } from '../lib/model/discrepancy.ts';
import {
  discrepancyRows,
  readinessRows,
  restatementRows,
} from '../lib/reconcile/discrepancy-rows.ts';
import { READINESS_COLUMNS } from '../lib/reconcile/readiness.ts';
import { RESTATEMENT_COLUMNS } from '../lib/reconcile/restatement.ts';
import { reportHtml } from '../lib/report/html.ts';
import { encodeHeader, encodeRows } from '../lib/snapshot/encode.ts';
import { createReceipt } from '../lib/snapshot/receipt.ts';
import type { Draft, Store } from '../lib/store/store.ts';
import type { Judgement } from './reconcile.ts';

/** What is encoded at once: one text of a million discrepancies would be longer than texts can be. */
const BATCH_ROWS = 10_000;

/** A file of what the rules found. */
export interface JudgedFile {
  readonly name: string;
  readonly table: string;
  readonly rowCount: number;
  readonly pieces: Iterable<Uint8Array>;
}

/** The files of a judgement, in the snapshot's own CSV format. */
export function judgedFiles(
  { discrepancies, restatements, readiness, summary }: Judgement,
  { csv }: Pick<Scope, 'csv'>,
): readonly JudgedFile[] {
  const table = (name: string, columns: readonly string[], rows: Rows): JudgedFile => ({
    name: `${name}.csv`,
    table: name,
    rowCount: rows.length,
    pieces: tablePieces(columns, rows, csv),
  });
  const report = (name: string, content: string): JudgedFile => ({
    name,
    table: 'report',
    rowCount: 0,
    pieces: [Buffer.from(content)],
  });
  return [
    table('discrepancies', DISCREPANCY_COLUMNS, discrepancyRows(discrepancies)),
    table('restatements', RESTATEMENT_COLUMNS, restatementRows(restatements)),
    table('readiness', READINESS_COLUMNS, readinessRows(readiness)),
    report('report.html', reportHtml(summary)),
    report('report.json', `${JSON.stringify(summary, null, 2)}\n`),
  ];
}

type Rows = readonly (readonly string[])[];

function* tablePieces(
  columns: readonly string[],
  rows: Rows,
  csv: Scope['csv'],
): Generator<Uint8Array> {
  yield encodeHeader(columns, csv);
  for (let at = 0; at < rows.length; at += BATCH_ROWS) {
    yield Buffer.from(encodeRows(rows.slice(at, at + BATCH_ROWS), csv));
  }
}

/** Writes them below a prefix, '' for none; no file is seen before the last of them is whole. */
export async function writeJudged(
  store: Store,
  prefix: string,
  files: readonly JudgedFile[],
): Promise<readonly SnapshotFile[]> {
  const drafts: Draft[] = [];
  const written: SnapshotFile[] = [];
  try {
    for (const { name, table, rowCount, pieces } of files) {
      const draft = await store.draft(prefix === '' ? name : `${prefix}/${name}`);
      drafts.push(draft);
      const receipt = createReceipt();
      for (const bytes of pieces) {
        receipt.add(bytes, 0);
        await draft.write(bytes);
      }
      written.push({ name, table, ...receipt.receipt(), rowCount });
    }
    for (const draft of drafts) await draft.publish();
    return written;
  } catch (error) {
    for (const draft of drafts) await draft.discard();
    throw error;
  }
}

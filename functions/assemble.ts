import {
  type Lane,
  type LaneReceipt,
  type Predecessor,
  partKey,
  type RunPlan,
  type SnapshotFile,
  snapshotPrefix,
  type TotalLine,
} from '../lib/contract.ts';
import { TABLES_OF, type TableName } from '../lib/model/records.ts';
import { assemble as assembleTable } from '../lib/snapshot/assemble.ts';
import { controlTotals } from '../lib/snapshot/control-totals.ts';
import { encodeHeader, encodeRows } from '../lib/snapshot/encode.ts';
import { createReceipt } from '../lib/snapshot/receipt.ts';
import { header } from '../lib/snapshot/shape.ts';
import { mergeTotals } from '../lib/snapshot/totals.ts';
import { readPart } from './parts.ts';
import { before, CONTROL_TOTALS } from './predecessor.ts';
import type { Station } from './station.ts';

export interface Assembled {
  readonly files: readonly SnapshotFile[];
  readonly predecessor: Predecessor | null;
  readonly totals: readonly TotalLine[];
  /** Where the files are, for people. */
  readonly address: string;
}

/** Joins the lanes' parts into the snapshot's files and adds up what they hold. */
export async function assemble(
  station: Station,
  run: RunPlan,
  receipts: readonly LaneReceipt[],
): Promise<Assembled> {
  const { store, report } = station;
  const prefix = snapshotPrefix(run.scope, run.view, run.runId);
  const files: SnapshotFile[] = [];
  for (const collection of run.scope.collections) {
    for (const table of TABLES_OF[collection]) {
      files.push(...(await joinParts(station, run, receipts, table)));
    }
  }
  const { predecessor, roll } = await before(store, run);
  const totals = mergeTotals(receipts.map((receipt) => receipt.totals));
  files.push(await writeTotals(station, run, controlTotals(totals, roll)));
  for (const { name, rowCount } of files) report({ type: 'file-written', name, rowCount });
  return { files, predecessor, totals, address: store.locate(prefix) };
}

function joinParts(
  { store, settings }: Station,
  run: RunPlan,
  receipts: readonly LaneReceipt[],
  table: TableName,
): Promise<readonly SnapshotFile[]> {
  const { scope, runId } = run;
  const parts = run.lanes.flatMap((lane, at) => {
    const receipt = receipts[at]?.parts.find((part) => part.table === table);
    return receipt ? [{ receipt, read: () => readPart(store, keyOf(lane)) }] : [];
  });
  const keyOf = (lane: Lane) => partKey(scope.organizationId, runId, lane, table);
  return assembleTable({
    table,
    header: encodeHeader(header(table, scope.addedColumns), scope.csv),
    parts,
    maxRows: settings.rowsPerFile,
    open: (name) => store.draft(`${snapshotPrefix(scope, run.view, runId)}/${name}`),
  });
}

async function writeTotals(
  { store }: Station,
  { scope, view, runId }: RunPlan,
  [columns = [], ...rows]: readonly (readonly string[])[],
): Promise<SnapshotFile> {
  const name = `${CONTROL_TOTALS}.csv`;
  const receipt = createReceipt();
  const draft = await store.draft(`${snapshotPrefix(scope, view, runId)}/${name}`);
  const pieces = [encodeHeader(columns, scope.csv), Buffer.from(encodeRows(rows, scope.csv))];
  try {
    for (const [at, bytes] of pieces.entries()) {
      receipt.add(bytes, at === 0 ? 0 : rows.length);
      await draft.write(bytes);
    }
    await draft.publish();
  } catch (error) {
    await draft.discard();
    throw error;
  }
  return { name, table: CONTROL_TOTALS, ...receipt.receipt() };
}

import type {
  Lane,
  LaneReceipt,
  Predecessor,
  RunPlan,
  SnapshotFile,
  Stretch,
  TotalLine,
} from '../lib/contract.ts';
import { TABLES_OF, type TableName } from '../lib/model/records.ts';
import { partKey, snapshotPrefix } from '../lib/object-keys.ts';
import { assemble as assembleTable, type Part } from '../lib/snapshot/assemble.ts';
import { controlTotals } from '../lib/snapshot/control-totals.ts';
import { encodeHeader } from '../lib/snapshot/encode.ts';
import { header } from '../lib/snapshot/shape.ts';
import { mergeTotals } from '../lib/snapshot/totals.ts';
import { writeCsv } from './csv-file.ts';
import type { Chain } from './evidence/chain.ts';
import { CONTROL_TOTALS } from './evidence/local-table.ts';
import { readPart } from './parts.ts';
import { before } from './predecessor.ts';
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
  chain: Chain,
  receipts: readonly LaneReceipt[],
): Promise<Assembled> {
  const { store, report, settings } = station;
  const prefix = snapshotPrefix(run.scope, run.view, run.runId);
  const files: SnapshotFile[] = [];
  for (const collection of run.scope.collections) {
    for (const table of TABLES_OF[collection]) {
      files.push(...(await joinParts(station, run, receipts, table)));
    }
  }
  const { predecessor, roll } = await before(chain, run);
  const stretches = receipts.flatMap((receipt) => receipt.stretches);
  const totals = mergeTotals(stretches.map((stretch) => stretch.totals));
  const [columns = [], ...rows] = controlTotals(totals, roll);
  const table = { name: CONTROL_TOTALS, columns, rows: [rows] };
  const place = { store, prefix, csv: run.scope.csv, maxRows: settings.rowsPerFile };
  files.push(...(await writeCsv(place, table)));
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
  const partOf = (lane: Lane, { parts }: Stretch, at: number): Part | undefined => {
    const key = partKey(scope.organizationId, runId, lane, at, table);
    const receipt = parts.find((part) => part.table === table);
    return receipt && { receipt, read: () => readPart(store, key) };
  };
  const parts = run.lanes.flatMap((lane, position) => {
    const { stretches } = receipts[position]!;
    return stretches.flatMap((stretch, at) => partOf(lane, stretch, at) ?? []);
  });
  return assembleTable({
    table,
    header: encodeHeader(header(table, scope.addedColumns), scope.csv),
    parts,
    maxRows: settings.rowsPerFile,
    open: (name) => store.draft(`${snapshotPrefix(scope, run.view, runId)}/${name}`),
  });
}

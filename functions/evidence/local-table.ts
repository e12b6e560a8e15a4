import type { Scope, TotalLine } from '../../lib/contract.ts';
import type { LocalFile } from '../../lib/reconcile/files.ts';
import { readRecords } from '../../lib/snapshot/read-records.ts';
import { KEY_COLUMNS } from '../../lib/snapshot/totals.ts';
import { unpackedBytes } from '../../lib/store/packed-file.ts';

export const CONTROL_TOTALS = 'control-totals';

/** Cells by column, as they stand in the file: a guard stays. */
export type Cells = Readonly<Record<string, string>>;

/** All rows of one of a snapshot's small tables: `control-totals`, `inputs/volumes`. */
export async function localTable(
  files: readonly LocalFile[],
  table: string,
  csv: Scope['csv'],
): Promise<readonly Cells[]> {
  const rows: Cells[] = [];
  for (const { name, path } of files) {
    if (name.replace(/(-\d+)?\.csv$/, '') !== table) continue;
    let columns: readonly string[] | undefined;
    for await (const cells of readRecords(name, unpackedBytes(path), csv)) {
      if (columns === undefined) columns = cells;
      else rows.push(Object.fromEntries(columns.map((column, at) => [column, cells[at]!])));
    }
  }
  return rows;
}

export async function localTotals(
  files: readonly LocalFile[],
  csv: Scope['csv'],
): Promise<readonly TotalLine[]> {
  const rows = await localTable(files, CONTROL_TOTALS, csv);
  return rows.map((row) => ({
    key: KEY_COLUMNS.map((name) => row[name] ?? ''),
    count: Number(row['count']),
    amount: row['amount']!,
    reportAmount: row['reportAmount']!,
  }));
}

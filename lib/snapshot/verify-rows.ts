import type { Manifest, TotalLine } from '../contract.ts';
import { Fault } from '../model/fault.ts';
import type { Finding, SnapshotBytes } from './finding.ts';
import { createPlaceCheck } from './place-check.ts';
import { type TableRow, tableRows } from './table-rows.ts';
import { mergeTotals } from './totals.ts';
import {
  creditMemoLines,
  totalDifferences,
  transactionLines,
  writtenTotals,
} from './verify-totals.ts';

/** The table of the control totals, and so the name of its file. */
const CONTROL_TOTALS = 'control-totals';

/**
 * Reads every row back: each stands in its place and in its period, and together they give the
 * control totals.
 */
export async function verifyRows(
  snapshot: SnapshotBytes,
  manifest: Manifest,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const note = (table: string) => (problem: string) =>
    findings.push({ file: `${table}.csv`, problem });
  const rowsOf = (table: string) => tableRows(snapshot, manifest, table);

  try {
    const lines: (readonly TotalLine[])[] = [];
    for (const collection of manifest.scope.collections) {
      const rows = inPlace(rowsOf(collection), createPlaceCheck(manifest), note(collection));
      lines.push(
        collection === 'transactions'
          ? await transactionLines(rows, manifest.scope.timezone)
          : await creditMemoLines(rows, rowsOf, note),
      );
    }
    const written = await writtenTotals(rowsOf(CONTROL_TOTALS));
    totalDifferences(mergeTotals(lines), written, manifest.scope).forEach(note(CONTROL_TOTALS));
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'SNAPSHOT_DAMAGED')) throw error;
    findings.push({ file: 'the snapshot', problem: error.message });
  }
  return findings;
}

/** Hands the rows on, and notes the first one that is out of place: the next ones follow from it. */
async function* inPlace(
  rows: AsyncIterable<TableRow>,
  problemOf: (row: TableRow) => string,
  note: (problem: string) => void,
): AsyncGenerator<TableRow> {
  let rowNumber = 0;
  let isNoted = false;
  for await (const row of rows) {
    rowNumber += 1;
    const problem = isNoted ? '' : problemOf(row);
    if (problem !== '') {
      note(`Row ${rowNumber} (${row.cell('id')}) ${problem}.`);
      isNoted = true;
    }
    yield row;
  }
}

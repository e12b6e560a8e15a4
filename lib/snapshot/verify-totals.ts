import type { TotalLine } from '../contract.ts';
import { createDayOfCell } from './business-days.ts';
import {
  type Balance,
  CONTROL_TOTAL_COLUMNS,
  carriedForward,
  controlTotals,
  type RollForward,
} from './control-totals.ts';
import { createCreditMemoTotals } from './credit-memo-totals.ts';
import type { TableRow } from './table-rows.ts';
import { createTransactionTotals } from './transaction-totals.ts';

/** Of lines that differ, the first few tell what happened. */
const LINES_SHOWN = 10;

export async function transactionLines(
  rows: AsyncIterable<TableRow>,
  zone: string,
): Promise<readonly TotalLine[]> {
  const dayOfCell = createDayOfCell(zone);
  const totals = createTransactionTotals();
  for await (const { cell } of rows) {
    totals.add({
      createdDay: dayOfCell(cell('createdTime')),
      processedDay: dayOfCell(cell('processedTime')),
      gatewayAccountId: cell('gatewayAccountId'),
      method: cell('paymentInstrument.method') || cell('method'),
      type: cell('type'),
      result: cell('result'),
      status: cell('status'),
      amount: cell('amount'),
      currency: cell('currency'),
      reportAmount: cell('reportAmount'),
      reportCurrency: cell('reportCurrency'),
    });
  }
  return totals.lines();
}

/** Walks along the memos and their lines side by side: both stand in the order of the memos. */
export async function creditMemoLines(
  memos: AsyncIterable<TableRow>,
  rowsOf: (table: string) => AsyncGenerator<TableRow, undefined>,
  note: (table: string) => (problem: string) => void,
): Promise<readonly TotalLine[]> {
  const totals = createCreditMemoTotals();
  await using items = createFollower(rowsOf('credit-memo-items'));
  await using allocations = createFollower(rowsOf('credit-memo-allocations'));
  for await (const { cell } of memos) {
    await items.take(cell('id'));
    const own = await allocations.take(cell('id'));
    totals.add({
      createdDay: cell('businessDate'),
      status: cell('status'),
      currency: cell('currency'),
      totalAmount: cell('totalAmount'),
      unusedAmount: cell('unusedAmount'),
      allocations: own.map((row) => ({
        target: row.cell('target'),
        amount: row.cell('amount'),
        currency: row.cell('currency'),
      })),
    });
  }
  await items.finish(note('credit-memo-items'));
  await allocations.finish(note('credit-memo-allocations'));
  return totals.lines();
}

/** Rows that belong to memos, taken memo by memo. */
function createFollower(rows: AsyncGenerator<TableRow, undefined>) {
  let next: Promise<IteratorResult<TableRow, undefined>> | undefined;
  return {
    async take(memoId: string): Promise<readonly TableRow[]> {
      const taken: TableRow[] = [];
      for (;;) {
        next ??= rows.next();
        const { value } = await next;
        if (value === undefined || value.cell('creditMemoId') !== memoId) return taken;
        taken.push(value);
        next = undefined;
      }
    },
    async finish(note: (problem: string) => void): Promise<void> {
      const { value } = await (next ?? rows.next());
      if (value) note(`A row of ${value.cell('creditMemoId')} has no memo in its place.`);
    },
    [Symbol.asyncDispose]: async () => void (await rows.return(undefined)),
  };
}

/** The rows of control-totals.csv, cells in the order of its columns. */
export async function writtenTotals(
  rows: AsyncIterable<TableRow>,
): Promise<readonly (readonly string[])[]> {
  const written: string[][] = [];
  for await (const { cell } of rows) written.push(CONTROL_TOTAL_COLUMNS.map((name) => cell(name)));
  return written;
}

/**
 * What control-totals.csv says and the rows do not, or the reverse. What the predecessor handed on
 * is taken from the file: only the predecessor itself can tell.
 */
export function totalDifferences(
  lines: readonly TotalLine[],
  written: readonly (readonly string[])[],
  { firstDay, lastDay }: Pick<RollForward, 'firstDay' | 'lastDay'>,
): readonly string[] {
  const brought = broughtForward(written);
  const isRolled = brought.length > 0 || carriedForward(written).length > 0;
  const roll = isRolled ? { firstDay, lastDay, broughtForward: brought } : undefined;
  const [, ...expected] = controlTotals(lines, roll);

  const [given, said] = [expected, written].map(
    (rows) => new Set(rows.map((row) => row.join(','))),
  );
  const problems = [
    ...[...said!.difference(given!)].map((line) => `It says ${line}, which the rows do not give.`),
    ...[...given!.difference(said!)].map((line) => `It lacks ${line}, which the rows give.`),
  ];
  const hiddenCount = problems.length - LINES_SHOWN;
  if (hiddenCount <= 0) return problems;
  return [...problems.slice(0, LINES_SHOWN), `${hiddenCount} more lines differ.`];
}

function broughtForward(written: readonly (readonly string[])[]): readonly Balance[] {
  return written
    .filter((row) => cellOf(row, 'measure') === 'brought-forward')
    .map((row) => ({
      currency: cellOf(row, 'currency'),
      count: Number(cellOf(row, 'count')),
      amount: cellOf(row, 'amount'),
    }));
}

function cellOf(row: readonly string[], column: (typeof CONTROL_TOTAL_COLUMNS)[number]): string {
  return row[CONTROL_TOTAL_COLUMNS.indexOf(column)] ?? '';
}

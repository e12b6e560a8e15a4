import {
  CONTROL_TOTAL_COLUMNS,
  type ControlTotalColumn,
  type Measure,
} from '../columns/control-totals.ts';
import type { TotalLine } from '../contract.ts';
import { KEY_COLUMNS, keyOf, mergeTotals, type TotalKey } from './totals.ts';

export { CONTROL_TOTAL_COLUMNS };

/** Unused credit of one currency that a snapshot hands on to the next. */
export interface Balance {
  readonly currency: string;
  readonly count: number;
  /** Decimal text. */
  readonly amount: string;
}

/** Joins a snapshot of the chain to its predecessor; a view stands alone and has none. */
export interface RollForward {
  readonly firstDay: string;
  readonly lastDay: string;
  /** The predecessor's carried-forward; undefined where the chain begins. */
  readonly broughtForward: readonly Balance[] | undefined;
}

/** The header and the rows of control-totals.csv, of merged lines. */
export function controlTotals(
  lines: readonly TotalLine[],
  roll?: RollForward,
): readonly (readonly string[])[] {
  const all = roll === undefined ? lines : mergeTotals([lines, rolledForward(lines, roll)]);
  return [CONTROL_TOTAL_COLUMNS, ...all.map(rowOf)];
}

/**
 * What the predecessor handed on and what this snapshot hands on, by currency:
 *
 *     carried-forward = brought-forward + unused
 *
 * It adds up the unused credit of each day's memos as that day's snapshot read them; what was used
 * of an older memo since then is no part of it.
 */
function rolledForward(lines: readonly TotalLine[], roll: RollForward): readonly TotalLine[] {
  const brought = (roll.broughtForward ?? []).map((balance) =>
    balanceLine('brought-forward', roll.firstDay, balance),
  );
  const unused = lines
    .map((line) => ({ ...line, ...keyOf(line) }))
    .filter(({ collection, measure }) => collection === 'credit-memos' && measure === 'unused');
  const carried = [...(roll.broughtForward ?? []), ...unused].map((balance) =>
    balanceLine('carried-forward', roll.lastDay, balance),
  );
  return [...brought, ...carried];
}

function balanceLine(measure: Measure, businessDate: string, balance: Balance): TotalLine {
  const { currency, count, amount } = balance;
  const key: Partial<TotalKey> = { collection: 'credit-memos', measure, businessDate, currency };
  return { key: KEY_COLUMNS.map((name) => key[name] ?? ''), count, amount, reportAmount: '0' };
}

/** The balances that a snapshot hands on, read from the rows of its control-totals.csv. */
export function carriedForward(rows: readonly (readonly string[])[]): readonly Balance[] {
  const at = (name: ControlTotalColumn) => CONTROL_TOTAL_COLUMNS.indexOf(name);
  return rows
    .filter((row) => row[at('measure')] === 'carried-forward')
    .map((row) => ({
      currency: row[at('currency')] ?? '',
      count: Number(row[at('count')]),
      amount: row[at('amount')] ?? '0',
    }));
}

function rowOf(line: TotalLine): readonly string[] {
  const cells: Readonly<Record<ControlTotalColumn, string>> = {
    ...keyOf(line),
    count: String(line.count),
    amount: line.amount,
    reportAmount: line.reportAmount,
  };
  return CONTROL_TOTAL_COLUMNS.map((name) => cells[name]);
}

import type { TotalLine } from '../../lib/contract.ts';
import { COLLECTIONS } from '../../lib/model/records.ts';
import { keyOf, sumText } from '../../lib/snapshot/totals.ts';
import { figure } from './progress.ts';
import { textTable } from './text-table.ts';

/** The measures by which a night is looked over; the file has them all. */
const SHOWN = ['created', 'issued'];

interface Line {
  readonly cells: readonly string[];
  readonly currency: string;
  readonly count: number;
  readonly amount: string;
}

/** Control totals as a person looks them over: without gateway accounts, methods and days. */
export function totalsTable(totals: readonly TotalLine[]): string {
  const lines = new Map<string, Line>();
  for (const total of totals) {
    const { collection, measure, type, result, voided, currency } = keyOf(total);
    if (!SHOWN.includes(measure)) continue;
    const cells = [collection, type, voided === 'true' ? `${result}, voided` : result, currency];
    // What was paid stands before what was credited.
    const place = (COLLECTIONS as readonly string[]).indexOf(collection);
    const name = [place, ...cells].join('\u001f');
    const known = lines.get(name) ?? { cells, currency, count: 0, amount: '0' };
    const count = known.count + total.count;
    lines.set(name, { ...known, count, amount: sumText(known.amount, total.amount, currency) });
  }
  const rows = [...lines.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { cells, count, amount }]) => [...cells, figure(count), grouped(amount)])
    .map((row, at, all) => withoutRepeats(row, all[at - 1]));
  const header = ['collection', 'type', 'result', 'currency', 'count', 'amount'];
  return textTable(header, rows, { textColumns: 4 });
}

/** Leaves out what the row above says already, up to where they part; figures always stay. */
function withoutRepeats(row: readonly string[], above: readonly string[] | undefined): string[] {
  const parting = row.findIndex((cell, column) => cell !== above?.[column] || column === 3);
  return row.map((cell, column) => (column < parting ? '' : cell));
}

/** `-1234567.80` as `-1,234,567.80` */
function grouped(amount: string): string {
  return amount.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
}

import { type Discrepancy, STATUSES } from '../model/discrepancy.ts';
import { amountText, counted, countText, isAmount, recordNoun } from './figure.ts';
import { visible } from './markup.ts';
import { remarksOf } from './remarks-section.ts';
import type { Summary } from './summary.ts';
import { activeCount, verdict } from './verdict.ts';

/** What every terminal and every mail shows without breaking a line. */
const WIDTH = 80;

const WORST_SHOWN = 10;

/** The longest severity and two spaces. */
const INDENT = 10;

/** `365 days` */
const AGE_WIDTH = 8;

/** The same summary for a terminal: the verdict, how many of what, and the worst of them. */
export function reportText(given: Summary): string {
  const summary = madeVisible(given);
  const blocks = [
    wrapped(verdict(summary).sentence),
    wrapped(completenessText(summary)),
    moneyTable(summary),
    tallyTable(summary),
    worstTable(summary),
    remarksOf(summary)
      .map((remark) => wrapped(remark))
      .join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** All texts at once, before any is laid out: none is forgotten, and widths are those on screen. */
function madeVisible(summary: Summary): Summary {
  return JSON.parse(JSON.stringify(summary), (_, value: unknown) =>
    typeof value === 'string' ? visible(value) : value,
  ) as Summary;
}

function completenessText({ completeness }: Summary): string {
  const rows = completeness.map(
    ({ collection, rowCount }) => `${countText(rowCount)} ${recordNoun(collection, rowCount)}`,
  );
  const requests = completeness.reduce((sum, { requestCount }) => sum + requestCount, 0);
  const agree = completeness.every(({ agrees }) => agrees) ? 'equal' : 'DIFFER FROM';
  return `${rows.join(', ')} by ${counted(requests, 'request')}; counts asked ${agree} the rows had.`;
}

function moneyTable({ movements }: Summary): string {
  if (movements.length === 0) return '';
  const rows = movements.map(({ currency, moneyIn, moneyOut, net }) => [
    currency,
    ...[moneyIn.amount, moneyOut.amount, net].map((amount) => plainAmount(amount, currency)),
  ]);
  return table(['currency', 'money in', 'money out', 'net'], rows, 1);
}

function tallyTable({ discrepancies }: Summary): string {
  const rows = discrepancies
    .filter(({ counts }) => STATUSES.some((status) => counts[status] > 0))
    .map(({ severity, counts }) => [
      severity,
      ...STATUSES.map((status) => countText(counts[status])),
    ]);
  return rows.length === 0 ? '' : table(['discrepancies', ...STATUSES], rows, 1);
}

function worstTable({ discrepancies }: Summary): string {
  const worst = discrepancies.flatMap(({ active }) => active).slice(0, WORST_SHOWN);
  if (worst.length === 0) return '';
  const figures = worst.map(difference);
  const widest = Math.max(...figures.map(({ length }) => length));
  const left = activeCount(discrepancies) - worst.length;
  const more =
    left > 0 ? [`and ${countText(left)} more, in discrepancies.csv and report.html`] : [];
  return [...worst.map((one, at) => twoLines(one, figures[at]!.padStart(widest))), ...more].join(
    '\n',
  );
}

/** Rule and figures on one line, where to look on the next: ids are too long for a column. */
function twoLines(discrepancy: Discrepancy, figure: string): string {
  const { id, rule, severity, ageDays, status, collection, recordId } = discrepancy;
  const age = (status === 'new' ? 'new' : counted(ageDays, 'day')).padStart(AGE_WIDTH);
  const room = WIDTH - figure.length - age.length - 4;
  const head = cut(`${severity.padEnd(INDENT - 2)}  ${rule}`, room).padEnd(room);
  const record = `${recordNoun(collection, 1)} ${recordId}`.trim();
  const where = cut(record, WIDTH - INDENT - 2 - id.length);
  return `${head}  ${figure}  ${age}\n${''.padEnd(INDENT)}${where}  ${id}`;
}

function difference({ difference: text, currency }: Discrepancy): string {
  return isAmount(text) ? `${plainAmount(text, currency)} ${currency}`.trim() : '';
}

/** A terminal's font may lack the true minus, and somebody may paste the figure elsewhere. */
function plainAmount(amount: string, currency: string): string {
  return amountText(amount, currency).replace('\u2212', '-');
}

function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(room - 1, 0))}…`;
}

function wrapped(text: string): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= WIDTH)
      lines.push(`${lines.pop()} ${word}`);
    else lines.push(word);
  }
  return lines.join('\n');
}

function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  textColumns: number,
): string {
  const all = [header, ...rows];
  const widths = header.map((_, at) => Math.max(...all.map((row) => row[at]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, at) =>
          at < textColumns ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

import type { Manifest } from '../../lib/contract.ts';
import { periodName } from '../../lib/object-keys.ts';
import type {
  Difference,
  DifferenceCount,
  DifferenceLine,
} from '../../lib/reconcile/difference.ts';
import { amountText, countText, recordNoun } from '../../lib/report/figure.ts';
import { visible } from '../../lib/report/markup.ts';
import type { Side } from '../diff.ts';
import { textTable } from './text-table.ts';

/** What fits a screen beside the counts. */
export const LINES_SHOWN = 20;

/** An id is shown whole, a text only so far as it can be told from another. */
const CELL_LENGTH = 28;

type Facts = Pick<Difference, 'counts' | 'money' | 'lineCount'>;

/** What `--json` prints, up to the lines. Names are stable: scripts read them. */
export function differenceHead(first: Side, second: Side, difference: Facts): object {
  const { scope, view } = first.manifest;
  const { organizationId, environment, timezone, firstDay, lastDay } = scope;
  return {
    ...{ organizationId, environment, timezone, firstDay, lastDay, view },
    first: runOf(first),
    second: runOf(second),
    isSame: difference.lineCount === 0,
    notCompared: notCompared(first, second),
    counts: difference.counts,
    money: difference.money,
  };
}

function runOf({ folder, manifest }: Side): object {
  const { runId, startedAt, finishedAt, digest } = manifest;
  return { address: folder, runId, startedAt, finishedAt, digest };
}

/** What a person reads: how many differ, in how much money, and the worst of it. */
export function differenceText(
  first: Side,
  second: Side,
  difference: Facts,
  worst: readonly DifferenceLine[],
): string {
  if (difference.lineCount === 0) return `${sameText(first, second, difference)}\n`;
  const { scope } = first.manifest;
  const blocks = [
    [
      `${nameOf(first.manifest)} of ${scope.organizationId} (${scope.timezone})`,
      `first   run ${first.manifest.runId}  ${first.folder}`,
      `second  run ${second.manifest.runId}  ${second.folder}`,
      ...remarks(first, second),
    ].join('\n'),
    countsTable(difference.counts),
    moneyTable(difference.money),
    linesTable(worst, difference.lineCount),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function sameText(first: Side, second: Side, { counts }: Facts): string {
  const rows = counts.map(
    ({ table, inBoth }) => `${countText(inBoth)} ${recordNoun(table, inBoth)}`,
  );
  const had = rows.length === 0 ? 'no rows' : rows.join(', ');
  const runs = `run ${first.manifest.runId} and run ${second.manifest.runId}`;
  const less = notCompared(first, second);
  const but = less.length === 0 ? '' : ` (not compared: ${less.join(', ')})`;
  return `Nothing differs in ${nameOf(first.manifest)} between ${runs}: ${had} are the same${but}.`;
}

function remarks(first: Side, second: Side): string[] {
  const less = notCompared(first, second);
  return [
    ...(first.manifest.startedAt > second.manifest.startedAt
      ? ['The first is the newer one: what has moved on since looks as if it went back.']
      : []),
    ...(less.length > 0 ? [`Only one of them has ${less.join(', ')}: not compared.`] : []),
  ];
}

/** Columns let in by name for one of the two runs. */
function notCompared(first: Side, second: Side): readonly string[] {
  const [a, b] = [first, second].map(({ manifest }) => new Set(manifest.scope.addedColumns));
  return [...a!.symmetricDifference(b!)].sort();
}

function nameOf({ scope }: Manifest): string {
  return periodName(scope.firstDay, scope.lastDay);
}

function countsTable(counts: readonly DifferenceCount[]): string {
  const rows = counts.map(({ table, ...numbers }) => [
    table,
    ...[numbers.inBoth, numbers.onlyInFirst, numbers.onlyInSecond, numbers.changed].map(countText),
    ...[numbers.corrections, numbers.lifecycles].map(countText),
  ]);
  const header = ['', 'in both', 'only in first', 'only in second', 'changed'];
  return textTable([...header, 'corrections', 'lifecycle'], rows, { textColumns: 1 });
}

function moneyTable(money: Difference['money']): string {
  if (money.length === 0) return '';
  const rows = money.map(({ collection, currency, first, second, effect }) => [
    collection === 'transactions' ? 'money in less out' : 'credit given',
    visible(currency),
    ...[first, second, effect].map((amount) => plainAmount(amount, currency)),
  ]);
  return textTable(['', 'currency', 'first', 'second', 'effect'], rows, { textColumns: 2 });
}

function linesTable(worst: readonly DifferenceLine[], lineCount: number): string {
  const rows = worst.map((one) => [
    one.kind,
    visible(subjectOf(one)),
    one.field,
    cut(one.old),
    cut(one.new),
    one.effect === '' ? '' : visible(`${plainAmount(one.effect, one.currency)} ${one.currency}`),
  ]);
  const header = ['kind', 'record', 'field', 'first', 'second', 'effect'];
  const table = textTable(header, rows, { textColumns: 5 });
  const left = lineCount - worst.length;
  if (left <= 0) return table;
  return `${table}\nand ${countText(left)} more: --out writes all of them, --json prints them.`;
}

/** `credit memo crmm_1, item 2`, `credit memo crmm_1, invoice in_1`. */
function subjectOf({ collection, recordId, line }: DifferenceLine): string {
  if (line === '') return `${recordNoun(collection, 1)} ${recordId}`;
  const part = collection === 'credit-memo-items' ? `item ${line}` : line;
  return `${recordNoun('credit-memos', 1)} ${recordId}, ${part}`;
}

function cut(cell: string): string {
  const text = visible(cell);
  return text.length <= CELL_LENGTH ? text : `${text.slice(0, CELL_LENGTH - 1)}…`;
}

/** A terminal's font may lack the true minus. */
function plainAmount(amount: string, currency: string): string {
  return amountText(amount, currency).replace('\u2212', '-');
}

import { daysBetween } from '../simulator/diary/chain.ts';
import type { Page } from '../simulator/diary/diary.ts';
import type { PlayedNight } from './played-nights.ts';

const COLUMNS = [
  'night',
  'rows',
  'changed rows',
  'new',
  'open',
  'acknowledged',
  'resolved',
  'lifecycle',
  'corrections',
];

/** A table of what the nights had to say, in Markdown, and how soon their days were settled. */
export function figuresOf(nights: readonly PlayedNight[]): string {
  const rows = nights.map(({ title, rowCounts, found }) => [
    title,
    countOf(rowCounts, ''),
    countOf(rowCounts, 'changed-'),
    ...['new', 'open', 'acknowledged', 'resolved'].map((word) =>
      linesWith(found.discrepancies, `: ${word} `),
    ),
    ...['lifecycle', 'correction'].map((word) => linesWith(found.restatements, `: ${word} `)),
  ]);
  const lines = [COLUMNS, COLUMNS.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.join(' | ')} |`,
  );
  return `${lines.join('\n')}\n\n${settling(chainOf(nights).map(({ found }) => found))}\n`;
}

/** The nights that others go on from. */
function chainOf(nights: readonly PlayedNight[]): readonly PlayedNight[] {
  return nights.filter(({ title }) => title.startsWith('night '));
}

function countOf(rowCounts: PlayedNight['rowCounts'], prefix: string): number {
  const tables = ['transactions', 'credit-memos'].map((name) => `${prefix}${name}.csv`);
  return tables.reduce((sum, name) => sum + (rowCounts.get(name) ?? 0), 0);
}

function linesWith(lines: readonly string[], word: string): number {
  return lines.filter((line) => line.includes(word)).length;
}

function settling(pages: readonly Page[]): string {
  const ages = pages
    .flatMap(({ readiness }) => readiness)
    .map((line) => /^(\S+) transactions: settled (\S+)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, day, since]) => daysBetween(day!, since!));
  const byAge = [...Map.groupBy(ages, (age) => age)].sort(([a], [b]) => a - b);
  const said = byAge.map(([age, days]) => `${days.length} after ${age} days`);
  return `Days settled: ${said.join(', ')}.`;
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DISCREPANCY_COLUMNS } from '../../lib/model/discrepancy.ts';
import { ALL_INPUTS, ALL_SOURCES, inputColumns, SOURCES } from '../../lib/reconcile/files.ts';
import { READINESS_COLUMNS } from '../../lib/reconcile/readiness.ts';
import { RESTATEMENT_COLUMNS } from '../../lib/reconcile/restatement.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/snapshot.md'), 'utf8');

function chapter(title: string): string {
  return PAGE.split(/^## /m).find((text) => text.startsWith(`${title}\n`)) ?? '';
}

test.each([
  ['discrepancies.csv', DISCREPANCY_COLUMNS],
  ['restatements.csv', RESTATEMENT_COLUMNS],
  ['readiness.csv', READINESS_COLUMNS],
])('docs/snapshot.md tells every column of %s, in order', (title, columns) => {
  const named = [...chapter(title).matchAll(/^\| (`[^|]+`) \|/gm)]
    .flatMap(([, cell]) => cell!.split(', '))
    .map((name) => name.replaceAll('`', ''));
  expect(named).toEqual(columns);
});

test.each(ALL_INPUTS)('docs/snapshot.md tells of inputs/%s.csv', (input) => {
  const line = chapter('inputs/')
    .split('\n')
    .find((text) => text.startsWith(`| \`${input}.csv\``));
  expect(line).toBeDefined();
  // What stands as in another file is told there.
  if (input === 'prior-discrepancies') return;
  for (const column of inputColumns(input)) expect(line).toContain(`\`${column}\``);
});

test.each(ALL_SOURCES.filter((source) => source !== 'period'))(
  'docs/snapshot.md tells of %s rows',
  (source) => {
    expect(PAGE).toContain(`\`${SOURCES[source].replace('inputs/', '')}*.csv\``);
  },
);

import { expect, test } from 'vitest';
import { textTable } from '../../../functions/cli/text-table.ts';

test('text stands to the left, figures to the right, nothing behind the last', () => {
  const rows = [
    ['transactions.csv', '20,133'],
    ['a.csv', '7'],
  ];
  expect(`\n${textTable(['file', 'rows'], rows, { textColumns: 1 })}`).toBe(`
file                rows
────────────────  ──────
transactions.csv  20,133
a.csv                  7`);
});

test('a table without rows is its header', () => {
  expect(textTable(['a'], [], { textColumns: 1 })).toBe('a\n─');
});

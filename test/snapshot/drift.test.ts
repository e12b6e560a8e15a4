import { expect, test } from 'vitest';
import { createDrift, mergeDrift } from '../../lib/snapshot/drift.ts';

test('entries are counted by kind, path and value, and ordered', () => {
  const drift = createDrift('transactions');
  drift.note('unknown-value', 'status', 'suspended');
  drift.note('unknown-member', 'x');
  drift.note('unknown-value', 'status', 'suspended');
  drift.note('unknown-value', 'status', 'paused');
  expect(drift.entries()).toEqual([
    { collection: 'transactions', kind: 'unknown-member', path: 'x', count: 1 },
    {
      collection: 'transactions',
      kind: 'unknown-value',
      path: 'status',
      value: 'paused',
      count: 1,
    },
    {
      collection: 'transactions',
      kind: 'unknown-value',
      path: 'status',
      value: 'suspended',
      count: 2,
    },
  ]);
});

test('a long value is cut to 100 characters', () => {
  const drift = createDrift('transactions');
  drift.note('unknown-value', 'status', 'x'.repeat(5000));
  expect(drift.entries()[0]?.value).toBe('x'.repeat(100));
});

test('the drift of lanes adds up, each collection by itself', () => {
  const [first, second, memos] = [
    createDrift('transactions'),
    createDrift('transactions'),
    createDrift('credit-memos'),
  ];
  for (const drift of [first, first, second, memos]) drift.note('unknown-member', 'x');
  expect(mergeDrift([first.entries(), memos.entries(), second.entries()])).toEqual([
    { collection: 'credit-memos', kind: 'unknown-member', path: 'x', count: 1 },
    { collection: 'transactions', kind: 'unknown-member', path: 'x', count: 3 },
  ]);
});

import { expect, test } from 'vitest';
import { accuracyOf, falseAlarms, type Size } from './accuracy.ts';
import { isPerfect } from './tally.ts';

const SIZE: Size = {
  transactionCount: 100_000,
  spans: [
    [8, 11],
    [14, 17],
  ],
  perRule: 20,
  decoyRounds: 10,
};

test('in 100,000 transactions each rule finds what was planted, and nothing else', async () => {
  const tallies = await accuracyOf(SIZE);
  expect(tallies.filter((tally) => !isPerfect(tally))).toEqual([]);
  const few = tallies.filter(({ rule, planted }) => planted < 40 && rule !== 'volume-outlier');
  expect(few.map(({ rule }) => rule)).toEqual(['rule-failed']);
});

test('in a clean world of that size no rule finds anything', async () => {
  const tallies = await falseAlarms(SIZE);
  expect(tallies.filter((tally) => !isPerfect(tally))).toEqual([]);
});

import { expect, test } from 'vitest';
import { accuracyOf, falseAlarms, type Size } from './accuracy.ts';
import { isPerfect } from './tally.ts';

/** accuracy.slow.ts asks the same of ten times as much, `npm run bench:rules` of a hundred times. */
const SIZE: Size = {
  transactionCount: 10_000,
  spans: [[8, 16]],
  perRule: 4,
  decoyRounds: 2,
};

test('in 10,000 transactions each rule finds what was planted, and nothing else', async () => {
  const tallies = await accuracyOf(SIZE);
  expect(tallies.filter((tally) => !isPerfect(tally))).toEqual([]);
  const unplanted = tallies.filter(({ planted }) => planted === 0).map(({ rule }) => rule);
  expect(unplanted).toEqual(['rule-failed']);
});

test('in a clean world of that size no rule finds anything', async () => {
  const tallies = await falseAlarms(SIZE);
  expect(tallies.filter((tally) => !isPerfect(tally))).toEqual([]);
});

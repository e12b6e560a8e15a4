import { expect, test } from 'vitest';
import { MENDED_PLANTS } from '../../lib/simulator/planted/mended.ts';
import { livingWorld, type Plot } from '../simulator/diary/living-world.ts';
import { nightsFacts } from './nights-facts.ts';
import { figuresOf } from './nights-figures.ts';

const PUBLISHED = ['restated', 'vanished', 'appeared', 'revision-went-back'];

/** From a Monday on. One of its nights is missed: thirty-one are played. */
const SHOP = { seed: 11, firstDay: '2026-10-05', dayCount: 32, rowsPerDay: 320, memosPerDay: 75 };

const FAULTS: Plot['plantings'] = [
  // First, for it empties its day: no other fault may need what is gone.
  { day: 20, rules: ['volume-outlier'], perRule: 1 },
  { day: 1, perRule: 2 },
  { day: 2, plants: MENDED_PLANTS, perRule: 3 },
  { day: 4, rules: PUBLISHED, perRule: 3 },
  { day: 5, rules: ['memo-number-gap'], perRule: 3 },
  { day: 8, plants: MENDED_PLANTS, perRule: 2 },
  { day: 9, perRule: 1 },
  { day: 11, rules: PUBLISHED, perRule: 2 },
  // The missed night.
  { day: 12, perRule: 1 },
  { day: 14, plants: MENDED_PLANTS, perRule: 2 },
  { day: 15, rules: [], perRule: 0, decoyRounds: 3 },
  { day: 17, rules: PUBLISHED, perRule: 2 },
  { day: 23, perRule: 1 },
];

nightsFacts(
  'thirty nights in which things go wrong and are put right',
  () => livingWorld({ ...SHOP, plantings: FAULTS }),
  {
    ...SHOP,
    missed: 12,
    again: 6,
    range: { after: 10, from: 1, to: 5 },
    // The one that is run again, that of the range, the one after the missed one, and a late one.
    judgedAgain: [6, 5, 13, 27],
    accepted: [
      { after: 3, day: 2, plantedBy: 'memo-unused/short-by-more' },
      { after: 3, day: 2, plantedBy: 'outcome-unknown/card-answered-late' },
      { after: 7, day: 4, plantedBy: 'restated/amount' },
      { after: 13, day: 1, plantedBy: 'unreconciled/missed-by-the-batch' },
    ],
  },
  (played) => {
    test('are thirty-one, with one that is run again and a range by hand', () => {
      process.stdout.write(`\n${figuresOf(played())}\n`);
      expect(played()).toHaveLength(33);
    });
  },
);

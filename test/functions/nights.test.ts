import { expect, test } from 'vitest';
import { MENDED_PLANTS } from '../../lib/simulator/planted/mended.ts';
import { livingWorld } from '../simulator/diary/living-world.ts';
import { nightsFacts } from './nights-facts.ts';

const FIRST_DAY = '2026-10-05';

nightsFacts(
  'five days in a row, of which one is missed, one is run twice and two by hand as well',
  () =>
    livingWorld({
      seed: 3,
      firstDay: FIRST_DAY,
      dayCount: 5,
      rowsPerDay: 240,
      memosPerDay: 60,
      plantings: [
        { day: 0, plants: MENDED_PLANTS, perRule: 2 },
        { day: 1, perRule: 1 },
        { day: 2, rules: ['restated', 'vanished', 'appeared'], perRule: 2 },
        { day: 3, rules: ['amount-adjusted', 'outcome-unknown', 'memo-total'], perRule: 1 },
      ],
    }),
  {
    firstDay: FIRST_DAY,
    dayCount: 5,
    missed: 3,
    again: 2,
    range: { after: 2, from: 1, to: 2 },
    judgedAgain: [4],
    accepted: [{ after: 1, day: 0, plantedBy: 'parent-status-stale/status-set-late' }],
  },
  (played) => {
    test('they list something new, open, acknowledged and resolved', () => {
      const lines = played().flatMap(({ found }) => found.discrepancies);
      for (const status of ['new', 'open', 'acknowledged', 'resolved']) {
        expect(lines.some((line) => line.includes(`: ${status} `))).toBe(true);
      }
    });
  },
);

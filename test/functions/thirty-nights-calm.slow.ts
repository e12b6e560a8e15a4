import { expect, test } from 'vitest';
import { livingWorld } from '../simulator/diary/living-world.ts';
import { nightsFacts } from './nights-facts.ts';
import { figuresOf } from './nights-figures.ts';

const SHOP = { seed: 12, firstDay: '2026-10-05', dayCount: 30 };

nightsFacts(
  'thirty nights of a shop in which nothing is wrong',
  () => livingWorld({ ...SHOP, rowsPerDay: 250, memosPerDay: 30, plantings: [] }),
  SHOP,
  (played) => {
    test('have no discrepancy, though thousands of values changed', () => {
      process.stdout.write(`\n${figuresOf(played())}\n`);
      expect(played().flatMap(({ found }) => found.discrepancies)).toEqual([]);
      const changes = played().flatMap(({ found }) => found.restatements);
      expect(changes.length).toBeGreaterThan(5_000);
      expect(changes.filter((line) => !line.includes(': lifecycle '))).toEqual([]);
    });
  },
);

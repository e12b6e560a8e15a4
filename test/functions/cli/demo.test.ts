import { expect, test } from 'vitest';
import { demoWorld } from '../../../functions/cli/demo.ts';
import type { Instant } from '../../../lib/model/instant.ts';

/** A fortnight of mornings: no two weekdays have as many rows. */
const MORNINGS = Array.from(
  { length: 14 },
  (_, days) => (Date.UTC(2026, 11, 20, 6, 15) + days * 86_400_000) as Instant,
);

test('on whatever day the demo is tried, its yesterday has rows that every fault fits', () => {
  for (const now of MORNINGS) expect(demoWorld(now).transactions.count).toBe(20_000);
});

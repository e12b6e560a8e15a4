import { test } from 'vitest';
import { readFileSync } from 'node:fs';
import type { Instant } from '../../lib/model/instant.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { openBooks } from './books.ts';
test('x', async () => {
  const world = createWorld({ start: Date.UTC(2026, 2, 1) as Instant, dayCount: 6, transactionCount: 42_000, fractions: true, oddities: true });
  const books = await openBooks({ world, asOf: Date.UTC(2026, 2, 20) as Instant, nastiness: { shuffleTies: true }, config: { timezone: 'America/New_York' } });
  const a = await books.night('a', { from: '2026-03-04' });
  const b = await books.night('b', { from: '2026-03-04', config: { concurrency: 1 } });
  const [x, y] = [a, b].map((n) => readFileSync(n.address + '/control-totals.csv', 'utf8').split('\r\n'));
  const xs = new Set(x), ys = new Set(y);
  console.log(x.length, y.length, x.filter((l) => !ys.has(l)).slice(0,4), y.filter((l) => !xs.has(l)).slice(0,4));
  x.forEach((l, i) => { if (l !== y[i]) { } });
  await books.close();
});

import { expect, test } from 'vitest';
import { cutShards, type ShardQuestion } from '../../functions/cut-shards.ts';
import { fc } from '../world/properties.ts';

const OPEN: ShardQuestion = {
  concurrency: 4,
  workerRows: 100_000,
  isThrottled: false,
  fruitless: 0,
};

const lanes = (count: number) => Array.from({ length: count }, (_, lane) => lane);
const widths = (rowCount: number, question: Partial<ShardQuestion> = {}) =>
  cutShards(lanes(40), rowCount, { ...OPEN, ...question }).map(({ concurrency }) => concurrency);

test.each<[string, number[], number, Partial<ShardQuestion>]>([
  ['a small period has one worker with all of the requests', [4], 90_000, {}],
  ['a period without rows has one worker too', [4], 0, {}],
  ['a larger one has more, that share them', [1, 1, 2], 300_000, { concurrency: 4 }],
  ['no worker is without a request', [1, 1, 1, 1], 9_000_000, {}],
  ['under a closed limit one goes on alone', [4], 9_000_000, { isThrottled: true }],
  [
    'where a window was too small it begins less',
    [2],
    9_000_000,
    { isThrottled: true, fruitless: 1 },
  ],
  ['but never nothing', [1], 9_000_000, { isThrottled: true, fruitless: 9 }],
])('%s', (_title, expected, rowCount, question) => {
  expect(widths(rowCount, question)).toEqual(expected);
});

test('every lane is dealt out once, and the requests at once are never more than the run has', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.nat(20_000_000),
      fc.integer({ min: 1, max: 8 }),
      fc.nat(4),
      (count, rowCount, concurrency, fruitless) => {
        const shards = cutShards(lanes(count), rowCount, { ...OPEN, concurrency, fruitless });
        const dealt = shards.flatMap((shard) => shard.lanes).sort((a, b) => a - b);
        expect(dealt).toEqual(lanes(count));
        const together = shards.reduce((sum, shard) => sum + shard.concurrency, 0);
        expect(together).toBeLessThanOrEqual(concurrency);
        expect(shards.every((shard) => shard.concurrency >= 1)).toBe(true);
      },
    ),
  );
});

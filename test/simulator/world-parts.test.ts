import { expect, test } from 'vitest';
import { createGroups } from '../../lib/simulator/groups.ts';
import { createIds } from '../../lib/simulator/ids.ts';
import { createPairing } from '../../lib/simulator/memo-runs.ts';
import { shuffle, unshuffle } from '../../lib/simulator/shuffle.ts';
import { createTimeline } from '../../lib/simulator/timeline.ts';
import { fc } from '../world/properties.ts';
import { day, START } from './seen.ts';

const seed = fc.integer();

test('a shuffle can be undone, whatever its width and key', () => {
  fc.assert(
    fc.property(fc.nat({ max: 30 }), seed, fc.nat(), (bits, key, number) => {
      const value = number % 2 ** bits;
      const shuffled = shuffle(value, bits, key);
      expect(shuffled).toBeGreaterThanOrEqual(0);
      expect(shuffled).toBeLessThan(2 ** bits);
      expect(unshuffle(shuffled, bits, key)).toBe(value);
    }),
  );
});

test('ids lead back to their number, and to none of another seed or prefix', () => {
  fc.assert(
    fc.property(seed, fc.nat({ max: 2 ** 30 - 1 }), (key, number) => {
      const id = createIds('txn_', key).of(number);
      expect(id).toMatch(/^txn_0Y[0-9A-HJKMNP-TV-Z]{24}$/);
      expect(createIds('txn_', key).numberOf(id)).toBe(number);
      expect(createIds('txn_', key + 1).numberOf(id)).toBeUndefined();
      expect(createIds('cus_', key).numberOf(id)).toBeUndefined();
    }),
  );
});

const timelines = fc
  .record({
    seed,
    rowCount: fc.nat({ max: 300 }),
    dayCount: fc.integer({ min: 1, max: 90 }),
    shape: fc.constantFrom('even' as const, 'lively' as const),
    fractions: fc.boolean(),
    denseSecond: fc.option(
      fc.record({ at: fc.constantFrom(day(0), day(5), day(200)), rowCount: fc.nat({ max: 50 }) }),
      { nil: undefined },
    ),
  })
  .map((options) => ({ options, timeline: createTimeline({ ...options, start: START }) }));

test('a timeline never goes back, and finds the first row of any instant', () => {
  fc.assert(
    fc.property(timelines, ({ options, timeline }) => {
      for (let index = 0; index < timeline.count; index++) {
        const at = timeline.createdAt(index);
        if (index > 0) expect(at).toBeGreaterThanOrEqual(timeline.createdAt(index - 1));
        const isDense = index >= timeline.denseFrom && index < timeline.denseTo;
        expect(isDense || (at >= START && at < day(options.dayCount))).toBe(true);
        expect(timeline.createdAt(timeline.firstAt(at))).toBe(at);
        expect(timeline.firstAt(at)).toBeLessThanOrEqual(index);
      }
    }),
  );
});

test('every row is in one group, with its own rows and none across a dense second', () => {
  fc.assert(
    fc.property(timelines, ({ options, timeline }) => {
      const groups = createGroups(options.seed, timeline, options.dayCount);
      for (let index = 0; index < timeline.count; index++) {
        const group = groups.of(index);
        expect(group.rows).toContain(index);
        expect(group.rows).toEqual(group.rows.toSorted((a, b) => a - b));
        expect(groups.at(group.number)).toEqual(group);
        for (const row of group.rows) {
          expect(groups.of(row).number).toBe(group.number);
          expect(row >= timeline.denseFrom).toBe(index >= timeline.denseFrom);
          expect(row >= timeline.denseTo).toBe(index >= timeline.denseTo);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('runs of memos and groups of transactions are paired once each', () => {
  fc.assert(
    fc.property(fc.nat({ max: 400 }), fc.nat({ max: 400 }), (runCount, groupCount) => {
      const pairing = createPairing(runCount, groupCount);
      const runs = Array.from({ length: runCount }, (_, run) => pairing.groupOf(run));
      const groups = runs.filter((group) => group !== undefined);
      expect(new Set(groups).size).toBe(groups.length);
      expect(groups.length).toBe(Math.min(runCount, groupCount));
      for (let group = 0; group < groupCount; group++) {
        expect(pairing.isPaired(group)).toBe(groups.includes(group));
      }
    }),
  );
});

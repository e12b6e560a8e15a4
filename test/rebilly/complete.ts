import { expect } from 'vitest';
import { Fault } from '../../lib/model/fault.ts';
import { parseTimestamp } from '../../lib/model/instant.ts';
import type { JsonObject } from '../../lib/model/records.ts';
import type { Nastiness } from '../../lib/simulator/nastiness.ts';
import { fc } from '../world/properties.ts';
import { FROM, open, readDay, TO } from './reading.ts';
import { nastiness, rowsOf, stretches } from './worlds.ts';

/** Every other world is read in one go, the rest by readers who are put off again and again. */
const advances = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined, freq: 2 });

/**
 * Reads so many seeded worlds, each under settings of its own, and holds every one: all of its rows
 * once and in order, or a fault with a reason that lies in the world.
 */
export async function readWorlds(count: number): Promise<void> {
  const ends = { whole: 0, faults: 0, rows: 0, denseSeconds: 0 };
  await fc.assert(
    fc.asyncProperty(
      stretches,
      nastiness,
      fc.integer(),
      advances,
      async (plan, nasty, seed, often) => {
        const rows = rowsOf(plan);
        const bench = await open({
          transactions: rows,
          simulator: { nastiness: nasty, seed },
          // Mishaps come two in a row; a hidden and a doubled row between them make six.
          source: { maxAttempts: 12 },
        });
        try {
          const { records, readings } = await readDay(bench.source, { advances: often });
          // Rows that nobody could see before the last request were not there.
          fc.pre(
            !nasty.lateRows || bench.simulator.requestCount > (nasty.lateUntilRequest ?? 0) + 2,
          );
          expect(records.map(({ id }) => id)).toEqual(idsWithin(rows));
          for (const reading of readings) {
            expect(reading.received).toBe(reading.countedBefore);
            expect(reading.received).toBe(reading.countedAfter);
          }
          ends.whole += 1;
          ends.rows += records.length;
          ends.denseSeconds += readings.flatMap(({ denseSeconds }) => denseSeconds).length;
        } catch (error) {
          if (!(error instanceof Fault)) throw error;
          expect(excuseFor(error, rows, nasty), error.line).not.toBe('none');
          ends.faults += 1;
        } finally {
          await bench.close();
        }
      },
    ),
    { numRuns: count, seed: 20_261_120 },
  );
  // The property would hold of a reader that gives up each time.
  expect(ends.whole).toBeGreaterThan(ends.faults * 10);
  expect(ends.rows).toBeGreaterThan(count * 500);
  expect(ends.denseSeconds).toBeGreaterThan(count / 10);
}

/** What a whole reading shows: the day's rows by createdTime, then id. */
function idsWithin(rows: readonly JsonObject[]): string[] {
  return rows
    .map(({ id, createdTime }) => ({ id: String(id), ...parseTimestamp(String(createdTime))! }))
    .filter(({ second }) => second >= FROM && second < TO)
    .sort((a, b) => {
      const [x, y] = [a, b].map((row) => `${row.second}.${row.fraction.padEnd(9, '0')}`);
      return x! < y! ? -1 : x! > y! ? 1 : a.id < b.id ? -1 : 1;
    })
    .map(({ id }) => id);
}

/** Why a reading may end with this fault; 'none' makes it a defect. */
function excuseFor({ code }: Fault, rows: readonly JsonObject[], nasty: Partial<Nastiness>) {
  const densest = mostWithinOneSecond(rows);
  const { totalCap = Infinity, lateRows = 0 } = nasty;
  if (code === 'INCOMPLETE' && lateRows > 0) return 'rows came after their lane was proven';
  if (code !== 'SECOND_TOO_DENSE' && code !== 'INCOMPLETE') return 'none';
  if (densest >= totalCap) return 'what one second counts is capped';
  return densest > 2000 && code === 'SECOND_TOO_DENSE' ? 'more than two pages alike' : 'none';
}

function mostWithinOneSecond(rows: readonly JsonObject[]): number {
  const counts = new Map<string, number>();
  for (const { createdTime } of rows) {
    const second = String(createdTime).slice(0, 19);
    counts.set(second, (counts.get(second) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}

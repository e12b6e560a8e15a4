import { expect } from 'vitest';
import type { Config } from '../../lib/config.ts';
import type { Instant } from '../../lib/model/instant.ts';
import type { RunEvent } from '../../lib/model/run-event.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { type Books, type NightOptions, openBooks, UNJUDGED } from './books.ts';

/** A day of some lanes, in a world that stands still. */
export const DAY = '2026-03-04';

export function openStandingBooks(config?: Partial<Config>): Promise<Books> {
  const start = Date.UTC(2026, 2, 3) as Instant;
  const world = createWorld({ start, dayCount: 3, transactionCount: 16_500, oddities: true });
  return openBooks({
    world,
    asOf: Date.UTC(2026, 2, 20) as Instant,
    config: { ...UNJUDGED, laneRows: 2_000, concurrency: 2, ...config },
    latencyMs: 2,
  });
}

/** A run that breaks off once two lanes are done, as on a machine that fails. */
export async function breakOff(
  books: Books,
  dest: string,
  options: Partial<NightOptions> = {},
): Promise<void> {
  const breaking = { from: DAY, onEvent: breakAt('lane-done', 2), ...options };
  await expect(books.night(dest, breaking)).rejects.toThrow('The machine broke.');
}

function breakAt(type: RunEvent['type'], times: number): (event: RunEvent) => void {
  let seen = 0;
  return (event) => {
    seen += event.type === type ? 1 : 0;
    if (seen === times) throw new Error('The machine broke.');
  };
}

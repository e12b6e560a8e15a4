import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Config } from '../../../lib/config.ts';
import type { Instant } from '../../../lib/model/instant.ts';
import { createWorld } from '../../../lib/simulator/world.ts';
import { type Books, clockAt, openBooks, UNJUDGED } from '../books.ts';
import { DAY } from '../broken-run.ts';
import { type Cloud, openCloud, startRunner, tablesOf } from './cloud.ts';
import type { Place } from './place.ts';

/** The morning after `DAY`. */
export const NOW = '2026-03-05T06:00:00Z';

/** Nights on AWS that are kept somewhere, and the same night on a laptop. */
export interface KeptNights {
  readonly cloud: Cloud;
  /** A destination of its own. */
  dest(name: string): string;
  /** The tables that the command line writes to a directory. */
  readonly laptop: Readonly<Record<string, string>>;
}

/** Opened before the tests of the file that calls it, and closed after them. */
export function keptNights(
  place: Place,
  openTheBooks: () => Promise<Books> = openSmallBooks,
): KeptNights {
  const closing: (() => Promise<void>)[] = [];
  let cloud: Cloud;
  let laptop: Record<string, string>;

  beforeAll(async () => {
    closing.unshift(await startRunner());
    const books = await openTheBooks();
    closing.unshift(books.close);
    cloud = await openCloud(books, { now: NOW, config: { catchUpDays: 0 } });
    closing.unshift(cloud.close);
    closing.unshift(await place.open());
    const night = await books.night('laptop', { from: DAY, clock: clockAt(NOW) });
    laptop = await tablesOf(night.address);
  }, 180_000);

  afterAll(async () => {
    for (const close of closing) await close();
  });

  return {
    dest: place.dest,
    get cloud() {
      return cloud;
    },
    get laptop() {
      return laptop;
    },
  };
}

export function openSmallBooks(config: Partial<Config> = UNJUDGED): Promise<Books> {
  const start = Date.UTC(2026, 2, 3) as Instant;
  return openBooks({
    world: createWorld({ start, dayCount: 3, transactionCount: 900, oddities: true }),
    asOf: Date.UTC(2026, 2, 20) as Instant,
    config,
  });
}

export function keepsThePlainNight(nights: KeptNights): void {
  test('a plain night equals, byte for byte, what the command line writes to a directory', async () => {
    const dest = nights.dest('plain');
    const result = await nights.cloud.start(dest);
    const { address } = result.getResult()![0]!.run!;
    expect(address).toContain(`${nights.cloud.at(dest)}/organization=org_simulated/period=`);
    expect(await tablesOf(address)).toEqual(nights.laptop);
  });
}

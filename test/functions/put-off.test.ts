import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { periodAsked } from '../../functions/cli/workplace.ts';
import { nightStations } from '../../functions/night-stations.ts';
import { nightly } from '../../functions/nightly.ts';
import { makeSnapshot, type Snapshot } from '../../functions/snapshot.ts';
import type { Clock, Instant } from '../../lib/model/instant.ts';
import type { RunEvent } from '../../lib/model/run-event.ts';
import { localWorkflow } from '../../lib/workflow.ts';
import { atWork, type Books, clockAt, digestsOf, rowsOf } from './books.ts';
import { DAY, openStandingBooks } from './broken-run.ts';

const NOW = '2026-03-10T06:00:00Z';
const DEADLINE = (Date.parse(NOW) + 60_000) as Instant;

let books: Books;
let undisturbed: string;

beforeAll(async () => {
  books = await openStandingBooks();
  undisturbed = (await books.night('undisturbed', { from: DAY })).address;
});

afterAll(() => books.close());

interface ShortNight {
  /** After so many requests the time of a worker is up. */
  readonly requests: number;
  readonly onEvent?: (event: RunEvent) => void;
  /** Before a worker, from the second on. */
  readonly between?: () => Promise<void>;
}

/** A night of workers who have little time each. */
async function shortNight(
  { simulator, config, at }: Books,
  dest: string,
  { requests, between, onEvent = () => {} }: ShortNight,
): Promise<Snapshot & { readonly workers: number }> {
  const settings = { ...config, dest: at(dest) };
  const clock = clockAt(NOW);
  let workers = 0;

  /** A worker's clock: its time is up once it has asked so often. */
  function shortClock(): Clock {
    const begun = simulator.requestCount;
    const isUp = () => simulator.requestCount - begun >= requests;
    return { ...clock, now: () => (isUp() ? ((DEADLINE + 1) as Instant) : clock.now()) };
  }

  const snapshot = await atWork(settings, { clock, onEvent }, (station) => {
    const stations = nightStations(station, makeSnapshot);
    const extract: typeof stations.extract = async (task) => {
      if (workers > 0) await between?.();
      workers += 1;
      const patience = { longestWaitMs: 5_000, deadline: DEADLINE };
      return atWork(settings, { clock: shortClock(), onEvent, patience }, (own) =>
        nightStations(own, makeSnapshot).extract(task),
      );
    };
    const period = periodAsked(station.settings, { from: DAY, to: DAY }, clock.now());
    return nightly(
      localWorkflow({ ...stations, extract }, async () => {}),
      { period, force: false, isNight: true, resume: false },
      { concurrency: 2, workerRows: Infinity, throttleMs: 3_600_000, mostFailures: 0 },
    );
  });
  return { ...snapshot, workers };
}

test.each([1, 3, 5])(
  'lanes are read on where time was up, after every %i requests: the same bytes, nothing twice',
  async (requests) => {
    const asked = books.simulator.requestCount;
    const night = await shortNight(books, `short ${requests}`, { requests });
    expect(await digestsOf(night.address)).toEqual(await digestsOf(undisturbed));
    const pages = books.simulator.requests
      .slice(asked - books.simulator.requestCount)
      .filter(({ query }) => query['limit'] === '1000' && query['sort'] === 'createdTime')
      .map(({ path, query }) => `${path} ${query['filter']}`);
    expect(pages).toEqual([...new Set(pages)]);
    expect(night.workers).toBeGreaterThan(1);
  },
);

/** Its one lane is under way when a worker's time is up. */
const ONE_LANE = { laneRows: 10_000, concurrency: 1 };

test('a lane that moved before it was taken up is read again, from its start', async () => {
  const moving = await openStandingBooks(ONE_LANE);
  moving.simulator.setAsOf(Date.UTC(2026, 2, 4, 20) as Instant);
  const again: RunEvent[] = [];
  const note = (event: RunEvent) => void (event.type === 'lane-again' && again.push(event));
  const night = shortNight(moving, 'moving', {
    requests: 3,
    between: async () => moving.simulator.setAsOf(Date.UTC(2026, 2, 20) as Instant),
    onEvent(event) {
      note(event);
      if (event.type === 'lane-again') throw new Error('The machine broke.');
    },
  });
  await expect(night).rejects.toThrow('The machine broke.');
  expect(again).toMatchObject([{ collection: 'transactions', index: 0, reading: 2 }]);

  // From its start, too, where the one who noticed did not live to read it.
  const clock = clockAt(NOW);
  const resumed = { from: DAY, clock, resume: true, onEvent: note };
  const { address, manifest } = await moving.night('moving', resumed);
  expect(again).toHaveLength(1);
  expect(manifest.proof[0]).toMatchObject({ collection: 'transactions', readings: 2 });
  const ids = async (snapshot: string) =>
    (await rowsOf(snapshot, 'transactions.csv')).map(({ id }) => id);
  expect(await ids(address)).toEqual(await ids(undisturbed));
  await moving.close();
});

test('what tells how far a lane was read is no good once it is damaged', async () => {
  const night = shortNight(books, 'damaged', {
    requests: 3,
    async between() {
      const progress = (await books.parts('damaged')).find((name) => /progress\.json$/.test(name));
      const path = join(books.at('damaged'), progress!);
      await writeFile(path, (await readFile(path, 'utf8')).replace('"kept":', '"kepT":'));
    },
  });
  await expect(night).rejects.toMatchObject({ code: 'PART_DAMAGED' });
  expect(await books.published('damaged')).toEqual([]);
});

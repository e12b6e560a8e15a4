import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { periodAsked } from '../../functions/cli/workplace.ts';
import { localNight, type Night } from '../../functions/local-night.ts';
import { openStore } from '../../functions/open-store.ts';
import { withScratch } from '../../functions/scratch.ts';
import { openSource, type Station } from '../../functions/station.ts';
import { type Config, loadConfig, settle } from '../../lib/config.ts';
import type { Clock, Instant } from '../../lib/model/instant.ts';
import type { RunEvent } from '../../lib/model/run-event.ts';
import type { Patience } from '../../lib/rebilly/postponed.ts';
import { ROSTER } from '../../lib/reconcile/roster.ts';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../lib/simulator/server.ts';

import { type Outcome, typed } from '../world/command-line.ts';

export const KEY = 'sk_simulated_0123456789';
export const ENV = { REBILLY_API_KEY: KEY };

/** What is read is not judged: for tests of reading and writing, since judging takes most of a night. */
export const UNJUDGED: Pick<Config, 'rules'> = {
  rules: Object.fromEntries(ROSTER.map(({ id }) => [id, { enabled: false }])),
};

/** Time goes on as it does, so that the simulator's answers and our waits agree. */
export const REAL_CLOCK: Clock = {
  now: () => Date.now() as Instant,
  wait: (waitMs) => sleep(waitMs),
};

/** A clock that always shows the same instant: every run on it begins then. */
export function clockAt(text: string): Clock {
  return standing(Date.parse(text) as Instant);
}

function standing(instant: Instant): Clock {
  return { now: () => instant, wait: (waitMs) => sleep(waitMs) };
}

export interface NightOptions {
  readonly from: string;
  readonly to?: string;
  readonly config?: Partial<Config>;
  readonly clock?: Clock;
  readonly force?: boolean;
  /** A day that somebody named; without it a single day is run as the night. */
  readonly byHand?: boolean;
  readonly resume?: boolean;
  readonly onEvent?: (event: RunEvent) => void;
}

/** A simulated organization, and a folder that receives its books. */
export interface Books {
  readonly simulator: Simulator;
  readonly folder: string;
  /** The configuration of these books, but for where they go. */
  readonly config: Partial<Config>;
  /** A place below the folder. */
  at(name: string): string;
  /** A run in this process, a minute after the one before it, or on a clock of the test's. */
  night(dest: string, options: NightOptions): Promise<Night>;
  /** The flags of a command line that point at these books. */
  flags(dest: string): string[];
  /** A command line typed at these books. */
  type(dest: string, args: readonly string[]): Promise<Outcome>;
  /** Files of interrupted runs, by their path below `dest`. */
  parts(dest: string): Promise<string[]>;
  /** Files that look published. */
  published(dest: string): Promise<string[]>;
  close(): Promise<void>;
}

export interface BooksOptions extends Omit<SimulatorOptions, 'apiKey' | 'clock'> {
  readonly asOf: Instant;
  readonly config?: Partial<Config>;
}

export async function openBooks(options: BooksOptions): Promise<Books> {
  const { config = {}, ...simulated } = options;
  const { asOf } = options;
  let minutes = 0;
  const folder = await mkdtemp(join(tmpdir(), 'tieout-books-'));
  const simulator = await startSimulator({ ...simulated, apiKey: KEY, clock: REAL_CLOCK });
  const { organizationId } = options.world;
  const common = { organizationId, baseUrl: simulator.baseUrl, maxAttempts: 3, ...config };
  const configFile = join(folder, 'books.json');
  await writeFile(configFile, JSON.stringify(common));
  const at = (name: string): string => join(folder, name);
  const flags = (dest: string): string[] => ['--config', configFile, '--dest', at(dest)];
  return {
    simulator,
    folder,
    config: common,
    at,
    flags,
    night(dest, asked) {
      minutes += 1;
      const clock = standing((asOf + minutes * 60_000) as Instant);
      return runNight({ ...common, dest: at(dest), ...asked.config }, { clock, ...asked });
    },
    type: (dest, [command = '', ...rest]) =>
      typed([command, ...flags(dest), ...rest], { env: ENV }),
    parts: (dest) => filesWithin(at(dest), `organization=${organizationId}/parts/`),
    published: (dest) => filesWithin(at(dest), `organization=${organizationId}/period=`),
    async close() {
      await simulator.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function runNight(
  config: Partial<Config>,
  asked: NightOptions & { readonly clock: Clock },
): Promise<Night> {
  const { from, to = from, clock } = asked;
  return atWork(config, asked, (station) =>
    localNight(station, {
      period: periodAsked(station.settings, { from, to }, clock.now()),
      force: asked.force === true,
      isNight: asked.byHand !== true && from === to,
      resume: asked.resume === true,
    }),
  );
}

export interface WorkOptions extends Pick<NightOptions, 'onEvent'> {
  readonly clock: Clock;
  readonly patience?: Patience;
}

/** Lends some work what a step of a run works with. */
export async function atWork<Result>(
  config: Partial<Config>,
  { clock, onEvent: report = () => undefined, patience }: WorkOptions,
  work: (station: Station) => Promise<Result>,
): Promise<Result> {
  const { baseUrl } = config;
  const settings = settle(loadConfig(JSON.stringify(config), 'the test'), {}, { baseUrl });
  const needs = { clock, random: () => 0.5, apiKey: KEY, report, ...(patience && { patience }) };
  const source = openSource(settings, needs);
  try {
    const store = await openStore(settings.dest);
    return await withScratch((scratch) =>
      work({ settings, clock, source, store, report, scratch }),
    );
  } finally {
    await source.close();
  }
}

/** Every file below a folder, drafts and parts too, by its path from there; none where it is not. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => relative(folder, join(entry.parentPath, entry.name))).sort();
}

async function filesWithin(folder: string, prefix: string): Promise<string[]> {
  return (await filesBelow(folder)).filter((name) => name.startsWith(prefix));
}

/** These tell what was so when the run began: another run of the same data may say something else. */
const JUDGED = ['discrepancies.csv', 'readiness.csv', 'restatements.csv'];

/** SHA-256 by name of the files of a snapshot that are the same for the same data. */
export async function digestsOf(snapshot: string): Promise<Record<string, string>> {
  const names = (await filesBelow(snapshot)).filter(
    (name) => name.endsWith('.csv') && !JUDGED.includes(name),
  );
  const digests = names.map(async (name) => {
    const bytes = await readFile(join(snapshot, name));
    return [name, createHash('sha256').update(bytes).digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(digests));
}

export type CsvRow = Readonly<Record<string, string>>;

/** The rows of a file of a snapshot, as another program reads them. */
export async function rowsOf(snapshot: string, name: string): Promise<CsvRow[]> {
  const text = await readFile(join(snapshot, name), 'utf8');
  return parse(text, { bom: true, columns: true, record_delimiter: '\r\n' });
}

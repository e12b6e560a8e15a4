import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Manifest } from '../../lib/contract.ts';
import { TIEOUT } from '../world/command-line.ts';
import { DAY, ORGANIZATION } from './day.ts';

/** A program that exports the day's transactions as CSV. */
interface Contestant {
  readonly title: string;
  /** Script and arguments for Node. */
  args(baseUrl: string, folder: string): readonly string[];
  /** What it left, from what it printed. */
  yielded(folder: string, stdout: string): Promise<Yield>;
}

interface Yield {
  /** CSV files of transactions. */
  readonly files: readonly string[];
  /** Lanes that Tieout read; the scripts have none. */
  readonly laneCount?: number;
}

export const CONTESTANTS = {
  tieout8: reading(8),
  tieout4: reading(4),
  night4: night(4),
  fetch8: script('fetch × 8 + csv-stringify stream', 'fetch8.ts'),
  sequential: script('fetch in sequence + csv-stringify/sync', 'sequential.ts'),
} as const satisfies Record<string, Contestant>;

export type ContestantName = keyof typeof CONTESTANTS;
export const CONTESTANT_NAMES = Object.keys(CONTESTANTS) as readonly ContestantName[];

const READING = join(import.meta.dirname, 'reading.ts');

/** The program's first line says with what settings of V8 it is started. */
const V8_FLAGS = readFileSync(TIEOUT, 'utf8').split('\n', 1)[0]!.split(' ').slice(3);

/** All that the scripts do and more: plan, proofs, totals, checksums; everything before the rules. */
function reading(concurrency: number): Contestant {
  return {
    title: `tieout, reading, concurrency ${concurrency}`,
    args: (baseUrl, folder) => [...V8_FLAGS, READING, ...flags(baseUrl, folder, concurrency)],
    yielded: async (_folder, stdout) => JSON.parse(stdout) as Yield,
  };
}

/** The real program, its whole main job: judging and the report included. */
function night(concurrency: number): Contestant {
  return {
    title: `tieout run, the whole night, concurrency ${concurrency}`,
    args: (baseUrl, folder) => [
      ...[...V8_FLAGS, TIEOUT, 'run', ...flags(baseUrl, folder, concurrency)],
      ...['--quiet', '--json'],
    ],
    async yielded(_folder, stdout) {
      const { address } = JSON.parse(stdout) as { address: string };
      const text = await readFile(join(address, 'manifest.json'), 'utf8');
      const { files, proof } = JSON.parse(text) as Manifest;
      const tables = files.filter(({ table }) => table === 'transactions');
      return { files: tables.map(({ name }) => join(address, name)), laneCount: proof.length };
    },
  };
}

function flags(baseUrl: string, folder: string, concurrency: number): readonly string[] {
  return [
    ...['--date', DAY, '--organization', ORGANIZATION, '--base-url', baseUrl],
    ...['--dest', join(folder, 'snapshots'), '--concurrency', `${concurrency}`],
  ];
}

function script(title: string, name: string): Contestant {
  const fileOf = (folder: string) => join(folder, 'transactions.csv');
  return {
    title,
    args: (baseUrl, folder) => [join(import.meta.dirname, name), baseUrl, fileOf(folder)],
    yielded: async (folder) => ({ files: [fileOf(folder)] }),
  };
}

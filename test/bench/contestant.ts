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
  tieout8: tieout(8),
  tieout4: tieout(4),
  fetch8: script('fetch × 8 + csv-stringify stream', 'fetch8.ts'),
  sequential: script('fetch in sequence + csv-stringify/sync', 'sequential.ts'),
} as const satisfies Record<string, Contestant>;

export type ContestantName = keyof typeof CONTESTANTS;
export const CONTESTANT_NAMES = Object.keys(CONTESTANTS) as readonly ContestantName[];

/** The program's first line says with what settings of V8 it is started. */
const V8_FLAGS = readFileSync(TIEOUT, 'utf8').split('\n', 1)[0]!.split(' ').slice(3);

/** The real program, its whole main job: proofs, totals, checksums and publishing included. */
function tieout(concurrency: number): Contestant {
  return {
    title: `tieout run --concurrency ${concurrency}`,
    args: (baseUrl, folder) => [
      ...[
        ...V8_FLAGS,
        TIEOUT,
        'run',
        '--date',
        DAY,
        '--organization',
        ORGANIZATION,
        '--base-url',
        baseUrl,
      ],
      ...['--dest', join(folder, 'snapshots'), '--concurrency', `${concurrency}`],
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

function script(title: string, name: string): Contestant {
  const fileOf = (folder: string) => join(folder, 'transactions.csv');
  return {
    title,
    args: (baseUrl, folder) => [join(import.meta.dirname, name), baseUrl, fileOf(folder)],
    yielded: async (folder) => ({ files: [fileOf(folder)] }),
  };
}

import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ran, ran } from './child.ts';
import type { Judged } from './speed.ts';
import { writeSynthetic } from './synthetic.ts';

/** One judging of more rows than its memory holds. */
export interface Memory {
  readonly rowCount: number;
  readonly memoryLimit: string;
  readonly rules: Ran;
  readonly fileMiB: number;
  readonly discrepancyCount: number;
  readonly errors: readonly string[];
}

/** DuckDB's share of three GiB: buffers of CSV files, hash tables' heads and Node come on top. */
const LIMITS = { memoryLimit: '1750MB', threadCount: 2 } as const;

/** Writes that many transactions and allocations, has them judged, and removes them. */
export async function memoryOf(rowCount: number): Promise<Memory> {
  const folder = await mkdtemp(join(tmpdir(), 'tieout-bench-rules-'));
  try {
    await writeSynthetic(folder, rowCount);
    const names = (await readdir(folder)).filter((name) => name.endsWith('.csv'));
    const sizes = await Promise.all(names.map((name) => stat(join(folder, name))));
    const rules = await ran('judge-process.ts', folder, LIMITS);
    const { discrepancyCount, errors } = rules.told as Judged;
    return {
      rowCount,
      memoryLimit: LIMITS.memoryLimit,
      rules,
      fileMiB: sizes.reduce((sum, { size }) => sum + size, 0) / 2 ** 20,
      discrepancyCount,
      errors,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

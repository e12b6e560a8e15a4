import type { Config } from '../lib/config.ts';
import type { DatabaseLimits } from '../lib/reconcile/duckdb.ts';

/** Reading CSV is most of the work; each further thread holds a further piece of it in memory. */
const THREAD_COUNT = 2;

/** How much of the machine judging may take; what needs more memory is spilled into the folder. */
export function databaseLimits(
  { memoryLimit }: Pick<Config, 'memoryLimit'>,
  spillDirectory: string,
): DatabaseLimits {
  return { memoryLimit, spillDirectory, threadCount: THREAD_COUNT };
}

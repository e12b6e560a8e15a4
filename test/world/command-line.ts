import { execFile } from 'node:child_process';
import { join } from 'node:path';

const TIEOUT = join(import.meta.dirname, '../../functions/cli/tieout.ts');

/** A command that hangs fails its test with what it had printed. */
const MAX_MS = 60_000;

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real command line in a process of its own, with no environment but the given one. */
export function tieout(
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  execFile(
    process.execPath,
    [TIEOUT, ...args],
    { ...options, env: options.env ?? {}, timeout: MAX_MS },
    (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ exitCode, stdout, stderr });
    },
  );
  return promise;
}

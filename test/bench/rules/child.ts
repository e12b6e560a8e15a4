import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { USAGE_FILE, type Usage } from '../meter.ts';

const METER = new URL('../meter.ts', import.meta.url).href;
/** Often enough to see the height of what is spilled within a tenth of a second's writing. */
const LOOK_MS = 200;

/** A program that was run in a process of its own. */
export interface Ran extends Usage {
  /** From starting the process to its end. */
  readonly wallS: number;
  /** The most that the watched folder held. */
  readonly spillMiB: number;
  /** What it printed, as JSON. */
  readonly told: unknown;
}

/** Runs a script of this folder, and watches how much it writes into its spill folder. */
export async function ran(
  script: string,
  folder: string,
  options: Readonly<Record<string, string | number>>,
): Promise<Ran> {
  const usageFile = join(folder, 'usage');
  const spill = join(folder, 'spill');
  const startedMs = performance.now();
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, script), JSON.stringify({ ...options, folder, spill })],
    {
      env: { [USAGE_FILE]: usageFile, NODE_OPTIONS: `--import=${METER}` },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let spillBytes = 0;
  const watch = setInterval(async () => {
    spillBytes = Math.max(spillBytes, await bytesIn(spill));
  }, LOOK_MS);
  const exit = once(child, 'exit').then(([exitCode]) => ({
    exitCode,
    wallS: (performance.now() - startedMs) / 1000,
  }));
  const [{ exitCode, wallS }, stdout] = await Promise.all([exit, text(child.stdout)]);
  clearInterval(watch);
  if (exitCode !== 0) throw new Error(`${script} ended with ${exitCode}.`);
  const usage = JSON.parse(await readFile(usageFile, 'utf8')) as Usage;
  await rm(usageFile);
  return { ...usage, wallS, spillMiB: spillBytes / 2 ** 20, told: JSON.parse(stdout) };
}

/** Files come and go while they are looked at. */
async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = names.map((name) =>
    stat(join(folder, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

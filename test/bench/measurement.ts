import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ENVIRONMENT } from '../../lib/contract.ts';
import type { Api } from './api.ts';
import { census } from './census.ts';
import { CONTESTANTS, type ContestantName } from './contestant.ts';
import { API_KEY } from './day.ts';
import { USAGE_FILE, type Usage } from './meter.ts';
import type { Scenario } from './scenario.ts';

const METER = new URL('meter.ts', import.meta.url).href;

/** One run of one program. */
export interface Measurement extends Usage {
  readonly scenario: Scenario;
  readonly contestant: ContestantName;
  /** From starting the process to its end. */
  readonly wallS: number;
  readonly requestCount: number;
  /** What the simulated API used meanwhile; near the wall time it would be the API that was measured. */
  readonly apiCpuS: number;
  /** Whether the files hold every row of the world, each once. */
  readonly isComplete: boolean;
  readonly laneCount: number | undefined;
}

export async function measure(
  api: Api,
  scenario: Scenario,
  contestant: ContestantName,
): Promise<Measurement> {
  const { args, yielded } = CONTESTANTS[contestant];
  const folder = await mkdtemp(join(tmpdir(), 'tieout-bench-'));
  try {
    const before = await api.spent();
    const { stdout, ...used } = await run(args(api.baseUrl, folder), folder);
    const after = await api.spent();
    const { files, laneCount } = await yielded(folder, stdout);
    const { rowCount, distinctCount } = await census(files);
    return {
      scenario,
      contestant,
      ...used,
      requestCount: after.requestCount - before.requestCount,
      apiCpuS: after.cpuS - before.cpuS,
      isComplete: rowCount === scenario.rowCount && distinctCount === scenario.rowCount,
      laneCount,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Runs a script in a process of its own, with nothing in its environment but the key. */
async function run(
  args: readonly string[],
  cwd: string,
): Promise<Usage & { readonly stdout: string; readonly wallS: number }> {
  const usageFile = join(cwd, 'usage');
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, {
    cwd,
    env: {
      [ENVIRONMENT.apiKey]: API_KEY,
      [USAGE_FILE]: usageFile,
      NODE_OPTIONS: `--import=${METER}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit').then(([exitCode]) => ({
    exitCode,
    wallS: (performance.now() - startedMs) / 1000,
  }));
  const [{ exitCode, wallS }, stdout] = await Promise.all([exit, text(child.stdout)]);
  if (exitCode !== 0) throw new Error(`node ${args.join(' ')} ended with ${exitCode}.`);
  return { ...added(await readFile(usageFile, 'utf8')), stdout, wallS };
}

/** A program that starts another one answers for both. */
function added(lines: string): Usage {
  const usages = lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Usage);
  return {
    cpuS: usages.reduce((sum, { cpuS }) => sum + cpuS, 0),
    peakMiB: usages.reduce((sum, { peakMiB }) => sum + peakMiB, 0),
  };
}

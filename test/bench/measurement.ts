import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ENVIRONMENT } from '../../lib/contract.ts';
import type { Api } from './api.ts';
import { census } from './census.ts';
import { CONTESTANTS, type ContestantName } from './contestant.ts';
import { API_KEY } from './day.ts';
import type { Usage } from './meter.ts';
import type { Scenario } from './scenario.ts';

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
  const meter = join(import.meta.dirname, 'meter.ts');
  const startedMs = performance.now();
  const child = spawn(process.execPath, ['--import', meter, ...args], {
    cwd,
    env: { [ENVIRONMENT.apiKey]: API_KEY },
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const exit = once(child, 'exit').then(([exitCode]) => ({
    exitCode,
    wallS: (performance.now() - startedMs) / 1000,
  }));
  const said = [child.stdout!, child.stdio[3] as Readable].map((stream) => text(stream));
  const [{ exitCode, wallS }, stdout = '', usage = ''] = await Promise.all([exit, ...said]);
  if (exitCode !== 0) throw new Error(`node ${args.join(' ')} ended with ${exitCode}.`);
  return { ...(JSON.parse(usage) as Usage), stdout, wallS };
}

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { main } from '../../functions/cli/program.ts';
import { createRuntime } from '../../functions/runtime.ts';
import type { Clock } from '../../lib/model/instant.ts';
import { type FakeHost, fakeHost } from './host.ts';

export const TIEOUT = join(import.meta.dirname, '../../functions/cli/tieout.ts');

/** A command that hangs fails its test with what it had printed. */
const MAX_MS = 60_000;

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line as the program would, in this process: the machine alone is not the real one. */
export async function typed(
  args: readonly string[],
  options: {
    readonly env?: NodeJS.ProcessEnv;
    readonly isTerminal?: boolean;
    /** Instead of the machine's, where a command waits. */
    readonly clock?: Clock;
    readonly meanwhile?: (world: FakeHost) => void;
  } = {},
): Promise<Outcome> {
  const { env = {}, isTerminal = false } = options;
  const world = fakeHost({ env, isTerminal });
  const runtime = createRuntime(world.host);
  const running = main(args, options.clock ? { ...runtime, clock: options.clock } : runtime);
  options.meanwhile?.(world);
  const exitCode = await running;
  return { exitCode, stdout: world.printed('stdout'), stderr: world.printed('stderr') };
}

/** Runs the real program in a process of its own, with no environment but the given one. */
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

export interface Ending {
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The lines of stderr. */
  readonly lines: readonly string[];
}

/** Runs the real program, and sends it one signal, as soon as a line of its log asks for that. */
export async function tieoutUntil(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  signalAt: (line: string) => NodeJS.Signals | undefined,
): Promise<Ending> {
  const stdio = ['ignore', 'ignore', 'pipe'] as const;
  const child = spawn(process.execPath, [TIEOUT, ...args], { env, stdio: [...stdio] });
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const lines: string[] = [];
  let sent: NodeJS.Signals | undefined;
  for await (const line of createInterface({ input: child.stderr! })) {
    lines.push(line);
    if (sent !== undefined) continue;
    sent = signalAt(line);
    if (sent !== undefined) child.kill(sent);
  }
  const [exitCode, signal] = await ended;
  return { exitCode, signal, lines };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { TIEOUT } from './command-line.ts';

/** `tieout simulate` in a process of its own, as a user has it in a second terminal. */
export interface Simulation {
  readonly baseUrl: string;
  /** Ctrl-C; resolves to the exit code. */
  stop(): Promise<number | null>;
}

export async function simulate(...flags: readonly string[]): Promise<Simulation> {
  const args = [TIEOUT, 'simulate', '--port', '0', ...flags];
  const child = spawn(process.execPath, args, { env: {}, stdio: ['ignore', 'pipe', 'inherit'] });
  return { baseUrl: await addressOf(child), stop: () => stop(child) };
}

async function addressOf(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const address = /http:\S+/.exec(line)?.[0];
    if (address !== undefined) return address;
  }
  throw new Error('The simulator ended before it said where it is.');
}

async function stop(child: ChildProcess): Promise<number | null> {
  const exit = once(child, 'exit');
  child.kill('SIGINT');
  const [exitCode] = (await exit) as [number | null];
  return exitCode;
}

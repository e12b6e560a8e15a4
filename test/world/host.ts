import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Host } from '../../functions/runtime.ts';

/** A machine for the runtime to stand on: its streams are kept, its signals are sent by the test. */
export interface FakeHost {
  readonly host: Host;
  readonly stdout: PassThrough;
  readonly stderr: PassThrough;
  /** What went to a stream since the last look. */
  printed(stream: 'stdout' | 'stderr'): string;
  signal(name: 'SIGINT' | 'SIGTERM'): void;
  readonly exits: readonly number[];
}

export function fakeHost(
  options: { readonly env?: NodeJS.ProcessEnv; readonly isTerminal?: boolean } = {},
): FakeHost {
  const streams = { stdout: roomy(), stderr: roomy() };
  const signals = new EventEmitter();
  const exits: number[] = [];
  const terminal = options.isTerminal === true ? { isTTY: true, columns: 80 } : {};
  const host = {
    env: options.env ?? {},
    stdout: Object.assign(streams.stdout, terminal),
    stderr: Object.assign(streams.stderr, terminal),
    on: signals.on.bind(signals),
    exit: (code: number) => exits.push(code),
  };
  return {
    host: host as unknown as Host,
    ...streams,
    printed: (stream) => String(streams[stream].read() ?? ''),
    signal: (name) => void signals.emit(name, name),
    exits,
  };
}

/** What was printed is looked at in the end: until then nothing may wait for a reader. */
function roomy(): PassThrough {
  return new PassThrough({ highWaterMark: 64 * 1024 * 1024 });
}

import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENVIRONMENT } from '../lib/contract.ts';
import { Fault } from '../lib/model/fault.ts';
import type { Clock, Instant } from '../lib/model/instant.ts';

/** Waits that may stand at once: eight requests and the queue behind them, with room to spare. */
const MAX_WAITS = 100;

/** The parts of `process` that Tieout uses. */
export type Host = Pick<NodeJS.Process, 'env' | 'stdout' | 'stderr' | 'exit' | 'on'>;

/** A stream for people or programs. Whatever leaves through it has lost the API key on its way. */
export interface Outlet {
  /** Columns are known and the cursor can be moved. */
  readonly isTerminal: boolean;
  readonly columnCount: number;
  write(text: string): void;
}

/** All that a run takes from the machine: nothing else reads its clock, its secrets, its chance. */
export interface Runtime {
  readonly clock: Clock;
  readonly out: Outlet;
  readonly err: Outlet;
  /** Aborted with the fault INTERRUPTED when the program is told to stop. */
  readonly stopSignal: AbortSignal;
  /** The base URL that the environment names, if it does. */
  readonly baseUrl: string | undefined;
  /** The front door on AWS that the environment names, if it does. */
  readonly nightlyFunction: string | undefined;
  /** The secret key; `KEY_MISSING` when there is none. */
  apiKey(): string;
  /** The text with every occurrence of the key replaced: a last line of defence. */
  redact(text: string): string;
  /** `[0, 1)`, for jitter only. */
  random(): number;
}

export function createRuntime(host: Host): Runtime {
  const key = (host.env[ENVIRONMENT.apiKey] ?? '').trim();
  const redact = (text: string): string => withoutKey(text, key);
  const stopSignal = stopSignalOf(host);
  return {
    clock: {
      now: () => Date.now() as Instant,
      wait: (waitMs) => waitUnlessStopped(waitMs, stopSignal),
    },
    out: outlet(host.stdout, redact),
    err: outlet(host.stderr, redact),
    stopSignal,
    baseUrl: host.env[ENVIRONMENT.baseUrl] || undefined,
    nightlyFunction: host.env[ENVIRONMENT.nightlyFunction] || undefined,
    apiKey: () => checkedKey(key),
    redact,
    random: Math.random,
  };
}

/** A header carries printable ASCII; anything else was pasted with something around it. */
function checkedKey(key: string): string {
  if (/^[\x21-\x7e]+$/.test(key)) return key;
  const name = ENVIRONMENT.apiKey;
  const message = key === '' ? `${name} is not set.` : `${name} holds what no header can carry.`;
  throw new Fault('KEY_MISSING', message, `Set ${name} to a secret API key of the organization.`);
}

function withoutKey(text: string, key: string): string {
  if (key === '') return text;
  return text.replaceAll(key, '[key]').replaceAll(encodeURIComponent(key), '[key]');
}

/** The first signal asks the run to stop where it can; the second does not ask. */
function stopSignalOf(host: Host): AbortSignal {
  const controller = new AbortController();
  setMaxListeners(MAX_WAITS, controller.signal);
  const stop = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) host.exit(1);
    const message = `${signal} came before the work was done.`;
    const remedy = 'Nothing was published; `tieout run --resume` goes on where a run stopped.';
    controller.abort(new Fault('INTERRUPTED', message, remedy));
  };
  host.on('SIGINT', stop);
  host.on('SIGTERM', stop);
  return controller.signal;
}

async function waitUnlessStopped(waitMs: number, signal: AbortSignal): Promise<void> {
  try {
    await sleep(waitMs, undefined, { signal });
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  }
}

/** A reader that goes away (`| head`) ends nothing: the run goes on, its words go nowhere. */
function outlet(stream: NodeJS.WriteStream, redact: (text: string) => string): Outlet {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    isTerminal: stream.isTTY === true,
    // A terminal may be resized, and some say 0 for not knowing.
    get columnCount() {
      return stream.columns || 80;
    },
    write: (text) => void stream.write(redact(text)),
  };
}

import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
// All of undici takes three times as long to load, and every run begins with it.
import Pool from 'undici/lib/dispatcher/pool.js';
import { type Buffers, createBuffers, type GrowingBody, growingBody } from './body.ts';

/** What came back, whole, before anybody judged it. Header names are lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Gives the body's memory back once it is read. What is not given back is collected. */
  release(): void;
}

export interface Transport {
  /** One GET. Rejects when no whole answer came: refused, reset, cut off, or out of time. */
  get(path: string, headers: Readonly<Record<string, string>>): Promise<Answer>;
  close(): Promise<void>;
}

export interface TransportOptions {
  readonly origin: string;
  readonly connections: number;
  /** From sending to the last byte of the body. */
  readonly timeoutMs: number;
}

const inflate = promisify(gunzip);

/**
 * HTTP by `Pool.dispatch` into one buffer: a page is some megabytes, and every stream, text or
 * object between the socket and the parser costs more than the parsing. For the same reason the
 * body is inflated once, whole, and buffers are used again.
 */
export function createTransport({ origin, connections, timeoutMs }: TransportOptions): Transport {
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: Math.min(timeoutMs, 10_000) },
  });
  // Of each reader one page is worked on while the next arrives.
  const buffers = createBuffers(2 * connections);
  return {
    async get(path, headers) {
      const answer = await dispatch(pool, buffers, { path, headers, timeoutMs });
      if (answer.headers['content-encoding'] !== 'gzip') return answer;
      const body = await inflate(answer.body, { chunkSize: inflatedSize(answer.body) });
      answer.release();
      return { ...answer, body, release: () => giveBack(body) };
    },
    // Not `close`: a stalled answer would keep it, and with it the program, waiting.
    close: () => pool.destroy(),
  };
}

/** Beyond this a page is no page; the size a gzip body names of itself is only a hint. */
const LARGEST_CHUNK = 64 * 1024 * 1024;

/**
 * RFC 1952: the last four bytes are the size before packing. Inflating into one chunk of it spares
 * a copy for every 16 KiB.
 */
function inflatedSize(packed: Buffer): number {
  const size = packed.length < 18 ? 0 : packed.readUInt32LE(packed.length - 4);
  return Math.min(Math.max(size + 64, 16 * 1024), LARGEST_CHUNK);
}

/** Smaller buffers may share their memory with others. */
const LEAST_OWN = 1024 * 1024;

/** At once: what is left to the collector piles up by the tens of megabytes. */
function giveBack(body: Buffer<ArrayBuffer>): void {
  if (body.length >= LEAST_OWN) body.buffer.transfer(0);
}

interface Request {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

function dispatch(
  pool: Pool,
  buffers: Buffers,
  { path, headers, timeoutMs }: Request,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let status = 0;
    let received: Record<string, string> = {};
    let body: GrowingBody | undefined;
    let timer: NodeJS.Timeout | undefined;
    const settle = (act: () => void) => {
      clearTimeout(timer);
      act();
    };
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(controller) {
        timer = setTimeout(
          () => controller.abort(new Error(`no whole answer within ${timeoutMs / 1000} s`)),
          timeoutMs,
        );
      },
      onResponseStart(_controller, statusCode, responseHeaders) {
        status = statusCode;
        received = flat(responseHeaders);
        body = growingBody(buffers, Number(received['content-length'] ?? 0));
      },
      onResponseData(_controller, chunk) {
        body!.add(chunk);
      },
      onResponseEnd() {
        const whole = body!.whole();
        const release = () => buffers.putBack(whole);
        settle(() => resolve({ status, headers: received, body: whole, release }));
      },
      onResponseError(_controller, error) {
        settle(() => reject(error));
      },
    };
    pool.dispatch({ path, method: 'GET', headers: { ...headers } }, handler);
  });
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const pairs = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return Object.fromEntries(pairs);
}

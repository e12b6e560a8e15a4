import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Answer } from './answer.ts';
import type { Mishap } from './nastiness.ts';

/** Below this an answer fits a packet, and gzip would only cost time. */
const GZIP_MIN_BYTES = 1024;

const compress = promisify(gzip);

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** Puts an answer on the wire, or as much of it as the mishap lets through. */
export async function deliver(
  { request, response }: Exchange,
  answer: Answer,
  options: { readonly mishap: Mishap | undefined; readonly gzip: boolean },
): Promise<void> {
  const { mishap } = options;
  const socket = request.socket;
  if (mishap === 'stall-early') return;
  if (mishap === 'reset-early') {
    socket.resetAndDestroy();
    return;
  }
  const plain = Buffer.from(answer.body);
  const isPacked = options.gzip && plain.length >= GZIP_MIN_BYTES && acceptsGzip(request);
  const body = isPacked ? await compress(plain, { level: constants.Z_BEST_SPEED }) : plain;
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(isPacked ? { 'Content-Encoding': 'gzip' } : {}),
    'Content-Length': body.length,
  });
  const half = body.subarray(0, body.length >>> 1);
  if (mishap === 'stall-late') response.write(half);
  else if (mishap === 'short-body') response.write(half, () => socket.end());
  else if (mishap === 'reset-late') response.write(half, () => socket.resetAndDestroy());
  else response.end(body);
}

function acceptsGzip(request: IncomingMessage): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(String(request.headers['accept-encoding']));
}

import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Fault } from '../model/fault.ts';
import type { Clock, Instant } from '../model/instant.ts';
import { createApi, type OperationId } from './api.ts';
import { deliver, type Exchange } from './delivery.ts';
import { createGate } from './gate.ts';
import { mishapChooser, severity, spoiled } from './mishap.ts';
import { CALM, type Nastiness } from './nastiness.ts';
import type { RateLimit } from './rate-limit.ts';
import { refusal } from './refusal.ts';
import { createRequestLog, type LoggedRequest, type RequestLog } from './request-log.ts';
import type { World } from './table.ts';

export interface SimulatorOptions {
  readonly world: World;
  /** The one secret key that is accepted. */
  readonly apiKey: string;
  /** What the key may call; everything when left out. */
  readonly permissions?: ReadonlySet<OperationId>;
  /** 0, the default, takes any free one. */
  readonly port?: number;
  readonly host?: string;
  readonly clock: Clock;
  /** The instant the world is shown at; the clock's when left out. */
  readonly asOf?: Instant;
  /** How long every answer takes on top of the work, on the clock. */
  readonly latencyMs?: number;
  readonly rateLimit?: RateLimit;
  /** Whether answers are packed when asked; true when left out. */
  readonly gzip?: boolean;
  readonly nastiness?: Partial<Nastiness>;
  /** Of every dice thrown here; 1 when left out. */
  readonly seed?: number;
  /** Told of each request once its answer is on its way. */
  readonly onRequest?: (request: LoggedRequest) => void;
}

export interface Simulator {
  /** The root before `/organizations/…`, without a slash at its end. */
  readonly baseUrl: string;
  readonly port: number;
  /** The latest requests in order of arrival, 20,000 at most; `requestCount` counts all. */
  readonly requests: RequestLog['requests'];
  readonly requestCount: number;
  setAsOf(instant: Instant): void;
  /** Stops, and drops connections that are still open. */
  close(): Promise<void>;
}

/** Starts an embedded Rebilly. `PORT_UNUSABLE` where the port cannot be had. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { host = '127.0.0.1' } = options;
  const log = createRequestLog();
  let asOf = options.asOf;
  const serve = exchangeServer(options, log, () => asOf);
  const server = createServer((request, response) => {
    serve({ request, response }).catch((error) => fail(response, error));
  });
  const port = await listen(server, options.port ?? 0, host);
  return {
    baseUrl: `http://${host}:${port}`,
    port,
    requests: log.requests,
    get requestCount() {
      return log.count;
    },
    setAsOf(instant) {
      asOf = instant;
    },
    close: () => close(server),
  };
}

/** Serves one exchange: log, wait, answer, spoil, deliver, in the order in which they happen. */
function exchangeServer(
  options: SimulatorOptions,
  log: RequestLog,
  fixedAsOf: () => Instant | undefined,
): (exchange: Exchange) => Promise<void> {
  const { world, apiKey, permissions, clock, latencyMs = 0, gzip = true, seed = 1 } = options;
  const nastiness: Nastiness = { ...CALM, ...options.nastiness };
  const gate = createGate(options.rateLimit, nastiness);
  const answer = createApi({ world, apiKey, permissions, nastiness, seed, gate });
  const chooseMishap = mishapChooser(nastiness, seed);
  return async (exchange) => {
    const { method = '', url = '/', headers } = exchange.request;
    const [path, search] = splitAt(url, url.indexOf('?'));
    const params = new URLSearchParams(search);
    const query = Object.fromEntries(params);
    const mishap = chooseMishap(log.count + 1, url);
    const logged = log.add({ method, path, query, mishap, at: clock.now() });
    if (latencyMs > 0) await clock.wait(latencyMs);
    const now = clock.now();
    const key = headers['reb-apikey'];
    const said = answer({
      number: logged.number,
      method,
      path,
      params,
      apiKey: typeof key === 'string' ? key : undefined,
      now,
      asOf: fixedAsOf() ?? now,
      mishap,
    });
    const sent = spoiled(said, mishap, severity(seed, logged.number));
    const date = new Date(now + nastiness.serverClockSkewMs).toUTCString();
    exchange.response.setHeader('Date', date);
    if (mishap !== 'stall-early' && mishap !== 'reset-early') logged.status = sent.status;
    await deliver(exchange, sent, { mishap, gzip });
    options.onRequest?.(logged);
  };
}

function splitAt(text: string, at: number): readonly [string, string] {
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** A defect of the simulated world, or a clock that was stopped, is seen as any server shows it. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, headers, body } = refusal(500, String(error));
  response.writeHead(status, headers).end(body);
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const sentence = `Port ${port} of ${host} cannot be listened on.`;
      reject(new Fault('PORT_UNUSABLE', sentence, 'Choose another --port.', { cause: error }));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

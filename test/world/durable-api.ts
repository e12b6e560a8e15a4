import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type {
  DurableExecutionClient,
  DurableExecutionInvocationInput,
  DurableExecutionInvocationInputWithClient,
} from '@aws/durable-execution-sdk-js';

/**
 * The part of Lambda's API that a durable function calls: it stands between a function in a process
 * of its own and the local runner, which would only know what to do with one in its own process.
 */
export interface DurableApi {
  /** What a function's environment needs, so that the SDK comes here. */
  readonly env: Readonly<Record<string, string>>;
  /** Checkpoints that were written. */
  readonly checkpointCount: number;
  /** The event as AWS sends it, without the runner's client: that one answers over the network. */
  onTheWire(event: DurableExecutionInvocationInput): DurableExecutionInvocationInput;
  close(): Promise<void>;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_CheckpointDurableExecution.html, and its like. */
const PATH = /^\/2025-12-01\/durable-executions\/([^/]+)\/(checkpoint|state)$/;

export async function startDurableApi(): Promise<DurableApi> {
  const clients = new Map<string, DurableExecutionClient>();
  let checkpointCount = 0;

  async function answerTo(request: IncomingMessage): Promise<unknown> {
    const { pathname, searchParams } = new URL(request.url!, 'http://lambda');
    const [, path = '', deed] = PATH.exec(pathname) ?? [];
    const DurableExecutionArn = decodeURIComponent(path);
    const client = clients.get(DurableExecutionArn);
    if (client === undefined) throw new Error(`There is no execution at ${pathname}.`);
    if (deed === 'state') {
      const CheckpointToken = searchParams.get('CheckpointToken')!;
      const Marker = searchParams.get('Marker') ?? '';
      return client.getExecutionState({ DurableExecutionArn, CheckpointToken, Marker });
    }
    checkpointCount += 1;
    const asked = (await json(request)) as Omit<Checkpoint, 'DurableExecutionArn'>;
    return client.checkpoint({ ...asked, DurableExecutionArn });
  }

  const server = createServer(async (request, response) => {
    try {
      const answer = await answerTo(request);
      response.writeHead(200, { 'content-type': 'application/json' }).end(wireText(answer));
    } catch (error) {
      const headers = { 'x-amzn-errortype': 'InvalidParameterValueException' };
      response.writeHead(400, headers).end(JSON.stringify({ message: `${error}` }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  return {
    env: { AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${port}` },
    get checkpointCount() {
      return checkpointCount;
    },
    onTheWire(event) {
      const { durableExecutionClient, ...rest } =
        event as DurableExecutionInvocationInputWithClient;
      clients.set(event.DurableExecutionArn, durableExecutionClient);
      return rest;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

type Checkpoint = Parameters<DurableExecutionClient['checkpoint']>[0];

/** As answers of Lambda write instants: seconds since 1970, with a fraction. */
function wireText(answer: unknown): string {
  return JSON.stringify(answer, function (this: Record<string, unknown>, name, value: unknown) {
    const own = this[name];
    return own instanceof Date ? own.getTime() / 1000 : value;
  });
}

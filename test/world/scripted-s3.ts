import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type S3World, s3Environment } from './s3-environment.ts';

/** A request as it arrived: `PUT /books/a?uploadId=1`. */
export interface S3Request {
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface S3Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The connection breaks after so many bytes of the body. */
  readonly breakAt?: number;
}

/** A server that answers what a test says, for what no real one can be brought to say. */
export interface ScriptedS3 extends S3World {
  readonly requests: readonly S3Request[];
}

export async function startScriptedS3(
  answer: (request: S3Request, number: number) => S3Answer,
): Promise<ScriptedS3> {
  const requests: S3Request[] = [];
  const server = createServer(async (message, response) => {
    const chunks = await Array.fromAsync(message as AsyncIterable<Buffer>);
    const { method, url, headers } = message;
    const body = Buffer.concat(chunks).toString('utf8');
    const request = { line: `${method} ${url}`, headers, body };
    requests.push(request);
    send(response, answer(request, requests.length));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    requests,
    environment: s3Environment(port, 'access', 'secret'),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** As S3 writes its refusals. */
export function refusal(status: number, code: string, members: Record<string, string> = {}) {
  const more = Object.entries(members).map(([name, value]) => `<${name}>${value}</${name}>`);
  const message = '<Message>A sentence of S3.</Message>';
  return { status, body: `<Error><Code>${code}</Code>${message}${more.join('')}</Error>` };
}

function send(response: ServerResponse, { status, headers, body = '', breakAt }: S3Answer): void {
  const length = String(Buffer.byteLength(body));
  response.writeHead(status, { 'content-length': length, ...headers });
  if (breakAt === undefined) response.end(body);
  else response.write(body.slice(0, breakAt), () => response.destroy());
}

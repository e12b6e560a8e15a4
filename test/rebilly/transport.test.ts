import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { createTransport } from '../../lib/rebilly/transport.ts';

const page = (length: number) => Buffer.from(`["${'x'.repeat(length)}"]`);

/** A server whose only answer is this, packed. */
async function serving(body: Buffer) {
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    response.end(gzipSync(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const transport = createTransport({ origin, connections: 1, timeoutMs: 10_000 });
  onTestFinished(async () => {
    await transport.close();
    server.close();
  });
  return transport;
}

test('the memory of a packed page is free as soon as it is given back', async () => {
  const large = page(3_000_000);
  const transport = await serving(large);
  const { body, release } = await transport.get('/', {});
  expect(body.equals(large)).toBe(true);
  release();
  expect(body.buffer.byteLength).toBe(0);
  expect((await transport.get('/', {})).body.equals(large)).toBe(true);
});

test('that of a small one stays, for others may share it', async () => {
  const small = page(100);
  const transport = await serving(small);
  const { body, release } = await transport.get('/', {});
  release();
  expect(body.equals(small)).toBe(true);
});

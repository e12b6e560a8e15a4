import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from '@20minutes/s3rver';
import { type S3World, s3Environment } from './s3-environment.ts';

/** Starts an S3 server in this process, in 30 ms; it believes every signature. */
export async function startS3rver(): Promise<S3World> {
  const directory = await mkdtemp(join(tmpdir(), 'tieout-s3rver-'));
  const server = new S3rver({
    address: '127.0.0.1',
    port: 0,
    directory,
    silent: true,
    allowMismatchedSignatures: true,
  });
  const { port } = await server.run();
  return {
    environment: s3Environment(port, 'S3RVER', 'S3RVER'),
    async close() {
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
}

import { createHash } from 'node:crypto';
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openStore } from '../../../functions/open-store.ts';
import type { S3World } from '../../world/s3-environment.ts';
import { startS3rver } from '../../world/s3rver.ts';
import { type Books, clockAt } from '../books.ts';
import { DAY, openStandingBooks } from '../broken-run.ts';
import { type Cloud, openCloud, tablesOf } from './cloud.ts';

const NOW = '2026-03-05T06:00:00Z';
const DEST = 's3://books/nights';

let world: S3World;
let books: Books;
let cloud: Cloud;

beforeAll(async () => {
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime: false });
  books = await openStandingBooks();
  cloud = await openCloud(books, { now: NOW, config: { catchUpDays: 0 } });
  world = await startS3rver();
  for (const [name, value] of Object.entries(world.environment)) vi.stubEnv(name, value);
  await new S3Client().send(new CreateBucketCommand({ Bucket: 'books' }));
});

afterAll(async () => {
  await cloud.close();
  await world.close();
  await books.close();
  await LocalDurableTestRunner.teardownTestEnvironment();
});

test('a night in a bucket equals, byte for byte, what the command line writes to a directory', async () => {
  const laptop = await books.night('laptop', { from: DAY, clock: clockAt(NOW) });
  const result = await cloud.start(DEST);
  const { address } = result.getResult()![0]!.run!;
  expect(address).toMatch(/^s3:\/\/books\/nights\/organization=org_simulated\/period=/);
  expect(await bucketTables(address.slice(DEST.length + 1))).toEqual(
    await tablesOf(laptop.address),
  );
});

async function bucketTables(prefix: string): Promise<Record<string, string>> {
  const store = await openStore(DEST);
  const digests: Record<string, string> = {};
  for await (const { key } of store.list(prefix)) {
    if (!key.endsWith('.csv')) continue;
    const hash = createHash('sha256');
    for await (const bytes of store.read(key)) hash.update(bytes);
    digests[key.slice(prefix.length + 1)] = hash.digest('hex');
  }
  return digests;
}

import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DurableExecutionInvocationOutput } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner, type TestResult } from '@aws/durable-execution-sdk-js-testing';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { deployment } from '../../cdk/deployment.ts';
import type { DoorAnswer } from '../../functions/door.ts';
import { openStore } from '../../functions/open-store.ts';
import { nextDay, parseLocalDay } from '../../lib/calendar/business-day.ts';
import { ENVIRONMENT, type Manifest } from '../../lib/contract.ts';
import { type Instant, instantText } from '../../lib/model/instant.ts';
import { MANIFEST_NAME } from '../../lib/object-keys.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { type Books, clockAt, KEY, openBooks } from '../functions/books.ts';
import { type FakeAws, startFakeAws } from '../world/aws.ts';
import { type DurableApi, startDurableApi } from '../world/durable-api.ts';
import { invokeAlone } from '../world/lambda-process.ts';
import type { S3World } from '../world/s3-environment.ts';
import { startS3rver } from '../world/s3rver.ts';
import { architectureHere, type Bundle, bundlesOf, type FunctionName } from './bundles.ts';

/** To bundle takes seconds; npm fetches some twenty megabytes. */
const MOST_MS = 5 * 60_000;

const DAY_MS = 24 * 60 * 60_000;
const DEST = 's3://books/nights';
const DOOR = 'arn:aws:lambda:eu-central-1:123456789012:function:nightly';

interface Invoked {
  readonly name: FunctionName;
  readonly pid: number;
  readonly log: string;
}

const folder = mkdtempSync(join(tmpdir(), 'tieout-bundles-'));
const invoked: Invoked[] = [];
/** Of a process that broke: the night would ask it again, after minutes. */
const broken = Promise.withResolvers<never>();
let bundles: Readonly<Record<FunctionName, Bundle>>;
let books: Books;
let aws: FakeAws;
let bucket: S3World;
let durable: DurableApi;
let answer: DoorAnswer;

/**
 * The functions have no clock of a test's: the night is the one before today. Each invocation has a
 * process of its own, so `nightly` goes on from its history each time, as after a long wait.
 */
beforeAll(async () => {
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime: false });
  const start = (Math.floor(Date.now() / DAY_MS) * DAY_MS - 2 * DAY_MS) as Instant;
  books = await openBooks({
    world: createWorld({ start, dayCount: 3, transactionCount: 16_500, oddities: true }),
    asOf: (start + 20 * DAY_MS) as Instant,
    config: { laneRows: 2_000, concurrency: 2, graceMinutes: 0, catchUpDays: 0 },
  });
  const config = { ...books.config, aws: { architecture: architectureHere() } };
  bundles = bundlesOf(deployment(JSON.stringify(config), 'books.json'), folder);
  aws = await startFakeAws(KEY);
  durable = await startDurableApi();
  bucket = await startS3rver();
  for (const [name, value] of Object.entries(bucket.environment)) vi.stubEnv(name, value);
  await new S3Client().send(new CreateBucketCommand({ Bucket: 'books' }));
  const runner = new LocalDurableTestRunner<DoorAnswer>({
    handlerFunction: async (event) =>
      (await invoke('Nightly', durable.onTheWire(event))) as DurableExecutionInvocationOutput,
  });
  runner.registerFunction('extract:1', (event: unknown) => invoke('Extract', event));
  runner.registerFunction('judge:1', (event: unknown) => invoke('Judge', event));
  const night = Promise.withResolvers<TestResult<DoorAnswer>>();
  aws.lambda.deploy(DOOR, (payload) => {
    night.resolve(runner.run({ payload }));
    return () => undefined;
  });
  await invoke('Starter', { scheduledTime: instantText(Date.now() as Instant) });
  answer = (await Promise.race([night.promise, broken.promise])).getResult()!;
}, MOST_MS);

afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all([aws, durable, bucket, books].map((opened) => opened.close()));
  rmSync(folder, { recursive: true });
  await LocalDurableTestRunner.teardownTestEnvironment();
});

async function invoke(name: FunctionName, event: unknown): Promise<unknown> {
  const ofTheDeployment = {
    ...(name === 'Starter'
      ? { [ENVIRONMENT.nightlyFunction]: `${DOOR}:live` }
      : { [ENVIRONMENT.dest]: DEST, [ENVIRONMENT.secretArn]: 'arn:secret' }),
    ...(name === 'Nightly' && {
      [ENVIRONMENT.extractFunction]: 'extract:1',
      [ENVIRONMENT.judgeFunction]: 'judge:1',
      [ENVIRONMENT.topicArn]: 'arn:topic',
    }),
  };
  // The part of Lambda that starts executions, or the part that keeps their steps.
  const lambda = name === 'Starter' ? {} : durable.env;
  const places = { ...aws.env, ...bucket.environment, ...lambda };
  const { pid, answer, end } = invokeAlone(bundles[name], { ...places, ...ofTheDeployment }, event);
  try {
    return (await answer).value;
  } catch (error) {
    broken.reject(error);
    throw error;
  } finally {
    invoked.push({ name, pid, log: await end() });
  }
}

test('no bundle finds a package but its own', () => {
  for (const { folder } of Object.values(bundles)) {
    for (let above = dirname(folder); above !== dirname(above); above = dirname(above)) {
      expect(existsSync(join(above, 'node_modules'))).toBe(false);
    }
  }
});

test('the bundles play a night together, each invocation in a process of its own', () => {
  expect(answer).toMatchObject([{ outcome: 'published', run: { view: '' } }]);
  expect(invoked.map(({ name }) => name)).toEqual([
    ...['Starter', 'Nightly', 'Extract', 'Nightly', 'Judge', 'Nightly'],
  ]);
  expect(new Set(invoked.map(({ pid }) => pid)).size).toBe(invoked.length);
  expect(durable.checkpointCount).toBeGreaterThan(0);
});

test('the night has the name of its day', () => {
  const { firstDay } = answer[0]!;
  const today = nextDay(parseLocalDay(firstDay));
  expect(aws.lambda.requests.map(({ name }) => name)).toEqual([
    `org_simulated-${firstDay}-nightly-${today}`,
  ]);
});

test('what they wrote equals, byte for byte, what the command line writes', async () => {
  const { address, firstDay } = answer[0]!.run!;
  const cloud = await snapshotAt(address);
  const clock = clockAt(cloud.manifest.startedAt);
  const laptop = await snapshotAt((await books.night('laptop', { from: firstDay, clock })).address);
  expect(cloud.digests).toEqual(laptop.digests);
  const { finishedAt, digest } = cloud.manifest;
  expect({ ...laptop.manifest, finishedAt, digest }).toEqual(cloud.manifest);
});

test('the topic is told, and no line of a log holds the key', () => {
  expect(aws.messages.map(({ subject }) => subject)).toEqual([
    expect.stringContaining(answer[0]!.firstDay),
  ]);
  for (const { log } of invoked) expect(log).not.toContain(KEY);
});

/** SHA-256 of every file of a snapshot by its name, but for the manifest: that tells the time. */
async function snapshotAt(address: string) {
  const store = await openStore(address);
  const digests: Record<string, string> = {};
  for await (const { key } of store.list('')) {
    const hash = createHash('sha256');
    for await (const bytes of store.read(key)) hash.update(bytes);
    digests[key] = hash.digest('hex');
  }
  delete digests[MANIFEST_NAME];
  const manifest = JSON.parse((await store.text(MANIFEST_NAME))!) as Manifest;
  return { digests, manifest };
}

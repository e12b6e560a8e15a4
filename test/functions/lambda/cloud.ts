import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalDurableTestRunner, type TestResult } from '@aws/durable-execution-sdk-js-testing';
import { expect, vi } from 'vitest';
import type { DoorAnswer } from '../../../functions/door.ts';
import { extractHandler } from '../../../functions/lambda/extract.ts';
import { judgeHandler } from '../../../functions/lambda/judge.ts';
import {
  createLambdaRuntime,
  type LambdaRuntime,
} from '../../../functions/lambda/lambda-runtime.ts';
import { nightlyHandler } from '../../../functions/lambda/nightly.ts';
import { openStore } from '../../../functions/open-store.ts';
import type { Config } from '../../../lib/config.ts';
import { ENVIRONMENT } from '../../../lib/contract.ts';
import type { Instant } from '../../../lib/model/instant.ts';
import { MANIFEST_NAME } from '../../../lib/object-keys.ts';
import { type FakeAws, startFakeAws } from '../../world/aws.ts';
import { type Books, KEY } from '../books.ts';
import { type PrintedLine, readPrinted } from './printed.ts';

/** The runner moves its clock only while something waits for the time: this always does. */
const STANDING_MS = 2 ** 30;

/**
 * AWS for the tests of a file; first of all, so that no timer of theirs is a real one. A wait of an
 * execution passes at once, and the clock goes on to where it would have ended.
 */
export async function startRunner(): Promise<() => Promise<void>> {
  await LocalDurableTestRunner.setupTestEnvironment({ skipTime: true });
  const standing = setInterval(() => {}, STANDING_MS);
  return async () => {
    clearInterval(standing);
    await LocalDurableTestRunner.teardownTestEnvironment();
  };
}

type Nightly = ReturnType<typeof nightlyHandler>;
type Extract = ReturnType<typeof extractHandler>;

export interface CloudOptions {
  /** When the functions are invoked, on their clocks; time goes on from there. */
  readonly now: string;
  readonly config?: Partial<Config>;
}

export interface Start {
  readonly payload?: unknown;
  /** Instead of the cloud's own. */
  readonly now?: string;
  /** Beside the cloud's own; functions that are warm already keep theirs. */
  readonly config?: Partial<Config>;
  /** Hears what the functions log. */
  readonly onLog?: (message: string, facts: object) => void;
  /** What stands between AWS and a function. */
  readonly nightly?: (handler: Nightly) => Nightly;
  readonly extract?: (handler: Extract) => Extract;
}

/** The functions of a night as the stack deploys them, over simulated books; AWS runs here. */
export interface Cloud {
  readonly aws: FakeAws;
  /** The log of all functions, figures too. */
  readonly printed: readonly PrintedLine[];
  /** How long functions slept, each time, in milliseconds. */
  readonly sleeps: readonly number[];
  /** Where a destination is: a bucket is its own address. */
  at(dest: string): string;
  /** Invokes the front door; of one destination all invocations meet the same warm functions. */
  start(dest: string, start?: Start): Promise<TestResult<DoorAnswer>>;
  close(): Promise<void>;
}

export async function openCloud(
  books: Books,
  { now, config: common }: CloudOptions,
): Promise<Cloud> {
  const aws = await startFakeAws(KEY);
  for (const [name, value] of Object.entries(aws.env)) vi.stubEnv(name, value);
  const printed = readPrinted();
  const begunAt = Date.now();
  const sleeps: number[] = [];
  const clockFrom = (text: string) => ({
    now: () => (Date.parse(text) + Date.now() - begunAt) as Instant,
    wait(waitMs: number) {
      sleeps.push(waitMs);
      return sleep(waitMs);
    },
  });
  const at = (dest: string) => (dest.startsWith('s3:') ? dest : books.at(dest));
  const warm = new Map<string, LambdaRuntime>();
  const runtimeOf = (dest: string, config: Partial<Config>): LambdaRuntime => {
    const known = warm.get(dest);
    if (known) return known;
    const env = {
      [ENVIRONMENT.config]: JSON.stringify({ ...books.config, ...common, ...config }),
      [ENVIRONMENT.dest]: at(dest),
      [ENVIRONMENT.secretArn]: 'arn:secret',
      [ENVIRONMENT.extractFunction]: 'extract',
      [ENVIRONMENT.judgeFunction]: 'judge',
      [ENVIRONMENT.topicArn]: 'arn:topic',
    };
    const runtime = { ...createLambdaRuntime({ env }), random: () => 0.5 };
    warm.set(dest, runtime);
    return runtime;
  };
  return {
    aws,
    printed: printed.lines,
    sleeps,
    at,
    start(dest, { payload, now: startedAt = now, config = {}, ...start } = {}) {
      const { onLog, nightly = same, extract = same } = start;
      const warmed = runtimeOf(dest, config);
      const runtime: LambdaRuntime = {
        ...warmed,
        clock: clockFrom(startedAt),
        log(level, message, facts = {}) {
          onLog?.(message, facts);
          warmed.log(level, message, facts);
        },
      };
      const runner = new LocalDurableTestRunner<DoorAnswer>({
        handlerFunction: nightly(nightlyHandler(runtime)),
      });
      runner.registerFunction('extract', extract(extractHandler(runtime)));
      runner.registerFunction('judge', judgeHandler(runtime));
      return runner.run({ payload });
    },
    async close() {
      vi.unstubAllEnvs();
      printed.close();
      await aws.close();
    },
  };
}

/** How long nothing ran at all, each time, in seconds. */
export function waitsOf(result: TestResult): number[] {
  return result
    .getOperations()
    .filter((operation) => operation.getType() === 'WAIT')
    .map((operation) => operation.getWaitDetails()!.waitSeconds!);
}

/** SHA-256 of every CSV file of a snapshot, by name. */
export async function tablesOf(snapshot: string): Promise<Record<string, string>> {
  const store = await openStore(snapshot);
  const digests: Record<string, string> = {};
  for await (const { key } of store.list('')) {
    if (!key.endsWith('.csv')) continue;
    const hash = createHash('sha256');
    for await (const bytes of store.read(key)) hash.update(bytes);
    digests[key] = hash.digest('hex');
  }
  return digests;
}

/** Where the snapshots are that a destination holds, in the order of their periods and runs. */
export async function runsIn(address: string): Promise<string[]> {
  const store = await openStore(address);
  const keys = (await Array.fromAsync(store.list(''))).map(({ key }) => key);
  const manifests = keys.filter((key) => key.endsWith(`/${MANIFEST_NAME}`));
  return manifests.map((key) => store.locate(key.slice(0, -MANIFEST_NAME.length - 1)));
}

/** Where the one snapshot is that a destination holds. */
export async function theOnlyRun(address: string): Promise<string> {
  const runs = await runsIn(address);
  expect(runs).toHaveLength(1);
  return runs[0]!;
}

function same<Handler>(handler: Handler): Handler {
  return handler;
}

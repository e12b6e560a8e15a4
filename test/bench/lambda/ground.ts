import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { begin } from '../../../functions/begin.ts';
import type { ShardTask } from '../../../functions/night-work.ts';
import { openStore } from '../../../functions/open-store.ts';
import { laneReceipts } from '../../../functions/parts.ts';
import { openSource } from '../../../functions/station.ts';
import { parseLocalDay, timeZone } from '../../../lib/calendar/business-day.ts';
import { periodOf } from '../../../lib/calendar/period.ts';
import { loadConfig, settle } from '../../../lib/config.ts';
import { ENVIRONMENT } from '../../../lib/contract.ts';
import type { Clock, Instant } from '../../../lib/model/instant.ts';
import { startFakeAws } from '../../world/aws.ts';
import type { S3Environment } from '../../world/s3-environment.ts';
import { type ApiOptions, startApi } from '../api.ts';
import { API_KEY, DAY } from '../day.ts';

/** What the functions work on: an API with a day to read, a bucket, and the plan of a run in it. */
export interface Ground {
  /** What a function's environment needs beside what the stack gives it. */
  readonly environment: Readonly<Record<string, string>>;
  /** The whole day, for one worker. */
  readonly task: ShardTask;
  /** Rows that lie in the bucket, as the receipts of their lanes tell. */
  rowsRead(): Promise<number>;
  close(): Promise<void>;
}

const BUCKET = 'books';
const clock: Clock = { now: () => Date.now() as Instant, wait: (waitMs) => sleep(waitMs) };

/** `configText` is the configuration as the functions read it. */
export async function openGround(configText: string, options: ApiOptions): Promise<Ground> {
  const api = await startApi(options);
  const aws = await startFakeAws(API_KEY);
  const bucket = await startBucket();
  const dest = `s3://${BUCKET}`;
  const config = loadConfig(configText, ENVIRONMENT.config);
  const settings = settle(config, { dest }, { baseUrl: api.baseUrl });
  const report = (): void => {};
  const source = openSource(settings, { clock, random: Math.random, apiKey: API_KEY, report });
  const store = await openStore(dest);
  const day = parseLocalDay(DAY);
  const period = periodOf(day, day, timeZone(settings.timezone));
  const question = { period, force: false, isNight: false };
  const run = await begin({ settings, clock, source, store, report, scratch: '' }, question);
  await source.close();
  const { organizationId, concurrency } = settings;
  return {
    environment: {
      ...aws.env,
      ...bucket.environment,
      [ENVIRONMENT.baseUrl]: api.baseUrl,
      [ENVIRONMENT.dest]: dest,
      [ENVIRONMENT.secretArn]: 'arn:secret',
    },
    task: { organizationId, runId: run.runId, lanes: [...run.lanes.keys()], concurrency },
    async rowsRead() {
      const receipts = await laneReceipts(store, run, run.lanes);
      return receipts.reduce((sum, receipt) => sum + (receipt?.proof.kept ?? 0), 0);
    },
    async close() {
      await Promise.all([api.stop(), aws.close(), bucket.stop()]);
    },
  };
}

async function startBucket() {
  const child = fork(join(import.meta.dirname, 's3-process.ts'));
  const [environment] = (await once(child, 'message')) as [S3Environment];
  // This process writes the plan there, and reads the receipts.
  Object.assign(process.env, environment);
  await new S3Client().send(new CreateBucketCommand({ Bucket: BUCKET }));
  return {
    environment,
    async stop() {
      const exit = once(child, 'exit');
      child.disconnect();
      await exit;
    },
  };
}

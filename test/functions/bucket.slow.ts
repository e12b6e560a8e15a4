import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../functions/open-store.ts';
import type { RunEvent } from '../../lib/model/run-event.ts';
import { tieoutUntil, typed } from '../world/command-line.ts';
import { startRadosgw } from '../world/radosgw.ts';
import { ENV, UNJUDGED } from './books.ts';
import { BUCKET, bucketNights, DAY } from './bucket-nights.ts';

/** More than 5 MiB of transactions a day: they go in parts. */
const TRANSACTIONS = 31_000;

const nights = bucketNights('radosgw', {
  start: startRadosgw,
  transactionCount: TRANSACTIONS,
  config: UNJUDGED,
});

const PERIOD = `organization=org_simulated/period=${DAY}`;

async function uploads(prefix = ''): Promise<string[]> {
  const request = new ListMultipartUploadsCommand({ Bucket: BUCKET, Prefix: prefix });
  const { Uploads = [] } = await nights.client.send(request);
  return Uploads.map(({ Key }) => Key!);
}

async function published(dest: string): Promise<string[]> {
  const keys = (await openStore(dest)).list(PERIOD);
  return (await Array.fromAsync(keys)).map(({ key }) => key.slice(PERIOD.length + 1));
}

describe('a run into a bucket that does not end', () => {
  test('leaves no upload where it could still give it up, and nothing that looks published', async () => {
    const dest = `s3://${BUCKET}/broken`;
    let rowCount = 0;
    let uploadsMeanwhile: Promise<string[]> | undefined;
    const onEvent = (event: RunEvent) => {
      if (event.type !== 'page') return;
      rowCount += event.rowCount;
      if (rowCount >= 9_000) uploadsMeanwhile ??= uploads('broken/');
      if (rowCount >= 10_000) throw new Error('The machine broke.');
    };
    const config = { dest, concurrency: 1 };
    const night = nights.books.night('broken', { from: DAY, config, onEvent });
    await expect(night).rejects.toThrow('The machine broke.');
    expect(await uploadsMeanwhile).toEqual([expect.stringMatching(/transactions\.csv$/)]);
    expect(await uploads()).toEqual([]);
    expect(await published(dest)).toEqual([]);
  });

  test('but is killed, shows nothing, and is made good by --resume', async () => {
    const dest = `s3://${BUCKET}/killed`;
    const args = [...nights.books.flags('killed'), '--dest', dest, '--date', DAY];
    const env = { ...ENV, ...nights.world.environment };
    const { signal } = await tieoutUntil(['run', ...args], env, (line) =>
      line.includes('"lane-done"') ? 'SIGKILL' : undefined,
    );
    expect(signal).toBe('SIGKILL');
    expect(await published(dest)).toEqual([]);
    const resumed = await typed(['run', ...args, '--resume', '--json', '--quiet'], { env });
    expect(resumed).toMatchObject({ exitCode: 0, stderr: '' });
    const { address } = JSON.parse(resumed.stdout);
    expect(await typed(['verify', address])).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await published(dest)).toContain('latest.json');
  });

  test('because the bucket is another’s, is told so before the API is asked', async () => {
    const { stranger } = nights.world as Awaited<ReturnType<typeof startRadosgw>>;
    const asked = nights.books.simulator.requestCount;
    const args = [...nights.books.flags('denied'), '--dest', `s3://${BUCKET}/denied`];
    const { lines, exitCode } = await tieoutUntil(
      ['run', ...args, '--date', DAY],
      { ...ENV, ...stranger },
      () => undefined,
    );
    expect(lines).toEqual([
      expect.stringMatching(/^DESTINATION_UNREADABLE: .*bucket 'books' denies it .*s3:ListBucket/),
    ]);
    expect(exitCode).toBe(1);
    expect(nights.books.simulator.requestCount).toBe(asked);
  });
});

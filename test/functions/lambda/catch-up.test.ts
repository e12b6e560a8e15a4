import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Manifest } from '../../../lib/contract.ts';
import type { Instant } from '../../../lib/model/instant.ts';
import { createWorld } from '../../../lib/simulator/world.ts';
import { type Books, openBooks } from '../books.ts';
import { type Cloud, openCloud, startRunner } from './cloud.ts';

const FIRST_DAY = '2026-03-03';

let stopRunner: () => Promise<void>;
let books: Books;

beforeAll(async () => {
  stopRunner = await startRunner();
  const start = Date.UTC(2026, 2, 3) as Instant;
  books = await openBooks({
    world: createWorld({ start, dayCount: 3, transactionCount: 300 }),
    asOf: Date.UTC(2026, 2, 20) as Instant,
  });
});

afterAll(async () => {
  await books.close();
  await stopRunner();
});

async function at<Result>(now: string, work: (cloud: Cloud) => Promise<Result>): Promise<Result> {
  const cloud = await openCloud(books, { now, config: { firstDay: FIRST_DAY } });
  try {
    return await work(cloud);
  } finally {
    await cloud.close();
  }
}

async function manifestsOf(dest: string): Promise<Manifest[]> {
  const names = (await books.published(dest)).filter((name) => name.endsWith('manifest.json'));
  const texts = names.map((name) => readFile(books.at(join(dest, name)), 'utf8'));
  return (await Promise.all(texts)).map((text) => JSON.parse(text) as Manifest);
}

test('a night that was missed is made up for before the next one, as the night of its day', async () => {
  const days = async (now: string) =>
    at(now, async (cloud) => (await cloud.start('missed')).getResult()!.map((one) => one.firstDay));
  expect(await days('2026-03-04T06:00:00Z')).toEqual(['2026-03-03']);
  expect(await days('2026-03-06T06:00:00Z')).toEqual(['2026-03-04', '2026-03-05']);
  expect(await days('2026-03-06T07:00:00Z')).toEqual([]);
  const manifests = await manifestsOf('missed');
  expect(manifests.map(({ judging }) => judging.isNight)).toEqual([true, true, true]);
  expect(manifests.map(({ predecessor }) => predecessor?.period)).toEqual([
    undefined,
    '2026-03-03',
    '2026-03-04',
  ]);
});

test('a night that fails again does not hold up the later ones, and is told', async () => {
  await at('2026-03-06T06:00:00Z', async (cloud) => {
    let calls = 0;
    const failing = <Handler extends (...args: never[]) => Promise<unknown>>(handler: Handler) =>
      ((...args: Parameters<Handler>) => {
        calls += 1;
        return calls <= 4 ? Promise.reject(new Error('It broke.')) : handler(...args);
      }) as Handler;
    const result = await cloud.start('again', { extract: failing });
    expect(result.getResult()?.map(({ firstDay, outcome }) => `${firstDay} ${outcome}`)).toEqual([
      '2026-03-03 failed',
      '2026-03-04 published',
      '2026-03-05 published',
    ]);
    expect(cloud.aws.messages.map(({ subject }) => subject)).toEqual([
      expect.stringContaining('2026-03-03 FAILED: WORKER_FAILED'),
      expect.stringContaining('2026-03-04'),
      expect.stringContaining('2026-03-05'),
    ]);
  });
});

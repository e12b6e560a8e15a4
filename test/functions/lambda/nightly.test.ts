import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestResult } from '@aws/durable-execution-sdk-js-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DoorAnswer } from '../../../functions/door.ts';
import { SEVERITIES } from '../../../lib/model/discrepancy.ts';
import { type Books, clockAt, rowsOf } from '../books.ts';
import { DAY, openStandingBooks } from '../broken-run.ts';
import { type Cloud, openCloud, startRunner, tablesOf, theOnlyRun, waitsOf } from './cloud.ts';

const NOW = '2026-03-05T06:00:00Z';
const FOLDER = `organization=org_simulated/period=${DAY}`;

let stopRunner: () => Promise<void>;
let books: Books;
let cloud: Cloud;
let laptop: Record<string, string>;

beforeAll(async () => {
  stopRunner = await startRunner();
  books = await openStandingBooks();
  cloud = await openCloud(books, { now: NOW, config: { catchUpDays: 0 } });
  const night = await books.night('laptop', { from: DAY, clock: clockAt(NOW) });
  laptop = await tablesOf(night.address);
});

afterAll(async () => {
  await cloud.close();
  await books.close();
  await stopRunner();
});

const namesOf = (result: TestResult<DoorAnswer>) =>
  result.getOperations().map((operation) => operation.getName());

describe('a plain night', () => {
  const rules = {};
  let result: TestResult<DoorAnswer>;

  beforeAll(async () => {
    result = await cloud.start('plain', { config: { rules } });
  });

  test('is published', () => {
    const run = expect.objectContaining({ firstDay: DAY, view: '' });
    expect(result.getResult()).toEqual([
      { firstDay: DAY, lastDay: DAY, outcome: 'published', run },
    ]);
  });

  test('equals, byte for byte, what the command line writes', async () => {
    const config = { rules };
    const judged = await books.night('judged', { from: DAY, clock: clockAt(NOW), config });
    expect(await tablesOf(await theOnlyRun(books.at('plain')))).toEqual(
      await tablesOf(judged.address),
    );
  });

  test('tells how many discrepancies wait, as the file lists them', async () => {
    const rows = await rowsOf(await theOnlyRun(books.at('plain')), 'discrepancies.csv');
    const waiting = rows.filter(({ status }) => status === 'new' || status === 'open');
    const { discrepancies } = result.getResult()![0]!.run!;
    for (const severity of SEVERITIES) {
      const listed = waiting.filter((row) => row['severity'] === severity);
      expect(discrepancies[severity]).toBe(listed.length);
    }
    expect(waiting.length).toBeGreaterThan(0);
  });

  test('is the night of its day, and latest.json names it', async () => {
    const manifest = JSON.parse(
      await readFile(join(await theOnlyRun(books.at('plain')), 'manifest.json'), 'utf8'),
    );
    expect(manifest.judging.isNight).toBe(true);
    const latest = await readFile(books.at(join('plain', FOLDER, 'latest.json')), 'utf8');
    expect(JSON.parse(latest).runId).toBe(manifest.runId);
  });

  test('goes from station to station in one line', () => {
    expect(namesOf(result)).toEqual([
      ...['look', 'lock', 'begin', 'extract', 'extract', 'prove', 'publish'],
      ...['clear', 'unlock', 'tell'],
    ]);
  });

  test('leaves no parts', async () => {
    expect(await books.parts('plain')).toEqual([]);
  });

  test('is told to the topic', () => {
    const [message] = cloud.aws.messages;
    expect(message?.subject).toContain(`org_simulated ${DAY}`);
    expect(message?.text).toContain('proven complete');
    expect(message?.text).toContain('report.html');
  });

  test('is there already for the trigger that comes again', async () => {
    const again = await cloud.start('plain');
    expect(again.getResult()).toEqual([]);
    expect(namesOf(again)).toEqual(['look']);
  });
});

describe('a shard that dies', () => {
  const dying = (times: number) => {
    let calls = 0;
    return <Handler extends (...args: never[]) => Promise<unknown>>(handler: Handler) =>
      ((...args: Parameters<Handler>) => {
        calls += 1;
        if (calls <= times) return Promise.reject(new Error('Task timed out after 900.00 seconds'));
        return handler(...args);
      }) as Handler;
  };

  test('twice is taken up after a while each time', async () => {
    const result = await cloud.start('dying', { extract: dying(2) });
    expect(result.getStatus()).toBe('SUCCEEDED');
    expect(waitsOf(result)).toEqual([30, 120]);
    expect(await tablesOf(await theOnlyRun(books.at('dying')))).toEqual(laptop);
  });

  test('four times fails the run with its fault; nothing is published, and somebody is told', async () => {
    const told = cloud.aws.messages.length;
    const result = await cloud.start('dead', { extract: dying(4) });
    expect(result.getStatus()).toBe('FAILED');
    expect(result.getError()).toMatchObject({ errorType: 'WORKER_FAILED' });
    expect(result.getError().errorMessage).toContain('Task timed out after 900.00 seconds');
    expect(await books.published('dead')).toEqual([]);
    const message = cloud.aws.messages[told];
    expect(message?.subject).toContain('FAILED: WORKER_FAILED');
    expect(message?.text).toContain('every earlier snapshot is as it was');
  });

  test('leaves a run that can be gone on with by its id', async () => {
    const plan = (await books.parts('dead')).find((name) => name.endsWith('plan.json'));
    const runId = /run=(\w+)/.exec(plan!)![1];
    const result = await cloud.start('dead', { payload: { resume: runId } });
    expect(result.getResult()).toMatchObject([{ outcome: 'published', run: { runId } }]);
    expect(await tablesOf(await theOnlyRun(books.at('dead')))).toEqual(laptop);
  });
});

test('a worker whose time is up leaves the rest of its lanes to the next round', async () => {
  let calls = 0;
  const result = await cloud.start('short', {
    extract: (handler) => (event, context) => {
      calls += 1;
      // No time at all, then a little, then as much as AWS gives.
      const leftMs = [0, 400, 900_000][Math.min(calls - 1, 2)]!;
      return handler(event, { ...context, getRemainingTimeInMillis: () => leftMs });
    },
  });
  expect(result.getStatus()).toBe('SUCCEEDED');
  expect(calls).toBeGreaterThan(1);
  expect(await tablesOf(await theOnlyRun(books.at('short')))).toEqual(laptop);
});

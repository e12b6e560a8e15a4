import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Night } from '../../functions/local-night.ts';
import type { Latest } from '../../lib/contract.ts';
import type { FaultCode } from '../../lib/model/fault.ts';
import type { Clock, Instant } from '../../lib/model/instant.ts';
import type { RunEvent } from '../../lib/model/run-event.ts';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../lib/simulator/server.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { typed } from '../world/command-line.ts';
import {
  type Books,
  clockAt,
  digestsOf,
  filesBelow,
  KEY,
  type NightOptions,
  openBooks,
  REAL_CLOCK,
  UNJUDGED,
} from './books.ts';

const DAY = '2026-03-02';
const PERIOD = `organization=org_simulated/period=${DAY}`;
const WORLD = createWorld({
  start: Date.UTC(2026, 2, 1) as Instant,
  dayCount: 3,
  transactionCount: 9_000,
});
const AS_OF = Date.UTC(2026, 2, 10) as Instant;

let books: Books;

beforeAll(async () => {
  books = await openBooks({ world: WORLD, asOf: AS_OF, config: { ...UNJUDGED, laneRows: 2_000 } });
});

afterAll(() => books.close());

function night(dest: string, now: string | Clock, options: Partial<NightOptions> = {}) {
  const clock = typeof now === 'string' ? clockAt(now) : now;
  return books.night(dest, { from: DAY, clock, ...options });
}

async function latest(dest: string): Promise<Latest> {
  return JSON.parse(await readFile(join(books.at(dest), PERIOD, 'latest.json'), 'utf8'));
}

describe('latest.json', () => {
  const dest = 'latest';
  let first: Night;

  beforeAll(async () => {
    first = await night(dest, '2026-03-04T06:00:00Z');
  });

  test('names the whole run, with the digest of its manifest', async () => {
    const { runId, digest } = first.manifest;
    expect(await latest(dest)).toEqual({ runId, digest });
    expect(first.address).toBe(join(books.at(dest), PERIOD, 'run=20260304T060000Z'));
  });

  test.each<[string, string, Partial<NightOptions>]>([
    ['a filter', '2026-03-05T06:00:00Z', { config: { filter: 'currency:EUR' } }],
    ['one collection', '2026-03-05T06:01:00Z', { config: { collections: ['credit-memos'] } }],
    ['a period still open', '2026-03-03T00:30:00Z', { force: true }],
  ])('is not moved by a run with %s, which lies under view=', async (_title, now, options) => {
    const { manifest, address } = await night(dest, now, options);
    expect(manifest.view).toMatch(/^[0-9a-f]{12}$/);
    const run = join(PERIOD, `view=${manifest.view}`, `run=${manifest.runId}`);
    expect(address).toBe(join(books.at(dest), run));
    expect(manifest.predecessor).toBeNull();
    expect(await latest(dest)).toMatchObject({ runId: first.manifest.runId });
  });

  test('is moved by a newer whole run, and not by an older one; all of them stand', async () => {
    const newer = await night(dest, '2026-03-06T06:00:00Z');
    const older = await night(dest, '2026-03-05T06:00:00Z');
    expect(await latest(dest)).toMatchObject({ runId: newer.manifest.runId });
    for (const { address } of [newer, older]) {
      expect(await digestsOf(address)).toEqual(await digestsOf(first.address));
      expect(await typed(['verify', address])).toMatchObject({ exitCode: 0 });
    }
  });

  test('views of different questions lie apart', async () => {
    const now = '2026-03-07T06:00:00Z';
    const eur = await night(dest, now, { config: { filter: 'currency:EUR' } });
    const usd = await night(dest, now, { config: { filter: 'currency:USD' } });
    expect(eur.manifest.view).not.toBe(usd.manifest.view);
  });
});

describe('a run that begins in the second of another', () => {
  test('takes the next one', async () => {
    let now = Date.parse('2026-03-04T06:00:00.990Z');
    const moving: Clock = {
      now: () => now as Instant,
      async wait(waitMs) {
        now += waitMs;
      },
    };
    const first = await night('seconds', '2026-03-04T06:00:00Z');
    const second = await night('seconds', moving);
    expect(first.manifest.runId).toBe('20260304T060000Z');
    expect(second.manifest.runId).toBe('20260304T060001Z');
  });

  test('is refused where the clock stands still, and changes nothing', async () => {
    const first = await night('twice', '2026-03-04T06:00:00Z');
    const before = await bytesBelow('twice');
    await expect(night('twice', '2026-03-04T06:00:00.990Z')).rejects.toMatchObject({
      code: 'SNAPSHOT_EXISTS',
    });
    expect(await bytesBelow('twice')).toEqual(before);
    expect(await typed(['verify', first.address])).toMatchObject({ exitCode: 0 });
  });
});

test('a run that another was quicker to publish touches neither its files nor latest.json', async () => {
  const dest = 'raced';
  const folder = join(books.at(dest), PERIOD, 'run=20260304T060000Z');
  const onEvent = ({ type }: RunEvent) => {
    if (type === 'file-written') writeFileSync(join(folder, 'manifest.json'), 'the other one');
  };
  const raced = night(dest, '2026-03-04T06:00:00Z', { onEvent });
  await expect(raced).rejects.toMatchObject({ code: 'SNAPSHOT_EXISTS' });
  expect(await readFile(join(folder, 'manifest.json'), 'utf8')).toBe('the other one');
  expect(Object.keys(await digestsOf(folder))).toContain('transactions.csv');
  expect(await books.published(dest)).not.toContain(`${PERIOD}/latest.json`);
});

/** Everything below a destination that somebody may download. */
async function bytesBelow(dest: string): Promise<Map<string, string>> {
  const names = (await filesBelow(books.at(dest))).filter((name) => !name.includes('/parts/'));
  const bytes = names.map((name) => readFile(join(books.at(dest), name), 'base64'));
  const texts = await Promise.all(bytes);
  return new Map(names.map((name, at) => [name, texts[at]!]));
}

describe('a run that fails half-way leaves what was there as it was', () => {
  const dest = 'failures';
  let before: Map<string, string>;
  let requestCount: number | undefined;
  let minute = 0;

  beforeAll(async () => {
    const calm = await otherApi({});
    const config = { baseUrl: calm.baseUrl as never, concurrency: 1 };
    await night(dest, '2026-03-04T06:00:00Z', {
      config,
      onEvent({ type }) {
        // What is read afterwards is read by id, for the rules.
        if (type === 'file-written') requestCount ??= calm.requestCount;
      },
    });
    await calm.close();
    before = await bytesBelow(dest);
  });

  const always = { mishapsInARow: 'always' } as const;

  test.each<[string, FaultCode, Partial<SimulatorOptions>]>([
    ['the API fails', 'API_FAILING', { nastiness: { ...always, mishaps: { 'server-error': 1 } } }],
    [
      'a proxy answers',
      'ANSWER_INVALID',
      { nastiness: { ...always, mishaps: { 'html-success': 1 } } },
    ],
    [
      'connections break',
      'API_FAILING',
      { nastiness: { ...always, mishaps: { 'reset-late': 1 } } },
    ],
    ['the key is withdrawn', 'KEY_REFUSED', { apiKey: 'changed' }],
    ['a permission is withdrawn', 'PERMISSION_MISSING', { permissions: new Set() }],
    [
      'the rate limit closes',
      'THROTTLED',
      { rateLimit: { limit: 0, windowMs: 3_600_000, headers: false } },
    ],
    [
      'a row is missing from each answer',
      'ANSWER_INCOHERENT',
      { nastiness: { hideRow: 'always' } },
    ],
    [
      'the API sends the client elsewhere',
      'REDIRECT_REFUSED',
      { nastiness: { redirectTo: 'http://127.0.0.1:9' } },
    ],
  ])('%s', async (_title, code, options) => {
    let turned: Promise<Simulator> | undefined;
    const simulator = await otherApi({
      onRequest({ number }) {
        // Two counts prove the whole at the end: the lane of the credit memos is being read.
        if (number !== requestCount! - 4) return;
        const { port } = simulator;
        turned = simulator.close().then(() => otherApi({ ...options, port }));
      },
    });
    await expectFault(code, simulator);
    await (await turned)?.close();
    const receipts = (await books.parts(dest)).filter((name) => name.includes(`T07${digits()}00Z`));
    expect(receipts.filter((name) => name.endsWith('/receipt.json'))).toHaveLength(1);
  });

  test('rows come late into lanes that were read already', async () => {
    const nastiness = { lateRows: 0.02, lateUntilRequest: requestCount! - 1 };
    await expectFault('INCOMPLETE', await otherApi({ nastiness }));
  });

  async function expectFault(code: FaultCode, simulator: Simulator): Promise<void> {
    // Each at a minute of its own: what each has read stays, as parts.
    minute += 1;
    const baseUrl = simulator.baseUrl as never;
    const config = { baseUrl, concurrency: 1, maxAttempts: 2, throttleMinutes: 1 };
    const failing = night(dest, `2026-03-08T07:${digits()}:00Z`, { config });
    await expect(failing).rejects.toMatchObject({ code });
    await simulator.close();
    expect(await bytesBelow(dest)).toEqual(before);
  }

  function digits(): string {
    return String(minute).padStart(2, '0');
  }
});

/** Another simulator of the same world, at an address of its own. */
function otherApi(options: Partial<SimulatorOptions>): Promise<Simulator> {
  return startSimulator({ world: WORLD, asOf: AS_OF, apiKey: KEY, clock: REAL_CLOCK, ...options });
}

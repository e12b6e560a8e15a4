import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Instant } from '../../../lib/model/instant.ts';
import type { RunEvent } from '../../../lib/model/run-event.ts';
import type { RateLimit } from '../../../lib/simulator/rate-limit.ts';
import {
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from '../../../lib/simulator/server.ts';
import { createWorld } from '../../../lib/simulator/world.ts';
import { virtualClock } from '../../world/virtual-clock.ts';
import { type Books, digestsOf, KEY, openBooks } from '../books.ts';

const DAY = '2026-03-02';
const RUN = ['run', '--date', DAY];
const WORLD = createWorld({
  start: Date.UTC(2026, 2, 1) as Instant,
  dayCount: 3,
  transactionCount: 15_000,
});
const AS_OF = Date.UTC(2026, 2, 10) as Instant;

type Logged = RunEvent & { readonly at: string };

let books: Books;
let expected: Record<string, string>;

beforeAll(async () => {
  books = await openBooks({ world: WORLD, asOf: AS_OF, config: { laneRows: 2_000 } });
  expected = await digestsOf((await books.night('calm', { from: DAY })).address);
});

afterAll(() => books.close());

let simulator: Simulator | undefined;

afterEach(() => simulator?.close());

function eventsOf(stderr: string): Logged[] {
  return stderr
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('away from a terminal a run logs', () => {
  let events: Logged[];
  let stdout: string;
  let requestCount: number;

  beforeAll(async () => {
    const before = books.simulator.requestCount;
    const outcome = await books.type('logged', [...RUN, '--json']);
    requestCount = books.simulator.requestCount - before;
    events = eventsOf(outcome.stderr);
    ({ stdout } = outcome);
  });

  test('one JSON object a line, each with its instant and a type that is documented', () => {
    const types = new Set(events.map(({ type }) => type));
    const documented = [
      'run-started',
      'plan-ready',
      'page',
      'lane-done',
      'file-written',
      'judging',
      'published',
    ];
    expect([...types].sort()).toEqual(documented.sort());
    for (const { at } of events) expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(events[0]!.type).toBe('run-started');
    expect(events.at(-1)!.type).toBe('published');
  });

  test('counts that add up to the files', () => {
    const result = JSON.parse(stdout);
    const rows = sumOf(events, 'page', 'rowCount');
    expect(sumOf(events, 'lane-done', 'rowCount')).toBe(rows);
    const collections = ['transactions.csv', 'credit-memos.csv'];
    const files = (result.files as { name: string; rowCount: number }[]).filter(({ name }) =>
      collections.includes(name),
    );
    expect(files.reduce((sum, { rowCount }) => sum + rowCount, 0)).toBe(rows);
    const [ready] = events.filter((event) => event.type === 'plan-ready');
    expect(events.filter(({ type }) => type === 'lane-done')).toHaveLength(ready!.laneCount);
  });

  test('and with --json prints exactly one object on stdout', () => {
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(stdout)).toMatchObject({
      organizationId: 'org_simulated',
      firstDay: DAY,
      lastDay: DAY,
      view: '',
      requestCount,
    });
  });

  test('nothing when it is to be quiet', async () => {
    expect(await books.type('quiet', [...RUN, '--quiet'])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '',
    });
  });
});

function sumOf(events: readonly Logged[], type: string, member: string): number {
  const own = events.filter((event) => event.type === type) as unknown as Record<string, number>[];
  return own.reduce((sum, event) => sum + event[member]!, 0);
}

describe('a run that is throttled', () => {
  const throttle = { mishaps: { throttle: 0.2 }, mishapsInARow: 1, throttleMs: 30_000 };

  test.each<[string, Partial<SimulatorOptions>, number[]]>([
    ['now and then', { nastiness: throttle }, [200, 429]],
    ['by a limit without headers', { rateLimit: limitOf(9, false) }, [200, 429]],
    ['by a limit that its headers tell', { rateLimit: limitOf(30, true) }, [200]],
  ])('%s says so, waits as long as it is told, and ends well', async (title, options, statuses) => {
    const clock = virtualClock(Date.UTC(2026, 2, 11) as Instant);
    simulator = await startSimulator({ world: WORLD, asOf: AS_OF, apiKey: KEY, clock, ...options });
    const { requests } = simulator;
    const pauses: { readonly since: number; readonly until: number }[] = [];
    const config = { baseUrl: simulator.baseUrl as never, concurrency: 1 };
    const onEvent = (event: RunEvent) => {
      if (event.type !== 'throttled') return;
      pauses.push({ since: requests.length, until: Date.parse(event.untilInstant) });
    };
    const { address } = await books.night(title, { from: DAY, clock, config, onEvent });
    expect(await digestsOf(address)).toEqual(expected);
    expect(new Set(requests.map(({ status }) => status))).toEqual(new Set(statuses));
    expect(pauses.length).toBeGreaterThan(0);
    for (const { since, until } of pauses) {
      expect(requests[since]!.at).toBeGreaterThanOrEqual(until);
    }
  });
});

function limitOf(limit: number, headers: boolean): RateLimit {
  return { limit, headers, windowMs: 600_000 };
}

import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRuntime } from '../../../functions/runtime.ts';
import type { Instant } from '../../../lib/model/instant.ts';
import type { RunEvent } from '../../../lib/model/run-event.ts';
import { type Simulator, startSimulator } from '../../../lib/simulator/server.ts';
import { createWorld } from '../../../lib/simulator/world.ts';
import { type Outcome, tieout, typed } from '../../world/command-line.ts';
import { fakeHost } from '../../world/host.ts';
import { simulate } from '../../world/simulation.ts';
import { filesBelow } from '../books.ts';

const KEY = { REBILLY_API_KEY: 'sk_simulated' };
const DAY = ['--date', '2026-03-10'];
const NOBODY = ['--base-url', 'http://127.0.0.1:1'];
const START = Date.UTC(2026, 2, 1) as Instant;

let simulator: Simulator;
let folder: string;
let config: string;

beforeAll(async () => {
  const { clock } = createRuntime(fakeHost().host);
  const world = createWorld({ start: START, dayCount: 12, transactionCount: 6_000 });
  simulator = await startSimulator({ world, apiKey: 'sk_simulated', clock });
  folder = await mkdtemp(join(tmpdir(), 'tieout-'));
  config = join(folder, 'books.json');
  const { baseUrl } = simulator;
  const text = JSON.stringify({
    organizationId: 'org_simulated',
    baseUrl,
    maxAttempts: 1,
    laneRows: 2_000,
  });
  await writeFile(config, text);
});

afterAll(async () => {
  await simulator.close();
  await rm(folder, { recursive: true });
});

/** Types a command on the simulated organization, into a place of its own. */
function typedHere(
  [command = '', ...flags]: readonly string[],
  dest: string,
  env: NodeJS.ProcessEnv = KEY,
): Promise<Outcome> {
  return typed([command, '--config', config, '--dest', join(folder, dest), ...flags], { env });
}

/** Runs the day, and returns what --json says. */
async function snapshotIn(dest: string): Promise<{ address: string; files: { name: string }[] }> {
  const { exitCode, stdout, stderr } = await typedHere(['run', ...DAY, '--json', '--quiet'], dest);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout);
}

describe('tieout run', () => {
  test('publishes files and says where they are', async () => {
    const { exitCode, stdout } = await typedHere(['run', ...DAY], 'said');
    expect(exitCode).toBe(0);
    const address = /^Published: (.+)$/m.exec(stdout)?.[1];
    expect(await readdir(address!)).toEqual(
      expect.arrayContaining(['manifest.json', 'transactions.csv', 'credit-memos.csv']),
    );
  });

  test('away from a terminal logs a JSON line per event, with its instant', async () => {
    const { stderr } = await typedHere(['run', ...DAY], 'logged');
    const events = stderr
      .trimEnd()
      .split('\n')
      .map((line): RunEvent & { at: string } => JSON.parse(line));
    const types = ['run-started', 'plan-ready', 'lane-done', 'file-written', 'published'];
    expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(types));
    expect(events.filter(({ at }) => !/^\d{4}-\d\d-\d\dT.*Z$/.test(at))).toEqual([]);
  });

  test('--json prints one object, with the checksums that are in the manifest', async () => {
    const { address, files } = await snapshotIn('json');
    const manifest = JSON.parse(await readFile(join(address, 'manifest.json'), 'utf8'));
    expect(files.map(({ name }) => name)).toContain('control-totals.csv');
    expect(manifest.files).toEqual(files.map((file) => expect.objectContaining(file)));
  });

  test('with a filter publishes a view, and says so', async () => {
    const { stdout } = await typedHere(['run', ...DAY, '--filter', 'currency:EUR'], 'view');
    expect(stdout).toContain('Published as a view, not as the night:');
  });

  test.each<[string, string[], NodeJS.ProcessEnv, string]>([
    ['a refused key', [], { REBILLY_API_KEY: 'sk_other' }, 'KEY_REFUSED'],
    ['a wrong organization', ['--organization', 'org_other'], KEY, 'ORGANIZATION_UNKNOWN'],
    ['a host where nobody is', NOBODY, KEY, 'HOST_UNREACHABLE'],
    ['a filter of unknown fields', ['--filter', 'colour:red'], KEY, 'REQUEST_REFUSED'],
    ['nothing to resume', ['--resume'], KEY, 'RESUME_IMPOSSIBLE'],
  ])('publishes nothing for %s', async (_title, flags, env, code) => {
    const dest = `nothing-${code}`;
    const outcome = await typedHere(['run', ...DAY, '--quiet', ...flags], dest, env);
    expect(outcome.stderr).toMatch(new RegExp(`^${code}: [^\\n]+\\n$`));
    expect(outcome.stderr).not.toContain(env['REBILLY_API_KEY']);
    expect(outcome.exitCode).toBeGreaterThan(0);
    expect(outcome.stdout).toBe('');
    expect(await filesBelow(join(folder, dest))).toEqual([]);
  });

  test('says that a file is no place to write to', async () => {
    const { exitCode, stderr } = await typedHere(['run', ...DAY, '--quiet'], 'books.json');
    expect(stderr).toMatch(/^DESTINATION_UN(READ|WRIT)ABLE: [^\n]+\n$/);
    expect(exitCode).toBe(1);
  });

  test.each<[string, string[], string]>([
    ['no day', ['--date', '2026-02-30'], 'DATE_INVALID'],
    ['a reversed range', ['--from', '2026-03-10', '--to', '2026-03-09'], 'PERIOD_REVERSED'],
    ['a day to come', ['--date', '2999-01-01'], 'PERIOD_OPEN'],
    ['ten years', ['--from', '2016-01-01', '--to', '2026-01-01'], 'PERIOD_TOO_LONG'],
    ['an unknown zone', ['--timezone', 'Mars/Olympus'], 'ZONE_UNKNOWN'],
    ['a filter that no grammar carries', ['--filter', 'type:"sale"'], 'FILTER_INVALID'],
  ])('refuses %s before it asks anybody', async (_title, flags, code) => {
    const { exitCode, stderr } = await typedHere(['run', ...NOBODY, ...flags], 'refused');
    expect(stderr).toMatch(new RegExp(`^${code}: [^\\n]+\\n$`));
    expect(exitCode).toBe(2);
  });

  test.each([
    ['while it counts', 1],
    ['while lanes are read, others still waiting', 40],
  ])('says INTERRUPTED when it is stopped %s', async (_title, requestNumber) => {
    const runtime = createRuntime(fakeHost().host);
    let stop = (): void => undefined;
    const slow = await startSimulator({
      world: createWorld({ start: START, dayCount: 12, transactionCount: 60_000 }),
      apiKey: 'sk_simulated',
      clock: runtime.clock,
      onRequest: ({ number }) => void (number === requestNumber && stop()),
    });
    const flags = ['--dest', join(folder, `stopped-${requestNumber}`), '--concurrency', '1'];
    const span = ['--from', '2026-03-05', '--to', '2026-03-10'];
    const args = ['run', ...span, '--config', config, '--base-url', slow.baseUrl, '--quiet'];
    const { exitCode, stderr } = await typed([...args, ...flags], {
      env: KEY,
      meanwhile: (world) => {
        stop = () => world.signal('SIGTERM');
      },
    });
    await slow.close();
    expect(stderr).toMatch(/^INTERRUPTED: SIGTERM came before [^\n]+\n$/);
    expect(exitCode).toBe(1);
  });
});

test('tieout plan counts, and writes nothing', async () => {
  const { exitCode, stdout } = await typedHere(['plan', ...DAY], 'planned');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^transactions +\d+ +\d+$/m);
  expect(stdout).toMatch(/^About \d+ requests, some \d+ s\.$/m);
  await expect(readdir(join(folder, 'planned'))).rejects.toThrow('ENOENT');
});

describe('tieout verify', () => {
  test('finds a snapshot whole, and a changed one not', async () => {
    const { address } = await snapshotIn('verified');
    expect(await typed(['verify', address])).toMatchObject({ exitCode: 0, stderr: '' });
    await appendFile(join(address, 'transactions.csv'), 'x');
    const damaged = await typed(['verify', address]);
    expect(damaged.stdout).toMatch(/^transactions\.csv: /);
    expect(damaged.stderr).toMatch(/^SNAPSHOT_DAMAGED: [^\n]+\n$/);
    expect(damaged.exitCode).toBe(1);
  });

  test('of something else says what it wants', async () => {
    const { exitCode, stderr } = await typed(['verify', folder]);
    expect(stderr).toMatch(/^SNAPSHOT_MISSING: [^\n]+\n$/);
    expect(exitCode).toBe(2);
  });
});

test('tieout doctor finds nothing to complain about', async () => {
  const { exitCode, stdout, stderr } = await typedHere(['doctor'], 'doctor');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('ok    May the key list transactions? yes,');
});

test('tieout demo does the whole job alone', async () => {
  const { exitCode, stdout, stderr } = await typed(['demo', '--dest', join(folder, 'demo')]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/^ +sale +approved +[A-Z]{3} +[\d,]+ +[\d,.]+$/m);
  expect(stdout).toMatch(/^Published: .*organization=org_simulated/m);
  expect(stdout).toContain('npx tieout verify');
});

describe('tieout simulate', () => {
  test('serves a run in another process, until Ctrl-C', async () => {
    const days = ['--start', '2026-03-01', '--days', '12', '--transactions', '600'];
    const { baseUrl, stop } = await simulate(...days, '--nasty', 'ties,odd,dense');
    const where = ['--organization', 'org_simulated', '--base-url', baseUrl, '--dest', folder];
    const day = ['--date', '2026-03-12'];
    const { exitCode, stdout } = await tieout(['run', ...where, ...day], { env: KEY });
    expect(stdout).toMatch(/^transactions\.csv +2,5\d\d /m);
    expect(exitCode).toBe(0);
    expect(await stop()).toBe(0);
  });

  test('says that its port is taken', async () => {
    const { exitCode, stderr } = await typed(['simulate', '--port', String(simulator.port)]);
    expect(stderr).toMatch(/^PORT_UNUSABLE: [^\n]+\n$/);
    expect(exitCode).toBe(2);
  });
});

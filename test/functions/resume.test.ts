import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Config } from '../../lib/config.ts';
import type { RunEvent } from '../../lib/model/run-event.ts';
import { tieoutUntil } from '../world/command-line.ts';
import {
  type Books,
  clockAt,
  digestsOf,
  ENV,
  filesBelow,
  type NightOptions,
  REAL_CLOCK,
} from './books.ts';
import { breakOff, DAY, openStandingBooks } from './broken-run.ts';

let books: Books;
let undisturbed: Record<string, string>;

beforeAll(async () => {
  books = await openStandingBooks();
  const night = await books.night('undisturbed', { from: DAY });
  expect(night.manifest.proof.length).toBeGreaterThan(3);
  undisturbed = await digestsOf(night.address);
});

afterAll(() => books.close());

/** The ends of the spans that were read for their rows, since so many requests. */
function endsRead(since: number): Set<string> {
  const pages = books.simulator.requests.filter(
    // Pages of lanes; what is read by id comes after them.
    ({ number, query }) =>
      number > since && query['limit'] === '1000' && query['filter']!.startsWith('createdTime'),
  );
  return new Set(pages.map(({ path, query }) => `${path} ${query['filter']!.split('..')[1]}`));
}

describe('a run that is killed half-way', () => {
  const dest = 'killed';
  let lines: readonly string[];

  beforeAll(async () => {
    const args = ['run', ...books.flags(dest), '--date', DAY, '--concurrency', '1'];
    let done = 0;
    const ending = await tieoutUntil(args, ENV, (line) => {
      done += line.includes('"lane-done"') ? 1 : 0;
      return done === 2 ? 'SIGKILL' : undefined;
    });
    expect(ending.signal).toBe('SIGKILL');
    lines = ending.lines;
  });

  test('leaves whole lanes, and nothing that looks like a snapshot', async () => {
    const parts = await books.parts(dest);
    expect(parts.filter((name) => name.endsWith('/receipt.json')).length).toBeGreaterThan(1);
    expect(await books.published(dest)).toEqual([]);
    const files = await filesBelow(books.at(dest));
    expect(files.filter((name) => !parts.includes(name) && !name.startsWith('.drafts'))).toEqual(
      [],
    );
  });

  test('is mentioned by the next plain run, which goes on from nothing of it', async () => {
    const before = books.simulator.requestCount;
    const { exitCode, stderr } = await books.type(dest, ['run', '--date', DAY]);
    expect(exitCode).toBe(0);
    const events: (RunEvent & { runId?: string })[] = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const killed: { runId: string } = JSON.parse(lines[0]!);
    expect(events[0]).toMatchObject({ type: 'unfinished-found', runId: killed.runId });
    expect(events.map(({ type }) => type)).not.toContain('parts-reused');
    expect(endsRead(before).size).toBeGreaterThan(3);
    expect((await books.parts(dest)).some((name) => name.includes(killed.runId))).toBe(true);
  });

  test('is taken up by --resume, which reads only what is missing', async () => {
    const receipts = (await books.parts(dest)).filter((name) => name.endsWith('/receipt.json'));
    const proofs = await Promise.all(
      receipts.map(async (name) =>
        (await readFile(join(books.at(dest), name), 'utf8')).split('\n'),
      ),
    );
    const done = proofs.map(([line]) => JSON.parse(line!).proof);
    const before = books.simulator.requestCount;

    const args = ['run', '--date', DAY, '--resume', '--json'];
    const { exitCode, stdout, stderr } = await books.type(dest, args);
    expect(exitCode).toBe(0);
    expect(stderr).toContain(`"type":"parts-reused","laneCount":${done.length},`);
    const { runId, address } = JSON.parse(stdout);
    expect(runId).toBe(JSON.parse(lines[0]!).runId);
    expect(await digestsOf(address)).toEqual(undisturbed);

    const manifest = JSON.parse(await readFile(join(address, 'manifest.json'), 'utf8'));
    const endOf = (lane: { collection: string; to: string }) =>
      `/organizations/org_simulated/${lane.collection} ${lane.to}`;
    const doneEnds = done.map(endOf);
    const missing = manifest.proof.map(endOf).filter((end: string) => !doneEnds.includes(end));
    expect(endsRead(before)).toEqual(new Set(missing));
    expect(await books.parts(dest)).toEqual([]);
  });

  test('is nothing to resume once it is published', async () => {
    const { exitCode, stderr } = await books.type(dest, [
      'run',
      '--date',
      DAY,
      '--resume',
      '--quiet',
    ]);
    expect(stderr).toMatch(/^RESUME_IMPOSSIBLE: No interrupted run of [^\n]+--resume\.\n$/);
    expect(exitCode).toBe(2);
  });
});

test('a run that is told to stop half-way says so, and can be resumed', async () => {
  const args = ['run', ...books.flags('stopped'), '--date', DAY];
  const { exitCode, lines } = await tieoutUntil(args, ENV, (line) =>
    line.includes('"lane-done"') ? 'SIGINT' : undefined,
  );
  expect(exitCode).toBe(1);
  expect(lines.at(-1)).toMatch(/^INTERRUPTED: SIGINT came before .*--resume/);
  expect(lines.slice(0, -1).filter((line) => !line.startsWith('{'))).toEqual([]);
  expect(await books.published('stopped')).toEqual([]);
  const { address } = await books.night('stopped', { from: DAY, resume: true, clock: REAL_CLOCK });
  expect(await digestsOf(address)).toEqual(undisturbed);
});

test('parts are taken up by another number of readers, and after lanes were cut otherwise', async () => {
  await breakOff(books, 'recut');
  const config = { concurrency: 8, laneRows: 500_000 };
  const { address } = await books.night('recut', { from: DAY, resume: true, config });
  expect(await digestsOf(address)).toEqual(undisturbed);
});

describe('parts are not taken up', () => {
  const BEGUN = '2026-03-10T06:00:00Z';

  beforeAll(() => breakOff(books, 'other', { clock: clockAt(BEGUN) }));

  test.each<[string, string, Partial<NightOptions>]>([
    ['when they are a day old', '2026-03-11T06:00:00Z', {}],
    ['by a run with a filter', BEGUN, { config: { filter: 'currency:EUR' } }],
    ['by a run with other columns', BEGUN, { config: { columns: { add: ['riskScore'] } } }],
    ['by a run of one collection', BEGUN, { config: { collections: ['transactions'] } }],
    ['by a run of another zone', BEGUN, { config: { timezone: 'Europe/Vienna' } }],
    ['by a run of another period', BEGUN, { to: '2026-03-05' }],
    ['by a run with another delimiter', BEGUN, { config: { csv: csvWith({ delimiter: ';' }) } }],
    ['by a run with another line end', BEGUN, { config: { csv: csvWith({ lineEnd: 'lf' }) } }],
    ['by a run without the BOM', BEGUN, { config: { csv: csvWith({ bom: false }) } }],
  ])('%s', async (_title, now, options) => {
    const before = books.simulator.requestCount;
    const clock = clockAt(now);
    const resumed = books.night('other', { from: DAY, resume: true, clock, ...options });
    await expect(resumed).rejects.toMatchObject({ code: 'RESUME_IMPOSSIBLE' });
    expect(books.simulator.requestCount).toBe(before);
  });

  test('of a period that was still open, by the night', async () => {
    const open = { from: DAY, force: true, clock: clockAt('2026-03-05T00:30:00Z') };
    await breakOff(books, 'open', open);
    const clock = clockAt('2026-03-05T06:00:00Z');
    const night = books.night('open', { from: DAY, resume: true, clock });
    await expect(night).rejects.toMatchObject({ code: 'RESUME_IMPOSSIBLE' });
    const still = books.night('open', { ...open, force: false, resume: true });
    await expect(still).rejects.toMatchObject({ code: 'PERIOD_OPEN' });
    const { manifest } = await books.night('open', { ...open, resume: true });
    expect(manifest.view).not.toBe('');
  });

  test('but taken up a minute before they are a day old; then they are gone', async () => {
    const clock = clockAt('2026-03-11T05:59:00Z');
    const { address } = await books.night('other', { from: DAY, resume: true, clock });
    expect(await digestsOf(address)).toEqual(undisturbed);
    expect(await books.parts('other')).toEqual([]);
  });
});

function csvWith(format: Partial<Config['csv']>): Config['csv'] {
  return { delimiter: ',', lineEnd: 'crlf', bom: true, ...format };
}

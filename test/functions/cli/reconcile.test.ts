import { appendFile, cp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MANIFEST_VERSION, type Manifest } from '../../../lib/contract.ts';
import type { Instant } from '../../../lib/model/instant.ts';
import { plantFaults } from '../../../lib/simulator/planter.ts';
import { createWorld } from '../../../lib/simulator/world.ts';
import { sealManifest } from '../../../lib/snapshot/manifest.ts';
import { typed } from '../../world/command-line.ts';
import { type Books, filesBelow, openBooks, rowsOf } from '../books.ts';

const START = Date.UTC(2026, 2, 1) as Instant;
const END = Date.UTC(2026, 2, 2) as Instant;

let books: Books;
/** The folder of a snapshot in which two credit memos are wrong: their tax, a medium matter. */
let snapshot: string;

beforeAll(async () => {
  const clean = createWorld({
    start: START,
    dayCount: 1,
    transactionCount: 200,
    creditMemoCount: 60,
  });
  const day = { start: START, end: END };
  const { world } = plantFaults(clean, { seed: 1, perRule: 2, rules: ['memo-tax'], day });
  books = await openBooks({ world, asOf: Date.UTC(2026, 2, 20) as Instant });
  snapshot = (await books.night('snapshots', { from: '2026-03-01' })).address;
});

afterAll(() => books.close());

/** Judges the snapshot into a place of its own. */
function reconciled(name: string, flags: readonly string[] = []) {
  return typed(['reconcile', snapshot, '--out', books.at(name), ...flags]);
}

async function configured(name: string, config: object): Promise<string[]> {
  const path = books.at(`${name}.json`);
  await writeFile(path, JSON.stringify(config));
  return ['--config', path];
}

describe('the configuration', () => {
  test('says how severe a rule is, and where records are shown', async () => {
    const report = { linkTemplate: 'https://books.example/{collection}/{id}' };
    const flags = await configured('severe', {
      rules: { 'memo-tax': { severity: 'low' } },
      report,
    });
    await reconciled('severe', flags);
    const found = await rowsOf(books.at('severe'), 'discrepancies.csv');
    expect(found.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['memo-tax', 'low'],
      ['memo-tax', 'low'],
    ]);
    expect(await readFile(books.at('severe/report.html'), 'utf8')).toContain(
      `https://books.example/credit-memos/${found[0]!['recordId']}`,
    );
  });

  test('switches rules off', async () => {
    const flags = await configured('off', { rules: { 'memo-tax': { enabled: false } } });
    await reconciled('off', flags);
    expect(await rowsOf(books.at('off'), 'discrepancies.csv')).toEqual([]);
  });

  test('that names a rule there is not is refused, and nothing is written', async () => {
    const flags = await configured('unknown', { rules: { 'memo-taxes': { enabled: false } } });
    const { exitCode, stderr } = await reconciled('unknown', flags);
    expect(stderr).toMatch(/^CONFIG_INVALID: [^\n]*'rules.memo-taxes'[^\n]*'memo-tax'\?\n$/);
    expect(exitCode).toBe(2);
    expect(await filesBelow(books.at('unknown'))).toEqual([]);
  });
});

describe('--fail-on', () => {
  test.each([
    ['critical', 0, ''],
    ['high', 0, ''],
    ['medium', 3, 'DISCREPANCIES_FOUND: 2 discrepancies are medium or worse. '],
    ['info', 3, 'DISCREPANCIES_FOUND: 2 discrepancies are info or worse. '],
  ])('%s, with nothing worse than medium, ends with %i', async (severity, exitCode, line) => {
    const place = `fail-on-${severity}`;
    const outcome = await reconciled(place, ['--fail-on', severity]);
    expect(outcome.exitCode).toBe(exitCode);
    expect(outcome.stderr.startsWith(line)).toBe(true);
    expect(outcome.stderr.split('\n')).toHaveLength(line === '' ? 1 : 2);
    expect(outcome.stdout).toContain(`Written to ${books.at(place)}:`);
    expect(await filesBelow(books.at(place))).toHaveLength(5);
  });

  test('not given, whatever there is ends with 0', async () => {
    expect(await reconciled('no-fail-on')).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('takes the severities there are', async () => {
    const { exitCode, stderr } = await reconciled('huge', ['--fail-on', 'huge']);
    expect(stderr).toMatch(/^FLAG_INVALID: .*'huge' is invalid.*critical, high, medium, low, info/);
    expect(exitCode).toBe(2);
  });
});

describe('nothing is written', () => {
  const manifestOf = (folder: string) => join(folder, 'manifest.json');

  test.each<[string, string, number, (folder: string) => Promise<void>]>([
    [
      'a damaged file',
      'SNAPSHOT_DAMAGED: .* transactions.csv: ',
      1,
      (folder) => appendFile(join(folder, 'transactions.csv'), '\r\n'),
    ],
    [
      'a lost file',
      'SNAPSHOT_DAMAGED: .* credit-memos.csv: It is missing.',
      1,
      (folder) => rm(join(folder, 'credit-memos.csv')),
    ],
    [
      'a file too many',
      'SNAPSHOT_DAMAGED: .* notes.txt: ',
      1,
      (folder) => writeFile(join(folder, 'notes.txt'), ''),
    ],
    [
      'a manifest of bytes that are no text',
      'SNAPSHOT_DAMAGED: .* manifest.json: It is no UTF-8.',
      1,
      (folder) => appendFile(manifestOf(folder), Buffer.of(0xff)),
    ],
    ['no manifest', 'SNAPSHOT_MISSING: ', 2, (folder) => rm(manifestOf(folder))],
    ['no folder', 'SNAPSHOT_MISSING: ', 2, (folder) => rm(folder, { recursive: true })],
    ['a newer manifest', 'SNAPSHOT_NEWER: ', 1, (folder) => outdated(manifestOf(folder))],
  ])('for %s', async (title, line, exitCode, spoil) => {
    const folder = books.at(`spoiled/${title}/run`);
    await cp(snapshot, folder, { recursive: true });
    await spoil(folder);
    const before = await filesBelow(dirname(folder));
    const outcome = await typed(['reconcile', folder]);
    expect(outcome.stderr).toMatch(new RegExp(`^${line}[^\\n]*\\n$`));
    expect({ ...outcome, stderr: '' }).toEqual({ exitCode, stdout: '', stderr: '' });
    expect(await filesBelow(dirname(folder))).toEqual(before);
  });

  test.each([
    ['the snapshot itself', ''],
    ['a folder in it', 'findings'],
    ['a folder in a folder in it', 'findings/of/today'],
  ])('into %s, nor by a way around', async (_title, below) => {
    const around = books.at(`around-${below.length}`);
    await symlink(snapshot, around);
    for (const place of [join(snapshot, below), join(around, below)]) {
      const { exitCode, stderr } = await typed(['reconcile', snapshot, '--out', place]);
      expect(stderr).toMatch(/^FLAG_INVALID: --out is '.+', inside of the snapshot '.+'\. .+\n$/);
      expect(exitCode).toBe(2);
    }
    expect((await typed(['verify', snapshot])).exitCode).toBe(0);
  });

  test('through a link to a folder in a snapshot', async () => {
    await cp(snapshot, books.at('linked/run'), { recursive: true });
    await symlink(books.at('linked/run/inputs'), books.at('link'));
    const { stderr } = await reconciled('link');
    expect(stderr).toMatch(/^FLAG_INVALID: /);
  });

  test('once it was told to stop', async () => {
    const { exitCode, stderr } = await typed(
      ['reconcile', snapshot, '--out', books.at('stopped')],
      { meanwhile: (world) => world.signal('SIGINT') },
    );
    expect(stderr).toMatch(/^INTERRUPTED: /);
    expect(exitCode).toBe(1);
    expect(await filesBelow(books.at('stopped'))).toEqual([]);
  });
});

test('verify calls a newer snapshot newer, not damaged', async () => {
  const folder = books.at('newer/run');
  await cp(snapshot, folder, { recursive: true });
  await outdated(join(folder, 'manifest.json'));
  expect((await typed(['verify', folder])).stderr).toMatch(/^SNAPSHOT_NEWER: /);
});

async function outdated(path: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  const said = `"manifestVersion": ${MANIFEST_VERSION}`;
  const newer = text.replace(said, `"manifestVersion": ${MANIFEST_VERSION + 1}`);
  // Sealed again: a version that its seal does not cover is only a damaged byte.
  const { digest: _, ...content } = JSON.parse(newer) as Manifest;
  await writeFile(path, sealManifest(content).text);
}

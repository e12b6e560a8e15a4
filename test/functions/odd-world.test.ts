import { copyFile, cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest } from '../../lib/contract.ts';
import type { Instant } from '../../lib/model/instant.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { type Outcome, typed } from '../world/command-line.ts';
import { type Books, openBooks, rowsOf } from './books.ts';

const DAY = '2026-03-02';
/** Days enough that the oddities, one row in some hundreds, are met. */
const ROWS = 4_500;

let books: Books;
let address: string;
let manifest: Manifest;
let outcome: Outcome;

beforeAll(async () => {
  const world = createWorld({
    start: Date.UTC(2026, 2, 1) as Instant,
    dayCount: 2,
    transactionCount: ROWS * 2,
    fractions: true,
    oddities: true,
  });
  const asOf = Date.UTC(2026, 2, 10) as Instant;
  const nastiness = { shuffleTies: true, mutateRows: 0.2 };
  books = await openBooks({ world, asOf, nastiness, config: { laneRows: 2_000 } });
  outcome = await books.type('odd', ['run', '--date', DAY, '--json', '--quiet']);
  ({ address } = JSON.parse(outcome.stdout));
  manifest = JSON.parse(await readFile(join(address, 'manifest.json'), 'utf8'));
});

afterAll(() => books.close());

describe('a day of odd rows that move while they are read', () => {
  test('is published', () => {
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
  });

  test('lists what the contract does not know, and the values that no cell could hold', async () => {
    const { contractDrift, cellFaults, cellFaultCount } = manifest;
    const kinds = new Set(contractDrift.map(({ kind }) => kind));
    expect([...kinds]).toEqual(
      expect.arrayContaining(['unknown-member', 'unknown-value', 'unexpected-null']),
    );
    expect(cellFaultCount).toBeGreaterThan(0);
    expect(cellFaults).toHaveLength(cellFaultCount);
    for (const table of new Set(cellFaults.map((fault) => fault.table))) {
      const rows = await rowsBesideContext(table);
      const idColumn = table.startsWith('credit-memo-') ? 'creditMemoId' : 'id';
      for (const { recordId, column, raw } of cellFaults.filter((one) => one.table === table)) {
        const own = rows.filter((row) => row[idColumn]!.replace(/^'/, '') === recordId);
        expect(own.map((row) => row[column] ?? '')).toContain('');
        expect(raw).not.toBe('');
      }
    }
  });

  test.each(['transactions', 'credit-memos'])('has a proof of %s that adds up', (collection) => {
    const lanes = manifest.proof.filter((lane) => lane.collection === collection);
    const [first] = lanes;
    expect([first!.from, lanes.at(-1)!.to]).toEqual([
      '2026-03-02T00:00:00Z',
      '2026-03-03T00:00:00Z',
    ]);
    for (const [at, lane] of lanes.entries()) {
      expect(lane.index).toBe(at);
      expect(lane.from).toBe(lanes[at - 1]?.to ?? lane.from);
      const { countedBefore, countedAfter, received, kept, readings } = lane;
      expect([countedBefore, countedAfter, received]).toEqual([received, received, received]);
      expect(kept).toBeLessThanOrEqual(received);
      expect(readings).toBe(1);
    }
    const file = manifest.files.find(({ table }) => table === collection);
    expect(lanes.reduce((sum, { kept }) => sum + kept, 0)).toBe(file!.rowCount);
  });

  test('no cell begins as a formula does', async () => {
    for (const { name } of manifest.files.filter((file) => file.name.endsWith('.csv'))) {
      for (const row of await rowsOf(address, name)) {
        const formulas = Object.values(row).filter((cell) => /^[=+@\t\r]|^-(?![\d.]+$)/.test(cell));
        expect(formulas).toEqual([]);
      }
    }
  });

  test('verifies', async () => {
    const { exitCode, stdout, stderr } = await typed(['verify', address]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^Whole: [^\n]+\n$/);
  });
});

/** Rows of a table, those that were fetched by id among them. */
async function rowsBesideContext(table: string) {
  const names = manifest.files.map(({ name }) => name);
  const own = [`${table}.csv`, `context-${table}.csv`].filter((name) => names.includes(name));
  return (await Promise.all(own.map((name) => rowsOf(address, name)))).flat();
}

describe('tieout verify finds', () => {
  const MADE = 'transactions.csv';

  test.each<[string, RegExp, (folder: string) => Promise<void>]>([
    [
      'a flipped byte',
      /^transactions\.csv: It has the SHA-256/,
      (folder) => change(folder, flipped),
    ],
    [
      'a flipped byte of the manifest',
      /^manifest\.json: /,
      (folder) => change(folder, flipped, 'manifest.json'),
    ],
    [
      'a manifest that is no JSON, on one line',
      /^manifest\.json: The manifest is no JSON/,
      (folder) => change(folder, unreadable, 'manifest.json'),
    ],
    [
      'a removed row',
      /^transactions\.csv: It has \d+ bytes/,
      (folder) => change(folder, withoutRow),
    ],
    [
      'two swapped cells',
      /^transactions\.csv: It has the SHA-256/,
      (folder) => change(folder, swapped),
    ],
    [
      'a missing file',
      /^credit-memos\.csv: It is missing/,
      (folder) => rm(join(folder, 'credit-memos.csv')),
    ],
    [
      'a file too many',
      /^notes\.csv: The manifest does not know it/,
      (folder) => copyFile(join(folder, MADE), join(folder, 'notes.csv')),
    ],
    [
      'a file in a folder too many',
      /^more\/notes\.csv: The/,
      (folder) => cp(join(folder, MADE), join(folder, 'more/notes.csv')),
    ],
  ])('%s', async (title, line, damage) => {
    const folder = books.at(`copy of ${title}`);
    await cp(address, folder, { recursive: true });
    await damage(folder);
    const { exitCode, stdout, stderr } = await typed(['verify', folder]);
    expect(stdout).toMatch(line);
    expect(stdout).toMatch(/^([^\n]+: [^\n]+\n)+$/);
    expect(stderr).toMatch(/^SNAPSHOT_DAMAGED: [^\n]+\n$/);
    expect(exitCode).toBe(1);
    const json = await typed(['verify', folder, '--json']);
    expect(JSON.parse(json.stdout)).toHaveLength(stdout.trimEnd().split('\n').length);
    expect(json.exitCode).toBe(1);
  });

  async function change(
    folder: string,
    changed: (bytes: Buffer) => Buffer,
    name = MADE,
  ): Promise<void> {
    const path = join(folder, name);
    await writeFile(path, changed(await readFile(path)));
  }

  function flipped(bytes: Buffer): Buffer {
    const at = bytes.length >> 1;
    return Buffer.concat([
      bytes.subarray(0, at),
      Buffer.from([bytes[at]! ^ 1]),
      bytes.subarray(at + 1),
    ]);
  }

  function unreadable(bytes: Buffer): Buffer {
    return Buffer.from(bytes.toString('utf8').replace(': "', ': z'));
  }

  function withoutRow(bytes: Buffer): Buffer {
    const lines = bytes.toString('utf8').split('\r\n');
    return Buffer.from(lines.toSpliced(lines.length - 3, 1).join('\r\n'));
  }

  function swapped(bytes: Buffer): Buffer {
    const lines = bytes.toString('utf8').split('\r\n');
    const at = lines.findIndex((line) => /^2026[^"]*$/.test(line));
    const [day, id, ...cells] = lines[at]!.split(',');
    return Buffer.from(lines.with(at, [id, day, ...cells].join(',')).join('\r\n'));
  }
});

describe('files end at the bound', () => {
  test.each<[string, (total: number) => number, number]>([
    ['as many rows as there are', (total) => total, 1],
    ['one row fewer', (total) => total - 1, 2],
    ['a third of the rows', (total) => Math.ceil(total / 3), 3],
  ])('of %s', async (title, boundOf, fileCount) => {
    const ids = (await rowsOf(address, 'transactions.csv')).map(({ id }) => id);
    const rowsPerFile = boundOf(ids.length);
    const night = await books.night(title, { from: DAY, config: { rowsPerFile } });
    const files = night.manifest.files.filter(({ table }) => table === 'transactions');
    const names = ['transactions.csv', 'transactions-2.csv', 'transactions-3.csv'];
    expect(files.map(({ name }) => name)).toEqual(names.slice(0, fileCount));
    expect(files.slice(0, -1).every(({ rowCount }) => rowCount === rowsPerFile)).toBe(true);
    const rows = await Promise.all(files.map(({ name }) => rowsOf(night.address, name)));
    expect(rows.map(({ length }) => length)).toEqual(files.map(({ rowCount }) => rowCount));
    expect(rows.flat().map(({ id }) => id)).toEqual(ids);
    expect(await typed(['verify', night.address])).toMatchObject({ exitCode: 0 });
  });
});

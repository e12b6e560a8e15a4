import { cp, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Instant } from '../../lib/model/instant.ts';
import type { Summary } from '../../lib/report/summary.ts';
import type { Label } from '../../lib/simulator/planted/plant.ts';
import { plantFaults } from '../../lib/simulator/planter.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { tieout, typed } from '../world/command-line.ts';
import { type Books, type CsvRow, digestsOf, filesBelow, openBooks, rowsOf } from './books.ts';

const START = Date.UTC(2026, 2, 1) as Instant;
const later = (days: number) => (START + days * 86_400_000) as Instant;
const RANGE = { from: '2026-03-01', to: '2026-03-10' };
const FILES = [
  'discrepancies.csv',
  'readiness.csv',
  'report.html',
  'report.json',
  'restatements.csv',
];

const CLEAN = createWorld({
  start: START,
  dayCount: 10,
  transactionCount: 3_000,
  creditMemoCount: 600,
});

let books: Books;
let labels: readonly Label[];
/** Folders of a snapshot with faults, and of what the rules find in it. */
let planted: string;
let out: string;

beforeAll(async () => {
  const day = { start: later(2), end: later(8) };
  const faulty = plantFaults(CLEAN, { seed: 7, perRule: 2, day });
  labels = faulty.labels;
  books = await openBooks({ world: CLEAN, asOf: later(21) });
  const others = await openBooks({ world: faulty.world, asOf: later(21) });
  const { address } = await others.night('planted', RANGE);
  planted = join(books.at('planted'), 'period=range', 'run=one');
  await cp(address, planted, { recursive: true });
  await others.close();
  out = books.at('planted-out');
  await reconciled(planted, ['--out', out]);
});

afterAll(() => books.close());

function reconciled(folder: string, flags: readonly string[] = []) {
  return typed(['reconcile', folder, ...flags]);
}

/** What was found, or planted, by the record it is about. */
function told(one: Partial<Pick<Label, 'rule' | 'collection' | 'recordId'>> | CsvRow): string {
  return `${one.rule} ${one.collection} ${one.recordId}`;
}

describe('a snapshot of sound books', () => {
  test.each([
    ['a range', RANGE],
    ['a day in the middle', { from: '2026-03-05' }],
    ['days in the middle', { from: '2026-03-04', to: '2026-03-06' }],
    ['days just over', { ...RANGE, clock: { now: () => later(10.1), wait: async () => {} } }],
  ])('has no discrepancy: %s', async (title, asked) => {
    const { address } = await books.night(title, asked);
    const { exitCode, stdout, stderr } = await reconciled(address, ['--fail-on', 'info']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('ties out: nothing differs.');
  });

  test.each([
    ['the transactions', { collections: ['transactions'] as const }],
    ['the credit memos', { collections: ['credit-memos'] as const }],
    ['one currency', { filter: 'currency:JPY' }],
    ['nobody', { filter: 'customerId:nobody' }],
  ])('has none where rows were left out on purpose: only %s', async (title, config) => {
    const { address, manifest } = await books.night(`only ${title}`, { ...RANGE, config });
    const { stdout } = await reconciled(address, ['--json']);
    const { readiness, discrepancies } = JSON.parse(stdout);
    expect(discrepancies.flatMap(({ active }: { active: unknown[] }) => active)).toEqual([]);
    const judged = readiness.map(({ collection }: { collection: string }) => collection);
    expect([...new Set(judged)]).toEqual(manifest.scope.collections);
  });

  test('has none while the day is not over', async () => {
    const clock = { now: () => (later(9) + 1_000) as Instant, wait: async () => {} };
    books.simulator.setAsOf(later(9));
    const { address } = await books.night('open', { from: '2026-03-10', force: true, clock });
    books.simulator.setAsOf(later(21));
    expect((await reconciled(address)).stdout).toContain('ties out: nothing differs.');
  });
});

describe('a snapshot with planted faults', () => {
  test('has every fault that was planted, and no other', async () => {
    const found = await rowsOf(out, 'discrepancies.csv');
    expect(labels.length).toBeGreaterThan(60);
    expect(found.map(told).sort()).toEqual(labels.map(told).sort());
  });

  test('says as of when it was judged: when its run began', async () => {
    const { judgedAt } = await reported();
    const { startedAt } = JSON.parse(await readFile(join(planted, 'manifest.json'), 'utf8'));
    expect(judgedAt).toBe(startedAt);
  });

  test('shows its own days, with all that came in and all that was found', async () => {
    const { days, movements } = await reported();
    expect(days.map(({ day }) => day)).toEqual(
      Array.from({ length: 10 }, (_, at) => `2026-03-${String(at + 1).padStart(2, '0')}`),
    );
    const payments = days.flatMap(({ moneyIn }) => moneyIn);
    expect(sum(payments.map(({ count }) => count))).toBe(
      sum(movements.map(({ moneyIn }) => moneyIn.count)),
    );
    expect(sum(days.map(({ discrepancyCount }) => discrepancyCount))).toBe(
      (await rowsOf(out, 'discrepancies.csv')).length,
    );
  });

  test('is left as it was, with the findings beside it', async () => {
    const before = await digestsOf(planted);
    const { stdout } = await reconciled(planted);
    const folder = /^Written to (.+):$/m.exec(stdout)![1]!;
    expect(dirname(folder)).toBe(dirname(planted));
    expect(await readdir(folder)).toEqual(expect.arrayContaining(FILES));
    expect(await digestsOf(planted)).toEqual(before);
    expect((await typed(['verify', planted])).exitCode).toBe(0);
  });

  test('is written in its own CSV format', async () => {
    const csv = { delimiter: ';', lineEnd: 'lf', bom: false } as const;
    const { address } = await books.night('format', { from: '2026-03-05', config: { csv } });
    await reconciled(address, ['--out', books.at('format-out')]);
    const text = await readFile(books.at('format-out/readiness.csv'), 'utf8');
    expect(text).toMatch(
      /^period;collection;state;reasons;since\n2026-03-05;transactions;settled;/,
    );
  });

  test.each(['Asia/Kolkata', 'America/St_Johns'])(
    'gives the same bytes with TZ=%s',
    async (zone) => {
      const place = books.at(`zone-${zone}`);
      const { exitCode } = await tieout(['reconcile', planted, '--out', place], {
        env: { TZ: zone },
      });
      expect(exitCode).toBe(0);
      expect((await filesBelow(place)).sort()).toEqual(FILES);
      for (const name of FILES) {
        expect(await readFile(join(place, name))).toEqual(await readFile(join(out, name)));
      }
    },
  );

  test('--json prints one object: the report, and where it is', async () => {
    const { stdout } = await reconciled(planted, ['--out', out, '--json']);
    expect(stdout.trimEnd()).not.toContain('\n');
    const { address, ...summary } = JSON.parse(stdout);
    expect(address).toBe(out);
    expect(summary).toEqual(JSON.parse(await readFile(join(out, 'report.json'), 'utf8')));
    expect(stdout).not.toContain('elapsedMs');
  });
});

async function reported(): Promise<Summary> {
  return JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

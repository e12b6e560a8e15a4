import { appendFile, cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Instant } from '../../../lib/model/instant.ts';
import { plantFaults } from '../../../lib/simulator/planter.ts';
import { createWorld } from '../../../lib/simulator/world.ts';
import { tieout, typed } from '../../world/command-line.ts';
import { openBooks, rowsOf } from '../books.ts';
import { discrepancy, type ListedBooks, ORGANIZATION, openListedBooks } from '../listed-books.ts';

const { id: ID } = discrepancy();
const BECAUSE = ['--reason', 'Refunded by hand'];

let books: ListedBooks;

beforeEach(async () => {
  books = await openListedBooks();
});

afterEach(() => books.close());

const ack = (id: string, ...flags: readonly string[]) => books.ack(id, ...flags);
const written = () => books.written();

describe('a discrepancy is accepted', () => {
  test('with the figures of its snapshot, told and written down', async () => {
    await books.publish('2026-11-20', [discrepancy({ recordId: 'other' }), discrepancy()]);
    const { exitCode, stdout, stderr } = await ack(ID, ...BECAUSE, '--by', 'A. Berger');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const [name = ''] = await written();
    const path = join(books.folder, `organization=${ORGANIZATION}/acknowledgements`, name);
    expect(stdout).toBe(`Accepted: memo-tax of credit-memos crmm_1 (${ID})

  expected    12.50
  actual      11.50
  difference  -1.00 USD
  reason      Refunded by hand
  by          A. Berger

Figures of 2026-11-20, run 20261120T235959Z.
It takes effect with the next run, and holds until expected or actual change.
Written to ${path}
`);
    const { at, ...record } = JSON.parse(await readFile(path, 'utf8'));
    expect(record).toEqual({
      decision: 'accepted',
      id: ID,
      rule: 'memo-tax',
      collection: 'credit-memos',
      recordId: 'crmm_1',
      expected: '12.50',
      actual: '11.50',
      reason: 'Refunded by hand',
      by: 'A. Berger',
    });
    expect(at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(name).toBe(`${ID}/${at.replace(/[-:]/g, '')}.json`);
  });

  test('by a program, which reads the same as one object', async () => {
    await books.publish('2026-11-20', [discrepancy()]);
    const { stdout } = await ack(ID, ...BECAUSE, '--json');
    expect(stdout.trimEnd()).not.toContain('\n');
    expect(JSON.parse(stdout)).toEqual({
      ...{ decision: 'accepted', id: ID, rule: 'memo-tax', collection: 'credit-memos' },
      ...{ recordId: 'crmm_1', expected: '12.50', actual: '11.50', difference: '-1.00' },
      ...{ currency: 'USD', reason: 'Refunded by hand', by: '', at: expect.any(String) },
      ...{ period: '2026-11-20', runId: '20261120T235959Z', passedOver: [] },
      address: expect.stringContaining(ID),
    });
  });

  test('of the newest period that lists it; those without discrepancies are passed over', async () => {
    await books.publish('2026-11-18', [discrepancy({ actual: '1.00' })]);
    await books.publish('2026-11-19', [discrepancy({ actual: '2.00', status: 'open' })]);
    await books.publish('2026-11-20', [discrepancy({ recordId: 'other' })]);
    await books.publish('2026-11-21');
    const { stdout } = await ack(ID, ...BECAUSE);
    expect(stdout).toContain('actual      2.00\n');
    expect(stdout).toContain('Figures of 2026-11-19, ');
  });

  test.each([
    ['a range that ends later goes before the night', '2026-11-01_2026-11-21', '2026-11-20'],
    ['a night goes before a range that ends with it', '2026-11-20', '2026-11-01_2026-11-20'],
  ])('%s', async (_title, first, second) => {
    await books.publish(first, [discrepancy({ actual: '1.00' })]);
    await books.publish(second, [discrepancy({ actual: '2.00' })]);
    expect((await ack(ID, ...BECAUSE)).stdout).toContain(`actual      1.00\n`);
  });

  test('of the run that latest.json names, not of another of that day', async () => {
    const folder = await books.publish('2026-11-20', [discrepancy()]);
    const other = folder.replace(/run=.*/, 'run=20261122T000000Z');
    await cp(folder, other, { recursive: true });
    await writeFile(join(other, 'discrepancies.csv'), '');
    expect((await ack(ID, ...BECAUSE)).exitCode).toBe(0);
  });

  test('whatever the CSV looks like, cells as they were before they were guarded', async () => {
    await books.close();
    books = await openListedBooks({ delimiter: ';', lineEnd: 'lf', bom: false });
    const odd = { expected: '=1+1', actual: "'a;b\n\u202ec\u001b[2J" };
    await books.publish('2026-11-20', [discrepancy(odd)]);
    const { stdout } = await ack(ID, ...BECAUSE);
    expect(await books.inForce()).toMatchObject([odd]);
    expect(stdout).toContain("actual      'a;b\ufffd\ufffdc\ufffd[2J\n");
  });

  test('without a key, in a process of its own', async () => {
    await books.publish('2026-11-20', [discrepancy()]);
    const flags = ['--dest', books.folder, '--organization', ORGANIZATION];
    const { exitCode, stderr } = await tieout(['ack', ID, ...BECAUSE, ...flags]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  test('with a reason of several lines, which becomes one', async () => {
    await books.publish('2026-11-20', [discrepancy()]);
    await ack(ID, '--reason', ' seen\r\n  and found good\n');
    expect(await books.inForce()).toMatchObject([{ reason: 'seen and found good' }]);
  });

  test.each([
    ['what was found', { actual: '10.00' }],
    ['what is expected', { expected: '13.00' }],
  ])('again, when %s has changed: the new figures count', async (_title, figures) => {
    await books.publish('2026-11-20', [discrepancy()]);
    await ack(ID, ...BECAUSE);
    await books.publish('2026-11-21', [discrepancy({ status: 'open', ...figures })]);
    expect((await ack(ID, ...BECAUSE)).exitCode).toBe(0);
    expect(await books.inForce()).toMatchObject([{ id: ID, ...figures }]);
    expect(await written()).toHaveLength(2);
  });
});

describe('a broken snapshot is passed over, and named', () => {
  test.each<[string, string, (folder: string) => Promise<void>]>([
    [
      'a changed byte',
      'discrepancies.csv has ',
      (folder) => appendFile(join(folder, 'discrepancies.csv'), ' '),
    ],
    ['a lost file', 'There is no file ', (folder) => rm(join(folder, 'discrepancies.csv'))],
    ['a lost manifest', 'has no manifest', (folder) => rm(join(folder, 'manifest.json'))],
    [
      'a changed manifest',
      'The manifest ends ',
      (folder) => appendFile(join(folder, 'manifest.json'), ' '),
    ],
    [
      'a latest.json of no run',
      'It names no run',
      (folder) => writeFile(join(folder, '../latest.json'), '{}'),
    ],
    [
      'a latest.json cut off',
      'is no JSON',
      (folder) => writeFile(join(folder, '../latest.json'), '{'),
    ],
  ])('%s', async (_title, clause, spoil) => {
    await books.publish('2026-11-19', [discrepancy()]);
    await spoil(await books.publish('2026-11-20', [discrepancy({ actual: '0.00' })]));
    const { exitCode, stdout } = await ack(ID, ...BECAUSE);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Figures of 2026-11-19, ');
    expect(stdout).toMatch(/^Passed over, since it cannot be read: .*period=2026-11-20\/latest/m);
    expect(stdout).toContain(clause);
  });

  test('and told of when nothing else lists it', async () => {
    const folder = await books.publish('2026-11-20', [discrepancy()]);
    await rm(join(folder, 'manifest.json'));
    const { exitCode, stderr } = await ack(ID, ...BECAUSE);
    expect(stderr).toMatch(/^DISCREPANCY_UNKNOWN: .*1 could not be read.*manifest/);
    expect(exitCode).toBe(2);
  });
});

test('what was accepted is acknowledged by the next run', async () => {
  const start = Date.UTC(2026, 2, 1) as Instant;
  const day = { start, end: Date.UTC(2026, 2, 2) as Instant };
  const clean = createWorld({ start, dayCount: 1, transactionCount: 200, creditMemoCount: 60 });
  const { world } = plantFaults(clean, { seed: 1, perRule: 2, rules: ['memo-tax'], day });
  const real = await openBooks({ world, asOf: Date.UTC(2026, 2, 20) as Instant });
  try {
    const { address, manifest } = await real.night('books', { from: '2026-03-01' });
    const findings = await rowsOf(address, 'discrepancies.csv');
    const { id = '' } = findings[0]!;
    const place = ['--dest', real.at('books'), '--organization', manifest.scope.organizationId];
    const outcome = await typed(['ack', id, ...place, '--reason', "=it's fine", '--by', '@me']);
    expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });

    const second = await real.night('books', { from: '2026-03-01' });
    const again = await rowsOf(second.address, 'discrepancies.csv');
    expect(again.map((row) => [row['id'], row['status']])).toEqual(
      findings.map((row) => [row['id'], row['id'] === id ? 'acknowledged' : 'new']),
    );
    expect(await rowsOf(second.address, 'inputs/acknowledgements.csv')).toMatchObject([
      { id, reason: "'=it's fine", by: "'@me" },
    ]);
  } finally {
    await real.close();
  }
});

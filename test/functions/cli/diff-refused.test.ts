import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest, Scope } from '../../../lib/contract.ts';
import { organizationId } from '../../../lib/model/ids.ts';
import { typed } from '../../world/command-line.ts';
import { later, openShelf, payment, type Shelf } from '../shelf.ts';

let shelf: Shelf;

beforeAll(async () => {
  shelf = await openShelf();
});

afterAll(() => shelf.close());

describe('snapshots that are not of the same rows are refused', () => {
  const scoped = (scope: Partial<Scope>) => (manifest: Manifest) => ({
    scope: { ...manifest.scope, ...scope },
  });

  test.each<[string, string, (manifest: Manifest) => Partial<Manifest>]>([
    ['another organization', 'organization', scoped({ organizationId: organizationId('org_2') })],
    ['another environment', 'environment', scoped({ environment: 'sandbox' })],
    ['another time zone', 'time zone', scoped({ timezone: 'Europe/Vienna' })],
    ['a view', 'view', () => ({ view: 'abc' })],
    ['another filter', 'filter', scoped({ filter: 'currency:EUR' })],
  ])('%s', async (_title, fact, manifest) => {
    const outcome = await shelf.diff({}, { manifest });
    expect(outcome.stderr).toMatch(
      new RegExp(
        `^SNAPSHOTS_INCOMPARABLE: .* has the ${fact} '.*', and .* has '.*'\\. [^\\n]+\\n$`,
      ),
    );
    expect(outcome).toMatchObject({ exitCode: 2, stdout: '' });
  });

  test('and so are those of a time with other columns', async () => {
    const manifest = scoped({ columnsVersion: 2 });
    const { exitCode, stderr } = await shelf.diff({ manifest }, { manifest });
    expect(stderr).toMatch(/^SNAPSHOTS_INCOMPARABLE: Both have version 2 of the columns;/);
    expect(exitCode).toBe(2);
  });

  test('but two views of the same rows are compared', async () => {
    const manifest = () => ({ view: 'abc' });
    const { stdout } = await shelf.diff({ manifest }, { manifest });
    expect(stdout).toMatch(/^Nothing differs /);
  });
});

describe('a snapshot that is not whole is refused, the first and the second', () => {
  test.each<[string, string, number, (folder: string) => Promise<void>]>([
    [
      'a changed byte',
      'SNAPSHOT_DAMAGED: .* transactions.csv: ',
      1,
      (folder) => appendFile(join(folder, 'transactions.csv'), '\r\n'),
    ],
    [
      'a lost file',
      'SNAPSHOT_DAMAGED: .* credit-memo-items.csv: It is missing',
      1,
      (folder) => rm(join(folder, 'credit-memo-items.csv')),
    ],
    ['no manifest', 'SNAPSHOT_MISSING: ', 2, (folder) => rm(join(folder, 'manifest.json'))],
    ['no folder', 'SNAPSHOT_MISSING: ', 2, (folder) => rm(folder, { recursive: true })],
  ])('%s', async (_title, line, exitCode, spoil) => {
    const [whole, broken] = [await shelf.snapshot({}), await shelf.snapshot({ manifest: later })];
    await spoil(broken);
    const out = join(shelf.folder, 'never.csv');
    for (const folders of [
      [whole, broken],
      [broken, whole],
    ]) {
      const outcome = await typed(['diff', ...folders, '--out', out]);
      expect(outcome.stderr).toMatch(new RegExp(`^${line}[^\\n]*\\n$`));
      expect(outcome).toMatchObject({ exitCode, stdout: '' });
    }
  });

  test('nothing comes of a comparison that is stopped', async () => {
    const folders = [
      await shelf.snapshot({}),
      await shelf.snapshot({ transactions: [payment('p')] }),
    ];
    const { exitCode, stdout, stderr } = await typed(['diff', ...folders], {
      meanwhile: (world) => world.signal('SIGINT'),
    });
    expect(stderr).toMatch(/^INTERRUPTED: /);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  });
});

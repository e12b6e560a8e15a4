import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Outcome, typed } from '../../world/command-line.ts';
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

async function expectRefusal(outcome: Promise<Outcome>, line: RegExp): Promise<void> {
  const before = await written();
  const { exitCode, stdout, stderr } = await outcome;
  expect(stderr).toMatch(line);
  expect(stderr).toMatch(/^[A-Z_]+: [^\n]+[.?]\n$/);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(await written()).toEqual(before);
}

describe('nothing is written', () => {
  test('of an id that no snapshot lists, nor where there is none at all', async () => {
    await books.publish('2026-11-19');
    await expectRefusal(
      ack(ID, ...BECAUSE),
      /^DISCREPANCY_UNKNOWN: .* in the 0 snapshots of org_1 /,
    );
    await books.publish('2026-11-20', [discrepancy({ recordId: 'other' })]);
    await expectRefusal(
      ack(ID, ...BECAUSE),
      /^DISCREPANCY_UNKNOWN: .* in the 1 snapshot of org_1 /,
    );
  });

  test('of a discrepancy of another organization', async () => {
    await books.publish('2026-11-20', [discrepancy()]);
    const flags = ['--dest', books.folder, '--organization', 'org_2', ...BECAUSE];
    await expectRefusal(typed(['ack', ID, ...flags]), /^DISCREPANCY_UNKNOWN: /);
  });

  test('of one that was resolved, though an older night still lists it as open', async () => {
    await books.publish('2026-11-19', [discrepancy()]);
    await books.publish('2026-11-20', [discrepancy({ status: 'resolved' })]);
    await books.publish('2026-11-21', []);
    await expectRefusal(ack(ID, ...BECAUSE), /^DISCREPANCY_RESOLVED: .*crmm_1.* on 2026-11-20\./);
  });

  test.each(['', 'memo-tax', ID.toUpperCase(), `${ID}0`, ID.slice(1), `../${ID.slice(3)}`, '%'])(
    "of '%s', which is no id",
    async (id) => {
      for (const undo of [[], ['--undo']]) {
        await expectRefusal(ack(id, ...BECAUSE, ...undo), /^DISCREPANCY_ID_INVALID: '/);
      }
    },
  );

  test('a second time, as long as the figures are the same', async () => {
    await books.publish('2026-11-20', [discrepancy()]);
    await ack(ID, ...BECAUSE, '--by', 'A. Berger');
    await books.publish('2026-11-21', [discrepancy({ status: 'acknowledged', ageDays: 1 })]);
    await expectRefusal(
      ack(ID, '--reason', 'Another'),
      /^ACKNOWLEDGED_ALREADY: .* by A\. Berger at .*"Refunded by hand"/,
    );
  });

  test.each<[string, string[], RegExp]>([
    ['without a reason', [], /^FLAG_INVALID: .*--reason/],
    ['for a blank reason', ['--reason', ' \n '], /^FLAG_INVALID: --reason is empty/],
    [
      'for a reason without end',
      ['--reason', 'a'.repeat(1_001)],
      /^FLAG_INVALID: --reason has 1001/,
    ],
    ['by a name without end', [...BECAUSE, '--by', 'a'.repeat(1_001)], /^FLAG_INVALID: --by has/],
    ['in a bucket that cannot be', [...BECAUSE, '--dest', 's3://a'], /^DESTINATION_INVALID: /],
    ['of no organization', [...BECAUSE, '--organization', '..'], /^ORGANIZATION_INVALID: /],
  ])('%s', async (_title, flags, line) => {
    await books.publish('2026-11-20', [discrepancy()]);
    await expectRefusal(ack(ID, ...flags), line);
  });
});

describe('--undo', () => {
  beforeEach(async () => {
    await books.publish('2026-11-20', [discrepancy()]);
  });

  test('takes an acceptance back, and it can be accepted anew, all within a second', async () => {
    await ack(ID, ...BECAUSE);
    const { exitCode, stdout, stderr } = await ack(ID, '--undo', '--reason', 'Too early');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^Taken back: memo-tax of credit-memos crmm_1 /);
    expect(stdout).toContain('actual      11.50\n  reason      Too early\n');
    expect(await books.inForce()).toEqual([]);
    await ack(ID, '--reason', 'Now');
    expect(await books.inForce()).toMatchObject([{ id: ID, reason: 'Now' }]);
    expect(await written()).toHaveLength(3);
  });

  test('needs no snapshot that still lists the discrepancy', async () => {
    await ack(ID, ...BECAUSE);
    await rm(join(books.folder, `organization=${ORGANIZATION}/period=2026-11-20`), {
      recursive: true,
    });
    const { stdout } = await ack(ID, '--undo', ...BECAUSE, '--json');
    expect(JSON.parse(stdout)).toMatchObject({ decision: 'taken-back', actual: '11.50' });
    expect(await books.inForce()).toEqual([]);
  });

  test('of what is not accepted is refused', async () => {
    const undo = () => ack(ID, '--undo', ...BECAUSE);
    await expectRefusal(undo(), /^ACKNOWLEDGEMENT_MISSING: No acceptance of /);
    await ack(ID, ...BECAUSE);
    await undo();
    await expectRefusal(undo(), /^ACKNOWLEDGEMENT_MISSING: .* was taken back at 20/);
  });

  test('wants a reason too', async () => {
    await ack(ID, ...BECAUSE);
    await expectRefusal(ack(ID, '--undo'), /^FLAG_INVALID: .*--reason/);
  });
});

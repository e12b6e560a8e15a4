import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { typed } from '../../world/command-line.ts';
import { rowsOf } from '../books.ts';
import {
  item,
  later,
  memo,
  ofRecord,
  openShelf,
  payment,
  SECOND_RUN,
  type Shelf,
} from '../shelf.ts';

let shelf: Shelf;

beforeAll(async () => {
  shelf = await openShelf();
});

afterAll(() => shelf.close());

describe('on the terminal', () => {
  test('identical snapshots are one line', async () => {
    const content = { transactions: [payment('p'), payment('q')], memos: [memo('m')] };
    const { stdout } = await shelf.diff(content, content);
    expect(stdout).toBe(
      'Nothing differs in 2026-11-20 between run 20261121T061500Z and run 20261124T091200Z: ' +
        '2 transactions, 1 credit memo, 2 credit memo items are the same.\n',
    );
  });

  test('a snapshot is identical to itself, and an empty one to another', async () => {
    const path = await shelf.snapshot({ transactions: [payment('p')] });
    expect((await typed(['diff', path, path])).stdout).toMatch(/^Nothing differs .*\n$/);
    expect((await shelf.diff({}, {})).stdout).toMatch(
      /^Nothing differs .*: no rows are the same\.\n$/,
    );
  });

  test('others are counted, summed up and listed', async () => {
    const { stdout, exitCode } = await shelf.diff(
      { transactions: [payment('p'), payment('q', { amount: 1000 })], memos: [memo('m')] },
      {
        transactions: [payment('p', { amount: 9 }), payment('r', { currency: 'JPY', amount: 7 })],
        memos: [memo('m', { description: `a\u001b[2J${'b'.repeat(40)}` })],
      },
    );
    expect(exitCode).toBe(0);
    const [head, ...blocks] = stdout.split('\n\n');
    expect(head).toMatch(/^2026-11-20 of org_1 \(Europe\/Berlin\)\nfirst {3}run 20261121T061500Z/);
    expect(blocks.join('\n\n')).toBe(`\
                   in both  only in first  only in second  changed  corrections  lifecycle
─────────────────  ───────  ─────────────  ──────────────  ───────  ───────────  ─────────
transactions             1              1               1        1            1          0
credit-memos             1              0               0        1            0          1
credit-memo-items        2              0               0        0            0          0

                   currency     first  second     effect
─────────────────  ────────  ────────  ──────  ─────────
money in less out  EUR       1,010.50    9.00  -1,001.50
money in less out  JPY              0       7          7
credit given       USD          30.00   30.00       0.00

kind            record         field        first    second                               effect
──────────────  ─────────────  ───────────  ───────  ────────────────────────────  ─────────────
correction      transaction p  amount       10.50    9.00                              -1.50 EUR
only-in-first   transaction q  amount       1000.00                                -1,000.00 EUR
only-in-second  transaction r  amount                7                                     7 JPY
lifecycle       credit memo m  description           a\ufffd[2J${'b'.repeat(22)}…
`);
  });

  test('a first snapshot that is the newer one is remarked upon', async () => {
    const newer = { transactions: [payment('p', { status: 'refunded' })], manifest: later };
    const older = { transactions: [payment('p')], manifest: () => ({}) };
    const { stdout } = await shelf.diff(newer, older);
    expect(stdout).toContain('\nThe first is the newer one: ');
    expect((await shelf.diff(older, newer)).stdout).not.toContain('newer');
  });

  test('the gravest come first: corrections, what only one has, what moved money', async () => {
    const used = {
      createdTime: '2026-11-20T12:00:00Z',
      currency: 'USD',
      amount: 5,
      invoiceId: 'i',
    };
    const { stdout } = await shelf.diff(
      { transactions: [payment('a'), payment('b'), payment('c')], memos: [memo('m'), memo('n')] },
      {
        transactions: [payment('a', { orderId: 'o' }), payment('b', { status: 'voided' })],
        memos: [
          memo('m', { items: [item('a', 10), item('c', 20)], allocations: { invoices: [used] } }),
          memo('n', { customerId: 'cus_1' }),
          memo('o'),
        ],
      },
    );
    const [, list = ''] = stdout.split('effect\n').slice(-2);
    expect(
      list
        .trimEnd()
        .split('\n')
        .slice(1)
        .map((line) => line.replace(/ {2,}/g, ' | ')),
    ).toEqual([
      'only-in-first | credit memo m, item 2 | price | 20.00',
      'only-in-second | credit memo o | totalAmount | 30.00 | 30.00 USD',
      'only-in-first | transaction c | amount | 10.50 | -10.50 EUR',
      'lifecycle | transaction b | status | completed | voided | -10.50 EUR',
      'only-in-second | credit memo m, invoice i | amount | 5.00',
      'only-in-second | credit memo m, item 2 | price | 20.00',
      'lifecycle | credit memo n | customerId | cus_1',
      'lifecycle | transaction a | orderId | o',
    ]);
  });

  test('twenty lines are shown, the corrections among them, and the others counted', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => `p${String(n).padStart(2, '0')}`);
    const { stdout } = await shelf.diff(
      { transactions: [...ids.map((id) => payment(id)), payment('z')] },
      {
        transactions: [
          ...ids.map((id) => payment(id, { orderId: 'o' })),
          payment('z', { amount: 1 }),
        ],
      },
    );
    expect(stdout.match(/^lifecycle /gm)).toHaveLength(19);
    expect(stdout).toMatch(/^correction +transaction z /m);
    expect(stdout).toMatch(/^and 11 more: --out writes all of them, --json prints them\.$/m);
  });
});

test('a change of currency has no effect in one, but the sums tie', async () => {
  const { stdout } = await shelf.diff(
    { transactions: [payment('p')] },
    { transactions: [payment('p', { currency: 'USD' })] },
    '--json',
  );
  const { differences, money } = JSON.parse(stdout);
  expect(differences).toMatchObject([{ kind: 'correction', field: 'currency', effect: '' }]);
  const of = (currency: string) => ({ collection: 'transactions', currency });
  expect(money).toEqual([
    { ...of('EUR'), first: '10.50', second: '0.00', effect: '-10.50' },
    { ...of('USD'), first: '0.00', second: '10.50', effect: '10.50' },
  ]);
});

test('--json prints one object that a script can read', async () => {
  const { stdout } = await shelf.diff(
    { transactions: [payment('p')] },
    { transactions: [payment('p', { orderId: "'quoted" })] },
    '--json',
  );
  expect(stdout.trimEnd()).not.toContain('\n');
  const counts = { inBoth: 1, onlyInFirst: 0, onlyInSecond: 0, changed: 1 };
  expect(JSON.parse(stdout)).toEqual({
    ...{ organizationId: 'org_1', environment: 'live', timezone: 'Europe/Berlin', view: '' },
    ...{ firstDay: '2026-11-20', lastDay: '2026-11-20', isSame: false, notCompared: [] },
    first: expect.objectContaining({
      runId: '20261121T061500Z',
      startedAt: '2026-11-21T06:15:00Z',
    }),
    second: expect.objectContaining({ runId: SECOND_RUN, digest: expect.any(String) }),
    counts: [{ table: 'transactions', ...counts, corrections: 0, lifecycles: 1 }],
    money: [
      {
        collection: 'transactions',
        currency: 'EUR',
        first: '10.50',
        second: '10.50',
        effect: '0.00',
      },
    ],
    differences: [
      {
        ...{ ...ofRecord('transactions', 'p'), kind: 'lifecycle', field: 'orderId', old: '' },
        ...{ new: "'quoted", currency: '', effect: '', line: '' },
      },
    ],
  });
});

describe('--out', () => {
  const first = { transactions: [payment('@p')], memos: [memo('m')] };
  const second = {
    transactions: [payment('@p', { amount: 9, orderId: '=1' })],
    memos: [memo('m', { items: [item('a', 10)] })],
  };

  test('writes all of it as CSV, with the columns of restatements.csv and one more', async () => {
    const out = join(shelf.folder, 'deep/er/changes.csv');
    const { stdout } = await shelf.diff(first, second, '--out', out);
    expect(stdout).toMatch(new RegExp(`^Written to ${out}$`, 'm'));
    const text = await readFile(out, 'utf8');
    expect(text.split('\r\n')).toEqual([
      '\ufeffcollection,recordId,businessDate,kind,field,old,new,currency,effect,line',
      'credit-memo-items,m,2026-11-20,only-in-first,price,20.00,,USD,,2',
      "transactions,'@p,2026-11-20,correction,amount,10.50,9.00,EUR,-1.50,",
      "transactions,'@p,2026-11-20,lifecycle,orderId,,'=1,,,",
      '',
    ]);
    expect(await readdir(join(shelf.folder, 'deep/er'))).toEqual(['changes.csv']);
  });

  test('of what does not differ is its header', async () => {
    const out = join(shelf.folder, 'same.csv');
    await shelf.diff(first, first, '--out', out, '--json');
    expect(await rowsOf(shelf.folder, 'same.csv')).toEqual([]);
    expect(await readFile(out, 'utf8')).toMatch(/^\ufeffcollection,[^\n]*,line\r\n$/);
  });

  test('never goes into a snapshot', async () => {
    const path = await shelf.snapshot(first);
    const { exitCode, stderr } = await typed(['diff', path, path, '--out', join(path, 'a/b.csv')]);
    expect(stderr).toMatch(/^FLAG_INVALID: --out is '.*', inside of the snapshot /);
    expect(exitCode).toBe(2);
  });

  test('that is a folder leaves nothing behind', async () => {
    await mkdir(join(shelf.folder, 'taken'));
    const { exitCode, stderr, stdout } = await shelf.diff(
      first,
      second,
      '--out',
      join(shelf.folder, 'taken'),
    );
    expect(stderr).toMatch(/^DESTINATION_UNWRITABLE: [^\n]+\n$/);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect((await readdir(shelf.folder)).filter((name) => name.startsWith('taken'))).toEqual([
      'taken',
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../lib/model/records.ts';
import { MANIFEST_NAME } from '../../lib/object-keys.ts';
import { fc } from '../world/properties.ts';
import {
  type Files,
  forge,
  manifestIn,
  problemsOf,
  seal,
  smallSnapshot,
  TRANSACTIONS,
} from './small-snapshot.ts';

function changed(files: Files, name: string, change: (bytes: Buffer) => Buffer): Files {
  return new Map(files).set(name, change(Buffer.from(files.get(name)!)));
}

const whole = await smallSnapshot();

describe('a snapshot', () => {
  test('as it was published holds', async () => {
    expect(await problemsOf(whole)).toEqual([]);
    expect([...whole.keys()].sort()).toEqual([
      'control-totals.csv',
      'credit-memo-allocations.csv',
      'credit-memo-items.csv',
      'credit-memos.csv',
      'manifest.json',
      'transactions-2.csv',
      'transactions.csv',
    ]);
  });

  test('of nothing holds', async () => {
    expect(await problemsOf(await smallSnapshot([], []))).toEqual([]);
  });

  test('without a manifest is none', async () => {
    const files = new Map(whole);
    files.delete(MANIFEST_NAME);
    await expect(problemsOf(files)).rejects.toMatchObject({ code: 'SNAPSHOT_MISSING' });
  });
});

describe('a change is found:', () => {
  test('any bit of any byte of any file', async () => {
    const names = fc.constantFrom(...whole.keys());
    await fc.assert(
      fc.asyncProperty(
        names,
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (name, at, bits) => {
          const files = changed(whole, name, (bytes) => {
            bytes[at % bytes.length]! ^= bits;
            return bytes;
          });
          expect(await problemsOf(files)).not.toEqual([]);
        },
      ),
      { numRuns: 250 },
    );
  });

  test('a version that was made newer by a damaged byte', async () => {
    const files = changed(whole, MANIFEST_NAME, (bytes) =>
      Buffer.from(bytes.toString('utf8').replace('"manifestVersion": 1', '"manifestVersion": 3')),
    );
    expect(await problemsOf(files)).not.toEqual([]);
  });

  test('every single byte of the manifest', async () => {
    const { length } = whole.get(MANIFEST_NAME)!;
    for (let at = 0; at < length; at++) {
      const files = changed(whole, MANIFEST_NAME, (bytes) => {
        bytes[at]! ^= 1 << (at % 8);
        return bytes;
      });
      expect(await problemsOf(files), `byte ${at}`).not.toEqual([]);
    }
  });

  test('a byte that a lenient reader would take for the same text', async () => {
    const files = changed(whole, MANIFEST_NAME, (bytes) => {
      // The last three bytes of a replacement character, cut short, decode to one again.
      bytes[bytes.indexOf('\uFFFD')] = 0xf0;
      return bytes;
    });
    expect(files.get(MANIFEST_NAME)!.toString()).toBe(whole.get(MANIFEST_NAME)!.toString());
    expect(await problemsOf(files)).toEqual(['manifest.json: It is no UTF-8.']);
  });

  test('a byte too many or too few at the end of any file', async () => {
    for (const name of whole.keys()) {
      const longer = changed(whole, name, (bytes) => Buffer.concat([bytes, Buffer.from('\n')]));
      const shorter = changed(whole, name, (bytes) => bytes.subarray(0, -1));
      expect(await problemsOf(longer), name).not.toEqual([]);
      expect(await problemsOf(shorter), name).not.toEqual([]);
    }
  });

  test('a missing file', async () => {
    const files = new Map(whole);
    files.delete('credit-memo-items.csv');
    expect(await problemsOf(files)).toEqual(['credit-memo-items.csv: It is missing.']);
  });

  test('a file too many', async () => {
    const files = new Map(whole).set('transactions-3.csv', Buffer.from('x'));
    expect(await problemsOf(files)).toEqual(['transactions-3.csv: The manifest does not know it.']);
  });

  test('a removed row, with both numbers', async () => {
    const files = changed(whole, 'credit-memos.csv', (bytes) =>
      Buffer.from(bytes.toString().replace(/^.*crmm_1.*\r\n/m, '')),
    );
    expect(await problemsOf(files)).toEqual([
      expect.stringMatching(/^credit-memos\.csv: It has \d+ bytes, its receipt says \d+\.$/),
    ]);
  });
});

/** Made to fit by someone who knows how receipts and digests are made: figures still tell. */
describe('a change whose receipts were made to fit is found:', () => {
  async function forged(name: string, change: (text: string) => string): Promise<string[]> {
    const files = new Map(whole);
    forge(files, name, change);
    expect(files.get(name)).not.toEqual(whole.get(name));
    return problemsOf(files);
  }

  test('a removed row', async () => {
    expect(
      await forged('credit-memos.csv', (text) => text.replace(/^.*crmm_1.*\r\n/m, '')),
    ).toEqual(['manifest.json: The lanes of credit-memos kept 3 rows, its files hold 2.']);
  });

  test('another amount', async () => {
    const problems = await forged('transactions.csv', (text) => text.replace('11.10', '11.11'));
    expect(problems).toContainEqual(
      expect.stringMatching(/^control-totals\.csv: It says .*EUR,4,46\.40/),
    );
    expect(problems).toContainEqual(
      expect.stringMatching(/^control-totals\.csv: It lacks .*EUR,4,46\.41/),
    );
  });

  test('two swapped cells', async () => {
    const problems = await forged('credit-memos.csv', (text) => {
      return text.replace('30.00,10.50', '10.50,30.00');
    });
    expect(problems).not.toEqual([]);
  });

  test('another control total', async () => {
    const problems = await forged('control-totals.csv', (text) => text.replace('46.40', '46.41'));
    expect(problems).not.toEqual([]);
    const carried = await forged('control-totals.csv', (text) => text.replace('28.25', '28.26'));
    expect(carried).not.toEqual([]);
  });

  test('control totals that are wrong throughout, in a few lines', async () => {
    const problems = await forged('control-totals.csv', (text) => text.replaceAll('EUR', 'GBP'));
    expect(problems.length).toBe(11);
    expect(problems.at(-1)).toMatch(/^control-totals\.csv: \d+ more lines differ\.$/);
  });

  test('a row that is there twice, one out of its place, one of another day', async () => {
    const rowsOf = (files: Files) => files.get('transactions-2.csv')!.toString();
    const again = TRANSACTIONS.map((row, n) => (n === 6 ? TRANSACTIONS[5]! : row));
    expect(rowsOf(await smallSnapshot(again))).toContain('txn_5');
    expect(await problemsOf(await smallSnapshot(again))).toEqual([
      'transactions.csv: Row 7 (txn_5) is there twice.',
    ]);
    expect(await problemsOf(await smallSnapshot(TRANSACTIONS.toReversed()))).toEqual([
      'transactions.csv: Row 2 (txn_5) stands after @txn_6, out of order.',
    ]);
    const late = { ...TRANSACTIONS[6], createdTime: '2026-11-20T23:00:00Z' } as JsonObject;
    const problems = await problemsOf(await smallSnapshot(TRANSACTIONS.with(6, late)));
    expect(problems[0]).toContain('kept 6 rows, its files hold 7');
  });

  test.each([
    ['2026-11-19T22:59:59Z', '2026-11-20T00:00:00Z,', '2026-11-19T22:59:59Z,'],
    ['2026-11-20T23:00:00Z', '2026-11-20T04:00:00Z,', '2026-11-20T23:00:00Z,'],
  ])('a row of %s, which is not in the period', async (time, from, to) => {
    const problems = await forged('transactions.csv', (text) => text.replaceAll(from, to));
    expect(problems[0]).toContain(`was created at ${time}, outside of the period`);
  });

  test('another business date', async () => {
    const problems = await forged('transactions.csv', (text) =>
      text.replace('2026-11-20,txn_1', '2026-11-21,txn_1'),
    );
    expect(problems).toEqual([
      "transactions.csv: Row 2 (txn_1) has the business date '2026-11-21', not its own.",
    ]);
  });

  test.each(['credit-memo-items.csv', 'credit-memo-allocations.csv'])(
    'a row of %s without its memo',
    async (name) => {
      const problems = await forged(name, (text) => text.replace('crmm_1', 'crmm_9'));
      expect(problems).toContain(`${name}: A row of crmm_9 has no memo in its place.`);
    },
  );

  test('another header', async () => {
    const problems = await forged('transactions-2.csv', (text) =>
      text.replace('currency', 'Currency'),
    );
    expect(problems).toEqual([
      'transactions-2.csv: Its header is not that of the column contract.',
    ]);
  });

  test('a row too many in its receipt', async () => {
    const files = new Map(whole);
    const manifest = manifestIn(files);
    const listed = manifest.files.map((file) =>
      file.table === 'credit-memo-items' ? { ...file, rowCount: 4 } : file,
    );
    seal(files, { ...manifest, files: listed });
    expect(await problemsOf(files)).toEqual([
      'credit-memo-items.csv: It has 3 rows, its receipt says 4.',
    ]);
  });

  test('a file that is named twice', async () => {
    const files = new Map(whole);
    const manifest = manifestIn(files);
    seal(files, { ...manifest, files: [...manifest.files, manifest.files.at(-1)!] });
    expect(await problemsOf(files)).toEqual(['control-totals.csv: The manifest names it twice.']);
  });

  test('a row without its end', async () => {
    const problems = await forged('control-totals.csv', (text) => text.slice(0, -2));
    expect(problems).toContain('control-totals.csv: Its last row has no end.');
  });

  test('a row of too few cells', async () => {
    const problems = await forged('transactions-2.csv', (text) => `${text}short\r\n`);
    expect(problems.join()).toContain('The lanes of transactions kept 7 rows, its files hold 8');
    const split = await forged('credit-memo-items.csv', (text) => text.replace(',one,', ',one"",'));
    expect(split).not.toEqual([]);
  });
});

import { expect, test } from 'vitest';
import { type EpochSecond, secondText } from '../../lib/model/instant.ts';
import type { JsonObject } from '../../lib/model/records.ts';
import { sweep } from '../../lib/rebilly/sweep.ts';
import { bench, FROM, type Setting } from './reading.ts';

/** Created the day before, changed so many seconds into the day. */
function changed(index: number, second: number, more: JsonObject = {}): JsonObject {
  return {
    id: `txn_${index}`,
    createdTime: '2026-11-19T10:00:00Z',
    updatedTime: secondText((FROM + second) as EpochSecond),
    amount: index,
    currency: 'USD',
    revision: 2,
    ...more,
  };
}

async function sweepAll(setting: Setting) {
  const { source, simulator } = await bench(setting);
  const question = { collection: 'transactions', since: FROM, createdUpTo: FROM } as const;
  const rows = (await Array.fromAsync(sweep(source, question))).flat();
  return { rows, latest: new Map(rows.map((row) => [row.id, row])), simulator };
}

test('what changed since an instant is read to its end, in order of the change', async () => {
  const transactions = Array.from({ length: 3500 }, (_, index) => changed(index, index * 2));
  const { rows } = await sweepAll({ transactions });
  expect(rows.map(({ id }) => id)).toEqual(transactions.map(({ id }) => id));
});

test('what changed before it, and what was created after the bound, is not read', async () => {
  const transactions = [
    changed(1, -1),
    changed(2, 0),
    changed(3, 50, { createdTime: secondText((FROM + 1) as EpochSecond) }),
  ];
  const { rows } = await sweepAll({ transactions });
  expect(rows.map(({ id }) => id)).toEqual(['txn_2']);
});

test('a batch that touched thousands of rows in one second is read whole', async () => {
  const transactions = Array.from({ length: 5000 }, (_, index) => changed(index, 3600));
  const { latest } = await sweepAll({
    transactions,
    simulator: { nastiness: { shuffleTies: true } },
  });
  expect(latest.size).toBe(5000);
});

test('rows that are touched while the sweep goes on come again with a higher revision', async () => {
  const transactions = Array.from({ length: 2500 }, (_, index) => changed(index, index));
  const { rows, latest } = await sweepAll({
    transactions,
    simulator: { nastiness: { mutateRows: 0.2, mutateEveryRequests: 2 } },
  });
  expect(latest.size).toBe(2500);
  expect(rows.length).toBeGreaterThan(2500);
});

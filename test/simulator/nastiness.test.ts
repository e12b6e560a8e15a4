import { describe, expect, test } from 'vitest';
import { type JsonObject, rawNumber } from '../../lib/model/records.ts';
import { tableOf } from '../../lib/simulator/memory-table.ts';
import { CALM, type Nastiness } from '../../lib/simulator/nastiness.ts';
import type { Table } from '../../lib/simulator/table.ts';
import { unrest } from '../../lib/simulator/unrest.ts';
import { everySecond, LATER, MEMOS, type Served, served, TRANSACTIONS } from './served.ts';

const nasty = (nastiness: Partial<Nastiness>, transactions = everySecond(1200)) =>
  served({ transactions, nastiness });

const counts = async ({ ask }: Served, query: Record<string, string>) => {
  const { headers, json } = await ask(TRANSACTIONS, query);
  const said = ['total', 'limit', 'offset'].map((name) => headers.get(`pagination-${name}`));
  return [(json as []).length, ...said];
};

describe('a page that misbehaves', () => {
  test('answers an offset beyond 1,000 as if 1,000 had been asked', async () => {
    const simulator = await nasty({ offsetBeyond: 'clamp' });
    const query = { offset: '5000', limit: '1000' };
    expect(await counts(simulator, query)).toEqual([200, '1200', '1000', '1000']);
  });

  test.each<[Nastiness['limitZero'], number, string | null]>([
    ['empty', 200, '0'],
    ['default', 200, '100'],
    ['reject', 422, null],
  ])('takes limit=0 as %s', async (limitZero, status, limit) => {
    const { ask } = await nasty({ limitZero });
    const reply = await ask(TRANSACTIONS, { limit: '0' });
    expect([reply.status, reply.headers.get('pagination-limit')]).toEqual([status, limit]);
  });

  test('caps the total', async () => {
    const simulator = await nasty({ totalCap: 500 });
    expect(await counts(simulator, { limit: '1000' })).toEqual([1000, '500', '1000', '0']);
  });

  test('holds fewer rows than were asked for', async () => {
    const simulator = await nasty({ clampLimit: 250 });
    expect(await counts(simulator, { limit: '1000' })).toEqual([250, '1200', '250', '0']);
    expect(await counts(simulator, { limit: '10' })).toEqual([10, '1200', '10', '0']);
  });

  test('says nothing about itself', async () => {
    const simulator = await nasty({ missingPaginationHeaders: true });
    expect(await counts(simulator, { limit: '5' })).toEqual([5, null, null, null]);
  });

  test('ignores the filter', async () => {
    const { ids } = await nasty({ ignoreFilter: true }, everySecond(3));
    expect(await ids({ filter: 'amount:1;nonsense' })).toEqual(['t0', 't1', 't2']);
  });

  test('ignores the order', async () => {
    const { ids } = await nasty({ ignoreSort: true }, everySecond(3));
    expect(await ids({ sort: 'createdTime' })).toEqual(['t2', 't1', 't0']);
  });

  test('points to another host', async () => {
    const { ask } = await nasty({ redirectTo: 'https://elsewhere.example' });
    const reply = await ask(TRANSACTIONS, { limit: '7' });
    expect(reply.status).toBe(307);
    expect(reply.headers.get('location')).toBe(`https://elsewhere.example${TRANSACTIONS}?limit=7`);
  });
});

describe('an answer that lies', () => {
  test.each<[Partial<Nastiness>, string, string]>([
    [{ hideRow: 'once' }, 't0 t1 t3', 't0 t1 t2 t3'],
    [{ hideRow: 'always' }, 't0 t1 t3', 't0 t1 t3'],
    [{ doubleRow: 'once' }, 't0 t1 t1 t3', 't0 t1 t2 t3'],
    [{ doubleRow: 'always' }, 't0 t1 t1 t3', 't0 t1 t1 t3'],
  ])('%o holds %s, then %s, and a probe sees nothing', async (nastiness, first, then) => {
    const simulator = await nasty(nastiness, everySecond(4));
    expect(await counts(simulator, { limit: '1' })).toEqual([1, '4', '1', '0']);
    expect((await simulator.ids({})).join(' ')).toBe(first);
    expect((await simulator.ids({})).join(' ')).toBe(then);
    expect((await counts(simulator, { limit: '4' }))[1]).toBe('4');
  });
});

test('a lie waits for an answer that arrives', async () => {
  const { ids, ask } = await nasty(
    { hideRow: 'once', mishaps: { 'html-error': 1 }, mishapsInARow: 1 },
    everySecond(4),
  );
  expect((await ask(TRANSACTIONS, { sort: 'createdTime' })).status).toBe(502);
  expect(await ids({})).toHaveLength(3);
});

describe('ties', () => {
  /** Twenty rows in each of ten seconds. */
  const createdTime = (index: number) => `2026-11-20T00:00:0${Math.floor(index / 20)}Z`;
  const rows = everySecond(200, (index) => ({ createdTime: createdTime(index) }));

  test('stand as the rows were made', async () => {
    const { ids } = await served({ transactions: rows });
    expect(await ids({})).toEqual(await ids({}));
  });

  test.each(['createdTime', '-createdTime', 'currency'])(
    'come in another order each time under %s',
    async (sort) => {
      const { ids } = await nasty({ shuffleTies: true }, rows);
      const query = { sort, limit: '200' };
      const [one, other] = [await ids(query), await ids(query)];
      expect(one).not.toEqual(other);
      expect(one.toSorted()).toEqual(other.toSorted());
      const second = (id: string) => Math.floor(Number(id.slice(1)) / 20);
      if (sort !== 'currency') expect(one.map(second)).toEqual(other.map(second));
    },
  );

  test('swap over the edge of a page', async () => {
    const { ids } = await nasty({ shuffleTies: true }, rows);
    const pages = [await ids({ limit: '10' }), await ids({ limit: '10', offset: '10' })];
    expect(new Set(pages.flat()).size).toBeLessThan(20);
  });
});

describe('rows that move while they are read', () => {
  const sales = everySecond(100, () => ({ status: 'completed', revision: 1, customerId: 'c' }));
  const FIXED = ['id', 'createdTime', 'amount', 'currency', 'customerId'];

  async function reading({ ask }: Served, path = TRANSACTIONS): Promise<readonly JsonObject[]> {
    const { json } = await ask(path, { sort: 'createdTime', limit: '1000' });
    return json as readonly JsonObject[];
  }

  test('change status, revision and updatedTime and nothing else', async () => {
    const simulator = await nasty({ mutateRows: 0.3 }, sales);
    for (let time = 0; time < 5; time += 1) await reading(simulator);
    const rows = await reading(simulator);
    const moved = rows.filter((row) => row['revision'] !== 1);
    expect(moved.length).toBeGreaterThan(10);
    expect(moved.length).toBeLessThan(60);
    expect(new Set(moved.map((row) => row['status'])).size).toBeGreaterThan(0);
    expect(moved[0]!['updatedTime']).toBe(`${new Date(LATER).toISOString().slice(0, 19)}Z`);
    for (const [index, row] of rows.entries()) {
      const was = sales[index]!;
      for (const field of FIXED) expect(row[field]).toBe(was[field]);
    }
    const filter = `revision:2..`;
    const { headers } = await simulator.ask(TRANSACTIONS, { filter });
    expect(Number(headers.get('pagination-total'))).toBeGreaterThanOrEqual(moved.length);
  });

  test('only ever go up in revision', async () => {
    const simulator = await nasty({ mutateRows: 1, mutateEveryRequests: 2 }, sales);
    let before = await reading(simulator);
    for (let time = 0; time < 4; time += 1) {
      const now = await reading(simulator);
      const steps = now.map(
        (row, index) => Number(row['revision']) - Number(before[index]!['revision']),
      );
      expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...steps)).toBe(1);
      before = now;
    }
  });

  test('appear late, in the middle of what was read before', async () => {
    const simulator = await nasty({ lateRows: 0.2, lateUntilRequest: 4 }, sales);
    const early = await reading(simulator);
    expect(early.length).toBeGreaterThan(60);
    expect(early.length).toBeLessThan(95);
    const seen = new Set(early.map((row) => row['id']));
    const late = sales.map((row) => String(row['id'])).filter((id) => !seen.has(id));
    expect(early.map((row) => row['id'])).toEqual(
      sales.map((row) => row['id']).filter((id) => seen.has(id!)),
    );
    expect((await simulator.ask(`${TRANSACTIONS}/${late[0]}`)).status).toBe(404);
    const filter = `id:${late[0]},${early[30]!['id']}`;
    expect(await simulator.ids({ filter })).toEqual([early[30]!['id']]);
    expect(await reading(simulator)).toHaveLength(100);
  });

  test('are found by the time they were made, late ones aside', async () => {
    const simulator = await nasty({ lateRows: 0.5, lateUntilRequest: 99 }, sales);
    const early = (await reading(simulator)).map((row) => String(row['id']));
    const from = '2026-11-20T00:00:20Z';
    const expected = early.filter((id) => Number(id.slice(1)) >= 20 && Number(id.slice(1)) <= 50);
    const filter = `createdTime:${from}..2026-11-20T00:00:50Z`;
    expect(await simulator.ids({ filter })).toEqual(expected);
  });

  test('keep every digit of their amounts', () => {
    const amount = '12.3400000000000000001';
    const table = tableOf(everySecond(1, () => ({ amount: rawNumber(amount), revision: 1 })));
    const rounding: Table = { ...table, row: () => JSON.parse(table.text(0, LATER)) as JsonObject };
    const moved = unrest(rounding, {
      collection: 'transactions',
      nastiness: { ...CALM, mutateRows: 1 },
      seed: 1,
    })(9, LATER);
    expect(moved.text(0, LATER)).toContain(`"amount":${amount}`);
    expect(moved.row(0, LATER)['revision']).toBeGreaterThan(1);
  });

  test('are the memos too', async () => {
    const simulator = await served({ creditMemos: sales, nastiness: { mutateRows: 1 } });
    await reading(simulator, MEMOS);
    await reading(simulator, MEMOS);
    const rows = await reading(simulator, MEMOS);
    expect(rows.every((row) => row['revision'] !== 1)).toBe(true);
    expect(rows.every((row) => row['status'] !== 'disputed')).toBe(true);
  });
});

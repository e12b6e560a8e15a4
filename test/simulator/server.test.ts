import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { Instant } from '../../lib/model/instant.ts';
import { clockAt, everySecond, KEY, LATER, MEMOS, served, TRANSACTIONS } from './served.ts';

const OTHER_ORGANIZATION = '/organizations/org_2/transactions';
const ONE_MEMO = [{ id: 'm0', createdTime: '2026-11-20T00:00:00Z', status: 'issued' }];

describe('who may ask', () => {
  test.each([
    ['no key', {}, TRANSACTIONS, 401],
    ['another key', { 'REB-APIKEY': 'sk_other' }, TRANSACTIONS, 401],
    ['the key in another header', { Authorization: `Bearer ${KEY}` }, TRANSACTIONS, 401],
    ['another organization', { 'REB-APIKEY': KEY }, OTHER_ORGANIZATION, 404],
    ['an unknown collection', { 'REB-APIKEY': KEY }, '/organizations/org_1/invoices', 404],
    ['an unknown root', { 'REB-APIKEY': KEY }, '/', 404],
    ['a broken escape', { 'REB-APIKEY': KEY }, `${TRANSACTIONS}/%E0%A4%A`, 404],
    ['an operation the key lacks', { 'REB-APIKEY': KEY }, MEMOS, 403],
    ['a resource the key lacks', { 'REB-APIKEY': KEY }, `${TRANSACTIONS}/t0`, 403],
    ['an operation the key has', { 'REB-APIKEY': KEY }, TRANSACTIONS, 200],
  ])('%s: %o %s is answered %i', async (_what, headers, path, status) => {
    const { ask } = await served({
      transactions: everySecond(1),
      permissions: new Set(['GetTransactionCollection'] as const),
    });
    expect((await ask(path, {}, { headers })).status).toBe(status);
  });

  test.each(['POST', 'PUT', 'DELETE', 'HEAD'])('%s is not allowed', async (method) => {
    const { ask } = await served();
    const reply = await ask(TRANSACTIONS, {}, { method, headers: { 'REB-APIKEY': KEY } });
    expect(reply.status).toBe(405);
    expect(reply.headers.get('allow')).toBe('GET');
  });

  test('a refusal has the members of RFC 9457 under application/json', async () => {
    const { ask } = await served();
    const reply = await ask(OTHER_ORGANIZATION);
    expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
    expect(reply.json).toMatchObject({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'There is no such organization.',
    });
  });
});

describe('one resource', () => {
  test('is found by its id, and 404 when there is none', async () => {
    const { ask } = await served({ transactions: everySecond(2), creditMemos: ONE_MEMO });
    expect((await ask(`${TRANSACTIONS}/t1`)).json).toMatchObject({ id: 't1', amount: 1 });
    expect((await ask(`${MEMOS}/m0`)).json).toEqual(ONE_MEMO[0]);
    expect((await ask(`${TRANSACTIONS}/m0`)).status).toBe(404);
  });

  test.each(['@home', 'a..b', '~x', 'a b/c'])('the id %o is read from its segment', async (id) => {
    const { ask } = await served({ transactions: everySecond(1, () => ({ id })) });
    const reply = await ask(`${TRANSACTIONS}/${encodeURIComponent(id)}`);
    expect(reply.json).toMatchObject({ id });
  });

  test('embeds parent, customer and the ten latest children', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => `t${index + 1}`);
    const { ask } = await served({
      transactions: everySecond(13, (index) =>
        index === 0 ? { customerId: 'c', childTransactions: ids } : { parentTransactionId: 't0' },
      ),
    });
    const expand = 'customer,childTransactions,website';
    const parent = (await ask(`${TRANSACTIONS}/t0`, { expand })).json as {
      _embedded: { childTransactions: { id: string }[]; customer: unknown };
    };
    const children = parent._embedded.childTransactions.map((child) => child.id);
    expect(children).toEqual(ids.toReversed().slice(0, 10));
    expect(parent._embedded.customer).toEqual({ id: 'c' });
    const rows = (await ask(TRANSACTIONS, { expand: 'parentTransaction', limit: '1' })).json;
    expect(rows).toMatchObject([{ _embedded: { parentTransaction: { id: 't0' } } }]);
    expect((await ask(`${TRANSACTIONS}/t0`, { expand: 'nobody' })).status).toBe(422);
  });
});

describe('a page', () => {
  test.each([
    [{}, 100, '100', '0'],
    [{ limit: '1000' }, 1000, '1000', '0'],
    [{ limit: '1' }, 1, '1', '0'],
    [{ limit: '0' }, 0, '0', '0'],
    [{ limit: '1000', offset: '1000' }, 200, '1000', '1000'],
    [{ limit: '1000', offset: '500' }, 700, '1000', '500'],
  ])('of 1,200 rows for %o holds %i', async (query, count, limit, offset) => {
    const { ask } = await served({ transactions: everySecond(1200) });
    const reply = await ask(TRANSACTIONS, query as Record<string, string>);
    expect(reply.json).toHaveLength(count);
    expect(reply.headers.get('pagination-total')).toBe('1200');
    expect(reply.headers.get('pagination-limit')).toBe(limit);
    expect(reply.headers.get('pagination-offset')).toBe(offset);
  });

  test.each([
    ['limit', '1001'],
    ['limit', '-1'],
    ['limit', '1.5'],
    ['limit', 'all'],
    ['offset', '1001'],
    ['offset', '-1'],
    ['expand', 'nobody'],
    ['sort', 'id'],
    ['sort', 'type'],
    ['sort', 'createdTime,unheard'],
  ])('with %s=%s is refused and says so', async (name, value) => {
    const { ask } = await served();
    const reply = await ask(TRANSACTIONS, { [name]: value });
    expect(reply.status).toBe(422);
    expect(reply.json).toMatchObject({ status: 422, invalidFields: [{ field: name }] });
  });

  test('names every invalid field at once', async () => {
    const { ask } = await served();
    const query = { limit: 'x', offset: 'y', sort: 'z', filter: 'a:b;amount:c' };
    const { invalidFields } = (await ask(TRANSACTIONS, query)).json as {
      invalidFields: { field: string }[];
    };
    const fields = invalidFields.map(({ field }) => field);
    expect(fields).toEqual(['limit', 'offset', 'a', 'amount', 'sort']);
  });

  test('finds text in id and description', async () => {
    const description = (index: number) => (index === 3 ? 'A Blue Chair' : 'table');
    const { ids } = await served({
      transactions: everySecond(5, (index) => ({ description: description(index) })),
    });
    expect(await ids({ q: 'blue ch' })).toEqual(['t3']);
    expect(await ids({ q: 'T4' })).toEqual(['t4']);
  });

  test('is packed when asked, and only then', async () => {
    const { ask } = await served({ transactions: everySecond(100) });
    const headers = { 'REB-APIKEY': KEY };
    const plain = { headers: { ...headers, 'Accept-Encoding': 'identity' } };
    const packed = { headers: { ...headers, 'Accept-Encoding': 'gzip' } };
    const [bare, zipped] = [
      await ask(TRANSACTIONS, {}, plain),
      await ask(TRANSACTIONS, {}, packed),
    ];
    expect(bare.headers.get('content-encoding')).toBeNull();
    expect(zipped.headers.get('content-encoding')).toBe('gzip');
    expect(zipped.text).toBe(bare.text);
    const never = await served({ transactions: everySecond(100), gzip: false });
    const reply = await never.ask(TRANSACTIONS, {}, packed);
    expect(reply.headers.get('content-encoding')).toBeNull();
  });
});

describe('the world at an instant', () => {
  test('shows the rows that exist by then', async () => {
    const asOf = (Date.UTC(2026, 10, 20) + 2000) as Instant;
    const { simulator, ask, ids } = await served({ transactions: everySecond(9), asOf });
    expect(await ids({})).toEqual(['t0', 't1', 't2']);
    expect((await ask(`${TRANSACTIONS}/t3`)).status).toBe(404);
    expect(await ids({ filter: 'amount:1..' })).toEqual(['t1', 't2']);
    simulator.setAsOf((asOf + 1000) as Instant);
    expect(await ids({})).toEqual(['t0', 't1', 't2', 't3']);
    expect((await ask(`${TRANSACTIONS}/t3`)).status).toBe(200);
  });

  test('follows the clock when none was given', async () => {
    const clock = clockAt(Date.UTC(2026, 10, 20) as Instant);
    const { ids } = await served({ transactions: everySecond(9), clock });
    expect(await ids({})).toEqual(['t0']);
    await clock.wait(5000);
    expect(await ids({})).toHaveLength(6);
  });
});

describe('the server', () => {
  test('keeps the list of requests in order', async () => {
    const { simulator, ask } = await served({ latencyMs: 150 });
    await ask(TRANSACTIONS, { limit: '1', filter: 'type:sale' });
    await ask(`${MEMOS}/m0`);
    expect(simulator.requests).toEqual([
      {
        number: 1,
        method: 'GET',
        path: TRANSACTIONS,
        query: { limit: '1', filter: 'type:sale' },
        status: 200,
        mishap: undefined,
        at: LATER,
      },
      {
        number: 2,
        method: 'GET',
        path: `${MEMOS}/m0`,
        query: {},
        status: 404,
        mishap: undefined,
        at: LATER + 150,
      },
    ]);
    expect(simulator.requestCount).toBe(2);
  });

  test('tells of each request once it is answered', async () => {
    const told: [string, number][] = [];
    const { ask } = await served({
      onRequest: ({ path, status }) => told.push([path, status]),
    });
    await ask('/');
    await ask(TRANSACTIONS);
    expect(told).toEqual([
      ['/', 404],
      [TRANSACTIONS, 200],
    ]);
  });

  test('dates its answers by the clock it was given', async () => {
    const { ask } = await served();
    const reply = await ask(TRANSACTIONS);
    expect(reply.headers.get('date')).toBe(new Date(LATER).toUTCString());
  });

  test('says PORT_UNUSABLE of a port that is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    await expect(served({ port })).rejects.toMatchObject({ code: 'PORT_UNUSABLE' });
    await new Promise((resolve) => taken.close(resolve));
  });

  test('shows a defect of its world as any server would', async () => {
    const unwritable = { amount: 1n as unknown as number };
    const { ask } = await served({ transactions: everySecond(1, () => unwritable) });
    expect(await ask(TRANSACTIONS)).toMatchObject({ status: 500, json: { status: 500 } });
  });

  test('closes although a client still waits for an answer', async () => {
    const { simulator, ask } = await served({ nastiness: { mishaps: { 'stall-early': 1 } } });
    const arrived = new Promise<void>((resolve) => {
      const poll = () => (simulator.requestCount > 0 ? resolve() : setImmediate(poll));
      poll();
    });
    const waiting = ask(TRANSACTIONS).catch(() => 'dropped');
    await arrived;
    await simulator.close();
    expect(await waiting).toBe('dropped');
  });
});

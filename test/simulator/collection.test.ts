import { describe, expect, test } from 'vitest';
import { type Instant, instantOf, secondOf, secondText } from '../../lib/model/instant.ts';
import type { JsonObject } from '../../lib/model/records.ts';
import { select } from '../../lib/simulator/collection.ts';
import { tableOf } from '../../lib/simulator/memory-table.ts';
import { CALM } from '../../lib/simulator/nastiness.ts';
import { parseQuery } from '../../lib/simulator/query.ts';
import type { Table } from '../../lib/simulator/table.ts';
import { fc } from '../world/properties.ts';
import { LATER, served } from './served.ts';

const START = Date.UTC(2026, 0, 1) as Instant;

const query = (params: Record<string, string>) =>
  parseQuery(new URLSearchParams(params), 'transactions', CALM, []);

describe('an order', () => {
  const at = (second: number) => `2026-11-20T10:00:0${second}Z`;
  const rows: readonly JsonObject[] = [
    { id: 'a', createdTime: at(0), amount: 3, currency: 'USD', settlementTime: at(5) },
    { id: 'b', createdTime: at(1), amount: 20, currency: 'EUR', settlementTime: at(4) },
    { id: 'c', createdTime: at(1), amount: 3, currency: 'eur', settlementTime: null },
    { id: 'd', createdTime: at(2), amount: -1, currency: 'USD' },
  ];

  test.each([
    ['', 'dcba', 'the newest first when nothing is said'],
    ['createdTime', 'abcd', 'the oldest first'],
    ['-createdTime', 'dcba', 'the newest first'],
    ['amount', 'dacb', 'numbers by size, equals by creation'],
    ['-amount', 'bcad', 'descending, equals too'],
    ['amount,-createdTime', 'dcab', 'two keys'],
    ['currency,amount', 'cbda', 'text without case'],
    ['settlementTime', 'cdba', 'what is missing first'],
    ['-settlementTime', 'abdc', 'or last'],
  ])('%o gives %s: %s', async (sort, expected, _fact) => {
    const { ids } = await served({ transactions: rows });
    expect((await ids({ sort })).join('')).toBe(expected);
  });
});

describe('ten million rows', () => {
  /** One row a second; to make one is to scan. */
  const table: Table = {
    count: 10_000_000,
    createdAt: (index) => (START + index * 1000) as Instant,
    firstAt: (instant) => Math.max(0, Math.min(10_000_000, Math.ceil((instant - START) / 1000))),
    row: () => expect.fail('a row was made'),
    text: () => expect.fail('a row was made'),
    indexOf: () => undefined,
  };
  const [from, to] = [5_000_000, 5_000_900].map((index) =>
    secondText(secondOf(table.createdAt(index))),
  );

  test.each([
    ['createdTime', 5_000_000, 5_000_009],
    ['-createdTime', 5_000_900, 5_000_891],
  ])('are paged by %s without making a row', (sort, first, last) => {
    const filter = `createdTime:${from}..${to}`;
    const { total, indexes } = select(table, query({ filter, sort, limit: '10' }), LATER);
    expect(total).toBe(901);
    expect([indexes.length, indexes.at(0), indexes.at(-1)]).toEqual([10, first, last]);
  });

  test('are scanned within the window of a filter that asks for more', () => {
    const seen: number[] = [];
    const row = (index: number) => {
      seen.push(index);
      return { type: index % 2 === 0 ? 'sale' : 'refund' };
    };
    const asked = query({ filter: `createdTime:${from}..${to};type:sale`, limit: '1' });
    expect(select({ ...table, row }, asked, LATER).total).toBe(451);
    expect([seen.length, seen.at(0), seen.at(-1)]).toEqual([901, 5_000_000, 5_000_900]);
  });

  test('are asked by id without a scan', () => {
    const seen: number[] = [];
    const row = (index: number) => {
      seen.push(index);
      return {};
    };
    const byId = { ...table, row, indexOf: (id: string) => Number(id) };
    expect(select(byId, query({ filter: 'id:7,9000000' }), LATER).indexes).toEqual([9_000_000, 7]);
    expect(seen).toEqual([7, 9_000_000]);
  });
});

describe('any window of any rows', () => {
  const second = fc.integer({ min: 0, max: 9 });
  const offset = fc.integer({ min: 0, max: 40 });
  const limit = fc.integer({ min: 0, max: 40 });
  const world = fc.array(second, { maxLength: 40 });

  test('is paged as if it had been filtered, sorted and cut by hand', () => {
    fc.assert(
      fc.property(
        world,
        second,
        second,
        offset,
        limit,
        fc.boolean(),
        (seconds, a, b, o, l, desc) => {
          const text = (value: number) => secondText(secondOf((START + value * 1000) as Instant));
          const table = tableOf(
            seconds.map((value, index) => ({ id: `${index}`, createdTime: text(value) })),
          );
          const [low, high] = a < b ? [a, b] : [b, a];
          const filter = `createdTime:${text(low)}..${text(high)}`;
          const sort = desc ? '-createdTime' : 'createdTime';
          const asked = query({ filter, sort, limit: `${l}`, offset: `${o}` });
          const all = Array.from({ length: table.count }, (_, index) => index).filter((index) => {
            const at = table.createdAt(index);
            return at >= START + low * 1000 && at <= START + high * 1000;
          });
          const expected = (desc ? all.toReversed() : all).slice(o, o + l);
          expect(select(table, asked, LATER)).toEqual({ total: all.length, indexes: expected });
          const scanned = query({
            filter: `${filter};type:!x`,
            sort,
            limit: `${l}`,
            offset: `${o}`,
          });
          expect(select(table, scanned, LATER)).toEqual({ total: all.length, indexes: expected });
        },
      ),
    );
  });

  test('holds every tied row once, whatever order its pages come in', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 1, max: 7 }), fc.integer(), (seconds, l, salt) => {
        const createdTime = (value: number) => secondText(secondOf((START + value) as Instant));
        const rows = seconds.map((value, index) => ({
          id: `${index}`,
          createdTime: createdTime(value * 1000),
        }));
        const table = tableOf(rows);
        const tie = (index: number) => Math.imul(index + salt, 0x9e3779b1);
        for (const sort of ['createdTime', '-createdTime', 'createdTime,amount']) {
          const read: number[] = [];
          for (let at = 0; at < table.count; at += l) {
            const asked = query({ sort, limit: `${l}`, offset: `${at}` });
            read.push(...select(table, asked, LATER, tie).indexes);
          }
          expect(read.toSorted((a, b) => a - b)).toEqual(rows.map((_, index) => index));
          const instants = read.map((index) => table.createdAt(index));
          const ordered = instants.toSorted((a, b) => (sort === '-createdTime' ? b - a : a - b));
          expect(instants).toEqual(ordered);
        }
      }),
    );
  });
});

test('a handmade table orders its rows and finds them by time and id', () => {
  const rows = ['2026-01-01T00:00:02Z', '2026-01-01T00:00:00.5Z', '2026-01-01T01:00:01+01:00'];
  const table = tableOf(rows.map((createdTime, index) => ({ id: `${index}`, createdTime })));
  expect([0, 1, 2].map((index) => table.row(index, LATER)['id'])).toEqual(['1', '2', '0']);
  expect(table.createdAt(0)).toBe(START + 500);
  expect([0, 500, 501, 1000, 2001].map((ms) => table.firstAt((START + ms) as Instant))).toEqual([
    0, 0, 1, 1, 3,
  ]);
  expect(table.indexOf('0')).toBe(2);
  expect(table.indexOf('x')).toBeUndefined();
  expect(instantOf(secondOf(table.createdAt(1)))).toBe(START + 1000);
  expect(() => tableOf([{ id: 'x' }])).toThrow('Row x has no createdTime');
});

import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../lib/model/records.ts';
import { rawNumber } from '../../lib/model/records.ts';
import { fc } from '../world/properties.ts';
import { MEMOS, served, TRANSACTIONS } from './served.ts';

/** Few rows that differ in every way a filter can tell. */
const ROWS: readonly JsonObject[] = [
  {
    id: 'a',
    createdTime: '2026-11-20T10:00:00Z',
    type: 'sale',
    amount: 10,
    currency: 'USD',
    isDisputed: true,
    invoiceIds: ['in_1', 'in_2'],
    billingAddress: { country: 'US', emails: [{ value: 'a@x.org' }] },
    customFields: { shop: 'North', vip: true },
    retryNumber: 1,
  },
  {
    id: 'b',
    createdTime: '2026-11-20T10:00:00.25Z',
    type: 'refund',
    amount: -10.5,
    currency: 'usd',
    isDisputed: false,
    invoiceIds: [],
    settlementTime: '2026-11-21T00:00:00+02:00',
    billingAddress: { country: 'CA' },
  },
  {
    id: 'c',
    createdTime: '2026-11-20T10:00:01Z',
    type: 'sale',
    amount: rawNumber('10.000000000000000001'),
    currency: null,
    invoiceIds: ['in_2'],
    billingAddress: null,
    settlementTime: null,
  },
  { id: 'D', createdTime: '2026-11-20T10:00:02Z', type: null, settlementTime: 'soon' },
];

describe('a filter', () => {
  test.each([
    ['', 'abcD', 'no filter is every row'],
    ['type:sale', 'ac', 'a value is equal'],
    ['type:SALE', 'ac', 'whatever its case'],
    ['currency:usd', 'ab', 'also the case of the row'],
    ['type:sal', '', 'but never a part of it'],
    ['type:sale,refund', 'abc', 'a comma is or'],
    ['type:sale;amount:10', 'ac', 'a semicolon is and'],
    ['type:sale;type:refund', '', 'also for one field twice'],
    ['type:!sale', 'bD', 'a negation holds for null too'],
    ['type:!sale,!refund', 'D', 'two negations both hold'],
    ['type:!sale,refund', 'b', 'a negation beside a value takes away from it'],
    ['currency:!usd', 'cD', 'absent and null both pass a negation'],
    ['amount:10', 'ac', 'numbers are doubles'],
    ['amount:10.00', 'ac', 'and no text'],
    ['amount:-10.5', 'b', 'negative ones too'],
    ['amount:-10.5..10', 'abc', 'a range holds both of its ends'],
    ['amount:-10.4..9.9', '', 'and nothing outside'],
    ['amount:10..', 'ac', 'its end may be open'],
    ['amount:..-10.5', 'b', 'or its beginning'],
    ['amount:!10..', 'bD', 'a range may be negated'],
    ['amount:..-1,10..', 'abc', 'ranges may be listed'],
    ['isDisputed:true', 'a', 'a boolean'],
    ['isDisputed:!true', 'bcD', 'negated'],
    ['retryNumber:1', 'a', 'an integer'],
    ['invoiceIds:in_2', 'ac', 'a list fits by any element'],
    ['invoiceIds:!in_1', 'bcD', 'and a negation by none'],
    ['billingAddress.country:us,ca', 'ab', 'a nested name'],
    ['billingAddress.country:!us', 'bcD', 'nested in nothing'],
    ['billingAddress.emails.value:a@x.org', 'a', 'nested in a list'],
    ['customFields.shop:north', 'a', "a merchant's own field"],
    ['customFields.vip:true', 'a', "a merchant's own boolean"],
    ['customer.customFields.name:x', '', 'a related resource'],
    ['id:a,D', 'aD', 'ids'],
    ['id:nobody', '', 'an id there is not'],
    ['id:a,a', 'a', 'an id twice is one row'],
    ['id:a,b;id:b,c', 'b', 'two lists of ids'],
    ['id:!a,!b', 'cD', 'ids may be negated'],
    ['id:a,b,c;type:sale', 'ac', 'ids with more'],
    ['id:a,c;createdTime:2026-11-20T10:00:01Z..', 'c', 'ids in a time'],
    ['createdTime:2026-11-20T10:00:00Z', 'a', 'a time is equal to the fraction'],
    ['createdTime:2026-11-20T10:00:00Z..2026-11-20T10:00:01Z', 'abc', 'both ends of a time'],
    ['createdTime:2026-11-20T10:00:00.1Z..2026-11-20T10:00:00.250Z', 'b', 'fractions'],
    ['createdTime:2026-11-20T10:00:00.251Z..', 'cD', 'from a fraction on'],
    ['createdTime:..2026-11-20T10:00:00.249Z', 'a', 'up to a fraction'],
    ['createdTime:2026-11-20T11:00:01+01:00..', 'cD', 'an offset'],
    ['createdTime:!2026-11-20T10:00:00Z..2026-11-20T10:00:01Z', 'D', 'a time negated'],
    ['createdTime:..2026-11-20T10:00:00Z,2026-11-20T10:00:02Z..', 'aD', 'two times'],
    ['createdTime:2026-11-20T10:00:00.2Z..;type:sale', 'c', 'a time and more'],
    ['settlementTime:2026-11-20T22:00:00Z', 'b', "the row's own offset"],
    ['settlementTime:2026-01-01T00:00:00Z..', 'b', 'null is in no range'],
    ['customFields.shop:a:b', '', 'a colon belongs to the value'],
  ])('%s finds %o: %s', async (filter, expected, _fact) => {
    const { ids } = await served({ transactions: ROWS });
    expect((await ids({ filter })).join('')).toBe(expected);
  });

  test.each([
    ['unheard:1', 'unheard', 'an unknown field'],
    ['billingAddress:US', 'billingAddress', 'an object'],
    ['constructor:x', 'constructor', 'what every object has'],
    ['toString.length:1', 'toString.length', 'nested in it'],
    ['amount:ten', 'amount', 'a word as a number'],
    ['amount:1e3', 'amount', 'an exponent'],
    ['amount:1..ten', 'amount', 'a bad upper bound'],
    ['amount:one..2', 'amount', 'a bad lower bound'],
    ['amount:2..1', 'amount', 'a reversed range'],
    ['amount:1...2', 'amount', 'three dots'],
    ['retryNumber:1.5', 'retryNumber', 'a fraction as an integer'],
    ['isDisputed:yes', 'isDisputed', 'a word as a boolean'],
    ['createdTime:yesterday', 'createdTime', 'a relative date'],
    ['createdTime:2026-11-20', 'createdTime', 'a date without time'],
    ['createdTime:2026-02-30T00:00:00Z..', 'createdTime', 'a day there is not'],
    ['type:a..b', 'type', 'a range of text'],
    ['id:a..b', 'id', 'an id with two dots, taken for a range'],
    ['id:@home', 'id', 'an id with @, taken for a list'],
    ['type:!@list', 'type', 'an unknown list negated'],
    ['type:', 'type', 'no value'],
    ['type:sale,', 'type', 'an empty value'],
    ['type:!', 'type', 'an empty negation'],
    ['amount:..', 'amount', 'a range without ends'],
    ['type', 'filter', 'no colon'],
    [':sale', 'filter', 'no field'],
    ['type:sale;', 'filter', 'an empty condition'],
  ])('%s is refused at %s: %s', async (filter, field, _fact) => {
    const { ask } = await served({ transactions: ROWS });
    const reply = await ask(TRANSACTIONS, { filter });
    expect(reply.status).toBe(422);
    expect(reply.json).toMatchObject({ invalidFields: [{ field, message: expect.any(String) }] });
  });

  test('of credit memos knows their own fields', async () => {
    const memo = {
      id: 'm',
      createdTime: '2026-11-20T10:00:00Z',
      currency: 'EUR',
      allocations: { invoices: [{ invoiceId: 'in_1', amount: 5 }] },
    };
    const { ask } = await served({ creditMemos: [memo] });
    const total = async (filter: string) => {
      const reply = await ask(MEMOS, { filter });
      return [reply.status, reply.headers.get('pagination-total')];
    };
    expect(await total('allocations.invoices.invoiceId:in_1;currency:eur')).toEqual([200, '1']);
    expect(await total('allocations.invoices.amount:6..')).toEqual([200, '0']);
    expect(await total('type:sale')).toEqual([422, null]);
  });

  test('splits any rows into two that add up', async () => {
    const cents = fc.integer({ min: -500, max: 500 });
    await fc.assert(
      fc.asyncProperty(fc.array(cents, { maxLength: 30 }), cents, async (amounts, border) => {
        const rows = amounts.map((amount, index) => ({
          id: `r${index}`,
          createdTime: '2026-11-20T10:00:00Z',
          amount: amount / 100,
        }));
        const { ids } = await served({ transactions: rows });
        const filter = `amount:..${border / 100}`;
        const [below, above] = [
          await ids({ filter }),
          await ids({ filter: filter.replace(':', ':!') }),
        ];
        expect(below).toHaveLength(amounts.filter((amount) => amount <= border).length);
        expect([...below, ...above].sort()).toEqual(rows.map((row) => row.id).sort());
      }),
      { numRuns: 15 },
    );
  });
});

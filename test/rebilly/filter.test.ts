import { describe, expect, test } from 'vitest';
import { fieldsOf, isPlainValue, joinFilters, userFilter } from '../../lib/rebilly/filter.ts';

describe('a filter of the user’s that the grammar can carry is left as it is', () => {
  test.each([
    'type:sale',
    'type:sale,refund;currency:USD',
    'amount:10..20',
    'amount:..5.50',
    'status:!voided,!disputed',
    'billingAddress.country:US',
    'customer.customFields.vip-level:true',
    'disputeTime:2026-11-01T00:00:00Z..',
    '',
  ])('%s', (filter) => {
    expect(userFilter(filter)).toBe(filter);
  });
});

describe('a filter that it cannot carry is refused before any request', () => {
  test.each([
    ['no field', 'sale', 'not of the form'],
    ['no value', 'type:', 'not of the form'],
    ['an empty value in a list', 'type:sale,', 'empty value'],
    ['nothing between semicolons', 'type:sale;;currency:USD', 'not of the form'],
    ['a list of the server’s', 'customerId:@blocked', 'cannot carry'],
    ['quotes', 'description:"a"', 'cannot carry'],
    ['a line break', 'description:a\nb', 'cannot carry'],
    ['a backslash', 'description:a\\,b', 'cannot carry'],
    ['two negations', 'type:!!sale', 'cannot carry'],
    ['a range without ends', 'amount:..', 'empty value'],
    ['a range of three', 'amount:1..2..3', 'more than one'],
    ['a blank at the end', 'type:sale ', 'cannot carry'],
    ['the time that lanes are cut by', 'createdTime:2026-11-20T00:00:00Z..', 'itself asks by'],
    ['one field twice', 'type:sale;type:refund', 'stands in it twice'],
    ['too long a filter', `description:${'x'.repeat(1000)}`, 'longer than 1000'],
  ])('%s', (_, filter, reason) => {
    expect(() => userFilter(filter)).toThrow(
      expect.objectContaining({ code: 'FILTER_INVALID', message: expect.stringContaining(reason) }),
    );
  });
});

test('filters are joined without empty terms', () => {
  expect(joinFilters('a:1', '', 'b:2')).toBe('a:1;b:2');
});

test('the fields of a filter are what stands before the colons', () => {
  expect(fieldsOf('type:sale;billingAddress.country:US')).toEqual([
    'type',
    'billingAddress.country',
  ]);
});

test.each([
  ['txn_01HX', true],
  ['a@b', true],
  ['@list', false],
  ['a..b', false],
  ['a,b', false],
  ['!a', false],
  ['', false],
])('%s means nothing but itself in a filter: %s', (value, plain) => {
  expect(isPlainValue(value)).toBe(plain);
});

import { describe, expect, test } from 'vitest';
import { columnDictionary } from '../../lib/columns/dictionary.ts';
import { CONTRACTS, checkAddedColumns, chosenColumns } from '../../lib/columns/tables.ts';
import { TABLES } from '../../lib/model/records.ts';

test('docs/columns.md is current', async () => {
  // `npm test -- columns --update` writes it anew.
  await expect(columnDictionary()).toMatchFileSnapshot('../../docs/columns.md');
});

describe.each(TABLES)('%s', (table) => {
  const { columns } = CONTRACTS[table];
  const names = columns.map(({ name }) => name);

  test('has no column twice', () => {
    expect(new Set(names).size).toBe(names.length);
  });

  test('has a column for the currency of each amount', () => {
    const amounts = columns.filter(({ kind }) => kind === 'money');
    expect(names).toEqual(expect.arrayContaining(amounts.map(({ currency }) => currency)));
  });

  test('explains every column in a sentence that fits a table', () => {
    for (const { meaning, source } of columns) {
      expect(meaning).toMatch(/^[^|\n]+\.$|…$/);
      expect(source).toMatch(/^[^|\n]+$/);
    }
  });

  test('knows the words of every enum', () => {
    for (const { kind, values } of columns) expect(values !== undefined).toBe(kind === 'enum');
  });
});

test('the first columns of transactions never move', () => {
  // Files of years must line up: this list may only grow.
  const names = chosenColumns('transactions', []).map(({ name }) => name);
  expect(names.length).toBe(81);
  expect(names.slice(0, 10)).toEqual([
    ...['businessDate', 'id', 'type', 'status', 'result', 'amount', 'currency'],
    ...['createdTime', 'processedTime', 'settlementTime'],
  ]);
});

test('personal data is out by default', () => {
  const names = chosenColumns('transactions', []).map(({ name }) => name);
  expect(names.filter((name) => /^(billingAddress|riskMetadata|customFields)/.test(name))).toEqual(
    [],
  );
});

test('personal data comes in by name, behind the other columns, in the order of the contract', () => {
  const added = ['riskMetadata.ipAddress', 'billingAddress.country'];
  const names = chosenColumns('transactions', added).map(({ name }) => name);
  expect(names.slice(81)).toEqual(['billingAddress.country', 'riskMetadata.ipAddress']);
});

test.each([
  ['billingAdress.city', 'billingAddress.city'],
  ['ipAddress', 'riskMetadata.ipAddress'],
  ['customfields', 'customFields'],
  ['billingAddress', 'billingAddress.firstName or billingAddress.lastName'],
  ['billingAddress.*', 'billingAddress.firstName or billingAddress.lastName'],
  ['zzzzzzzzzzzz', 'docs/columns.md'],
])("'%s' in columns.add is refused, with %s near", (name, near) => {
  expect(() => checkAddedColumns(['customFields', name])).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining(`'${name}'`),
      remedy: expect.stringContaining(near),
    }),
  );
});

test('a column that is there anyway may be added', () => {
  expect(() => checkAddedColumns(['amount', 'customFields'])).not.toThrow();
});

import { expect, test } from 'vitest';
import { recordAddress } from '../../lib/report/link.ts';

const TEMPLATE = 'https://app.example/{organization}/{collection}/{id}';

test.each([
  ['an id', TEMPLATE, 'transactions', 'txn_1', 'https://app.example/org/transactions/txn_1'],
  [
    'an id with a sign',
    TEMPLATE,
    'transactions',
    '@a~b',
    'https://app.example/org/transactions/%40a~b',
  ],
  ['an id that climbs', TEMPLATE, 'transactions', '..', undefined],
  ['what is no id', TEMPLATE, 'transactions', '../x?y#z', undefined],
  ['no template', '', 'transactions', 'txn_1', undefined],
  ['a script', 'javascript:alert({id})', 'transactions', 'txn_1', undefined],
  ['plain http', 'http://app.example/{id}', 'transactions', 'txn_1', undefined],
  ['no record', TEMPLATE, 'transactions', '', undefined],
  ['a rule', TEMPLATE, 'rules', 'memo-tax', undefined],
  ['a day', TEMPLATE, 'days', '2026-11-20', undefined],
])('%s leads to its address or nowhere', (_, template, collection, id, expected) => {
  expect(recordAddress(template, { organization: 'org', collection, id })).toBe(expected);
});

import currencies from 'currency-codes';
import { expect, test } from 'vitest';
import { MINOR_UNITS, minorUnits } from '../../lib/model/currency.ts';

/** ISO 4217 says "N.A." of metals, bond units, SDR and test codes; the package writes 0. */
const WITHOUT_MINOR_UNIT = [
  ...['XAG', 'XAU', 'XPD', 'XPT', 'XBA', 'XBB', 'XBC', 'XBD'],
  ...['XDR', 'XSU', 'XUA', 'XTS', 'XXX'],
];

/** Newer than the package: the Caribbean guilder and the Arab accounting dinar. */
const NEWER = ['XAD', 'XCG'];

test('minor units are those of currency-codes, but for the known differences', () => {
  const theirs = currencies.data
    .filter(({ code }) => !WITHOUT_MINOR_UNIT.includes(code))
    .map(({ code, digits }) => [code, digits] as const);
  const ours = [...MINOR_UNITS].filter(([code]) => !NEWER.includes(code));
  expect(new Map(ours.toSorted())).toEqual(new Map(theirs.toSorted()));
});

test('the newer codes are known', () => {
  expect(NEWER.map(minorUnits)).toEqual([2, 2]);
});

test.each([
  ['JPY', 0],
  ['HUF', 2],
  ['IQD', 3],
  ['UYW', 4],
  ['CLF', 4],
  ['XAU', undefined],
  ['BTC', undefined],
  ['usd', undefined],
  ['', undefined],
])('%s has %s decimals', (code, digits) => {
  expect(minorUnits(code)).toBe(digits);
});

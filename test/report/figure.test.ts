import { describe, expect, test } from 'vitest';
import {
  amountText,
  counted,
  countText,
  isAmount,
  recordNoun,
  title,
} from '../../lib/report/figure.ts';
import { fc } from '../world/properties.ts';

describe('an amount', () => {
  test.each([
    ['0', 'USD', '0.00'],
    ['1234567.8', 'USD', '1,234,567.80'],
    ['999', 'EUR', '999.00'],
    ['22871210', 'JPY', '22,871,210'],
    ['1097.394', 'KWD', '1,097.394'],
    ['-0.30', 'USD', '\u22120.30'],
    ['-1240.5', 'KWD', '\u22121,240.500'],
    ['0.123456789012345678', 'BTC', '0.123456789012345678'],
    ['12.345', 'USD', '12.345'],
    ['123456789012345678901234567890.12', 'USD', '123,456,789,012,345,678,901,234,567,890.12'],
    ['reconciled within 3 days', 'USD', 'reconciled within 3 days'],
    ['', 'USD', ''],
  ])('%s in %s is written %s', (amount, currency, expected) => {
    expect(amountText(amount, currency)).toBe(expected);
  });

  test('loses no digit and gains none but zeros at its end', () => {
    const amounts = fc.tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(999));
    fc.assert(
      fc.property(amounts, fc.constantFrom('USD', 'JPY', 'KWD', 'XBT'), ([whole, part], code) => {
        const text = `${whole}.${String(part).padStart(3, '0')}`;
        const bare = amountText(text, code).replaceAll(',', '').replace('\u2212', '-');
        expect(Number(bare)).toBe(Number(text));
        expect(bare).toBe(text);
      }),
    );
  });

  test.each([
    ['12.50', true],
    ['-3', true],
    ['12,50', false],
    ['unknown', false],
    ['', false],
  ])('%j is one: %s', (text, expected) => {
    expect(isAmount(text)).toBe(expected);
  });
});

test('counts have their thousands apart and their noun in the right number', () => {
  expect(countText(1234567)).toBe('1,234,567');
  expect(counted(1, 'row')).toBe('1 row');
  expect(counted(0, 'row')).toBe('0 rows');
  expect(counted(1000, 'cell is', 'cells are')).toBe('1,000 cells are');
  expect(recordNoun('credit-memos', 1)).toBe('credit memo');
  expect(recordNoun('credit-memos', 2)).toBe('credit memos');
  expect(title('refund-exceeds-parent')).toBe('Refund exceeds parent');
});

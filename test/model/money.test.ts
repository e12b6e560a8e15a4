import { describe, expect, test } from 'vitest';
import {
  addMoney,
  type Decimal,
  decimalText,
  money,
  parseDecimal,
  plainAmountText,
  plus,
  settle,
} from '../../lib/model/money.ts';
import { fc } from '../world/properties.ts';

const decimals = fc.record({
  units: fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
  scale: fc.nat(30),
});

function decimal(text: string): Decimal {
  return parseDecimal(text) ?? expect.fail(`${text} is a number`);
}

describe('the text of a JSON number', () => {
  test.each([
    ['0', '0'],
    ['-0', '0'],
    ['-0.00', '0.00'],
    ['12.50', '12.50'],
    ['-12.5', '-12.5'],
    ['1e-7', '0.0000001'],
    ['-2.5e-3', '-0.0025'],
    ['1.5E+21', '1500000000000000000000'],
    ['1.25e1', '12.5'],
    ['9007199254740993.01', '9007199254740993.01'],
  ])('%s is %s', (sent, text) => {
    expect(decimalText(decimal(sent))).toBe(text);
  });

  test.each(['', 'NaN', 'Infinity', '01', '.5', '5.', '+1', '1e', '0x10', ' 1', '1 ', '1,5'])(
    "'%s' is none",
    (sent) => {
      expect(parseDecimal(sent)).toBeUndefined();
    },
  );

  test('an exponent past every double is none, and costs nothing', () => {
    expect(parseDecimal('1e999999999')).toBeUndefined();
    expect(parseDecimal('1e-999999999')).toBeUndefined();
    expect(parseDecimal('9'.repeat(5000))).toBeUndefined();
  });

  test('what is written reads back as the same number', () => {
    fc.assert(
      fc.property(decimals, (amount) => {
        expect(parseDecimal(decimalText(amount))).toEqual(amount);
      }),
    );
  });

  test('of any double, the text reads back as that double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(decimalText(decimal(String(value))))).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});

describe('an amount', () => {
  test.each([
    ['12', 2, '12.00', false],
    ['12.5', 2, '12.50', false],
    ['12.345', 2, '12.345', false],
    ['12.3400000', 2, '12.34', false],
    ['100', 0, '100', false],
    ['100.5', 0, '100.5', false],
    ['1.5', 3, '1.500', false],
    ['0.30000000000000004', 2, '0.30', true],
    ['10.289999999999999', 2, '10.29', true],
    ['-10.289999999999999', 2, '-10.29', true],
    ['99.99999999999999', 0, '100', true],
    ['1e-7', 2, '0.0000001', false],
    ['1e-10', 2, '0.00', true],
    ['-1e-10', 2, '0.00', true],
    ['1.5e+21', 2, '1500000000000000000000.00', false],
    // Exactly 1e-9 away is still noise; a little more is not.
    ['5.000000001', 2, '5.00', true],
    ['5.0000000011', 2, '5.0000000011', false],
    ['4.999999999', 2, '5.00', true],
  ])('%s with %i decimals is %s (noise: %s)', (sent, digits, text, noisy) => {
    const settled = settle(decimal(sent), digits);
    expect([decimalText(settled.amount), settled.noisy]).toEqual([text, noisy]);
  });

  test('is moved by no more than 1e-9, and only when that is called noise', () => {
    const nearby = fc.record({
      minor: fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
      digits: fc.constantFrom(0, 2, 3, 4),
      off: fc.bigInt({ min: -3000n, max: 3000n }),
    });
    fc.assert(
      fc.property(nearby, ({ minor, digits, off }) => {
        const scale = 12;
        const sent = { units: minor * 10n ** BigInt(scale - digits) + off, scale };
        const { amount, noisy } = settle(sent, digits);
        const moved = plus(amount, { units: -sent.units, scale }).units;
        expect(noisy).toBe(off !== 0n && off >= -1000n && off <= 1000n);
        expect(moved).toBe(noisy ? -off : 0n);
      }),
    );
  });

  test('has the same text by the short way as by the long one', () => {
    const cents = fc.integer({ min: -(10 ** 12), max: 10 ** 12 }).map((units) => units / 100);
    // 1.5e-7 has no more characters after its point than CLF has digits.
    const tiny = fc
      .tuple(fc.nat(99), fc.nat(12))
      .map(([n, exponent]) => Number(`${n}e-${exponent}`));
    const any = fc.double({ noNaN: true, noDefaultInfinity: true });
    const numbers = fc.oneof(cents, tiny, any);
    fc.assert(
      fc.property(numbers, fc.constantFrom(0, 2, 3, 4), (value, digits) => {
        const short = plainAmountText(String(value), digits);
        const { amount, noisy } = settle(decimal(String(value)), digits);
        if (short === undefined) return;
        expect(short).toBe(decimalText(amount));
        expect(noisy).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('amounts of one currency', () => {
  test('add up exactly', () => {
    const third = money(decimal('0.1'), 'EUR');
    const sum = addMoney(addMoney(third, third), third);
    expect(decimalText(sum)).toBe('0.3');
  });

  test('cannot be added to those of another', () => {
    const euros = money(decimal('1'), 'EUR');
    const dollars = money(decimal('1'), 'USD');
    // @ts-expect-error: two currencies.
    const mixed = () => addMoney(euros, dollars);
    expect(mixed).toThrow("'USD' was to be added to one in 'EUR'");
  });

  test('are no plain numbers', () => {
    // @ts-expect-error: a number is no amount.
    const bare = () => money(12.5, 'EUR');
    expect(bare().units).toBeUndefined();
  });
});

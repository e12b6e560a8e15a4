import { expect, test } from 'vitest';
import { type Decimal, decimalText, plus } from '../../lib/model/money.ts';
import { createSum } from '../../lib/model/sum.ts';
import { fc } from '../world/properties.ts';

const ZERO: Decimal = { units: 0n, scale: 0 };

/** Small amounts in minor units, now and then one with more digits or a huge one. */
const amounts = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({ units: fc.bigInt(-(10n ** 9n), 10n ** 9n), scale: fc.constant(2) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ units: fc.bigInt(-(10n ** 40n), 10n ** 40n), scale: fc.nat(20) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        units: fc.bigInt(9n * 10n ** 13n, 10n ** 14n),
        scale: fc.constant(2),
      }),
    },
  ),
  { maxLength: 200 },
);

function atScale30({ units, scale }: Decimal): bigint {
  return units * 10n ** BigInt(30 - scale);
}

test('a sum is what bigint arithmetic says', () => {
  fc.assert(
    fc.property(amounts, (parts) => {
      const sum = createSum();
      for (const part of parts) sum.add(decimalText(part));
      expect(atScale30(sum.value())).toBe(atScale30(parts.reduce(plus, ZERO)));
    }),
  );
});

test('a sum of many large amounts passes 2^53 without loss', () => {
  const sum = createSum();
  for (let count = 0; count < 1000; count += 1) sum.add('999999999999.99');
  sum.add('0.01');
  expect(decimalText(sum.value())).toBe('999999999999990.01');
});

test('a sum goes on after it was read', () => {
  const sum = createSum();
  sum.add('1.10');
  expect(decimalText(sum.value())).toBe('1.10');
  sum.add('-0.20');
  expect(decimalText(sum.value())).toBe('0.90');
});

test('a sum has the same digits however its amounts are cut into parts', () => {
  const textOf = (parts: readonly string[]): string => {
    const sum = createSum();
    for (const part of parts) sum.add(part);
    return decimalText(sum.value());
  };
  const texts = fc.array(fc.constantFrom('0.00', '1.25', '-1.25', '0.98765', '-0.98765'), {
    minLength: 1,
  });
  fc.assert(
    fc.property(texts, texts, (left, right) => {
      expect(textOf([textOf(left), textOf(right)])).toBe(textOf([...left, ...right]));
    }),
  );
});

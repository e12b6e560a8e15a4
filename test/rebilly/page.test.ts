import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRawNumber, type Json } from '../../lib/model/records.ts';
import { decodePage } from '../../lib/rebilly/page.ts';

function decode(text: string) {
  return decodePage(Buffer.from(text, 'utf8'));
}

describe('a body that is no array of objects is no page', () => {
  test.each([
    ['cut JSON', '[{"id":"a"},{"id'],
    ['HTML', '<html><body>502</body></html>'],
    ['an object', '{"data":[]}'],
    ['an array of text', '["a"]'],
    ['an array of arrays', '[[]]'],
    ['an array with null', '[{"id":"a"},null]'],
    ['nothing', ''],
  ])('%s', (_, body) => {
    expect(decode(body)).toBeUndefined();
  });
});

test('an empty array is a page without rows', () => {
  expect(decode('[]')).toEqual([]);
});

describe('digits that a double cannot hold are kept as they were sent', () => {
  test.each([
    '0.123456789012345678',
    '12345678901234567890',
    '-98765432109876543.21',
    '1234567890.1234567890e3',
  ])('%s', (digits) => {
    const amount = decode(`[{"id":"a","amount":${digits}}]`)![0]!['amount'];
    expect(isRawNumber(amount) && amount.rawJSON).toBe(digits);
  });

  test('beside them short numbers stay numbers', () => {
    const [row] = decode('[{"long":1234567890.123456789,"short":19.99}]')!;
    expect(row!['short']).toBe(19.99);
  });

  test('long digits inside of text are text', () => {
    const [row] = decode('[{"arn":"12345678901234567890123","note":": 1234567890123456789"}]')!;
    expect(row).toEqual({ arn: '12345678901234567890123', note: ': 1234567890123456789' });
  });
});

test('every JSON that is no long number decodes as JSON.parse does', () => {
  const rows = fc.array(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()));
  fc.assert(
    fc.property(rows, (value) => {
      const text = JSON.stringify(value);
      expect(plain(decode(text) as unknown as Json)).toEqual(JSON.parse(text));
    }),
  );
});

/** Raw numbers as the doubles they would have been. */
function plain(value: Json): unknown {
  return JSON.parse(JSON.stringify(value));
}

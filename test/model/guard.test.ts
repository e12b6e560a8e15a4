import { expect, test } from 'vitest';
import { guard, unguard } from '../../lib/model/guard.ts';
import { fc } from '../world/properties.ts';

const DANGEROUS = ['=', '+', '-', '@', '\t', '\r', "'"];

const starts = fc.constantFrom('', ...DANGEROUS, "''", '\n', ' ', '＝', '0');
const texts = fc.tuple(starts, fc.string({ unit: 'binary' })).map((parts) => parts.join(''));

test.each(DANGEROUS)('text that starts with %j gets one apostrophe', (first) => {
  expect(guard(`${first}1+1`)).toBe(`'${first}1+1`);
  expect(guard(first)).toBe(`'${first}`);
});

test.each(['', 'a=1', ' =1', '1-2', 'Ünï', '日本'])('%j stays as it is', (text) => {
  expect(guard(text)).toBe(text);
});

test('unguard gives back what was guarded', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(unguard(guard(text))).toBe(text);
    }),
  );
});

test('no guarded text starts as a formula does', () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(guard(text)).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});

import { describe, expect, test } from 'vitest';
import { createReceipt, receiptDifference, sha256 } from '../../lib/snapshot/receipt.ts';

describe('a receipt', () => {
  test('of nothing is that of the empty text', () => {
    expect(createReceipt().receipt()).toEqual({
      rowCount: 0,
      byteCount: 0,
      sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    });
  });

  test('tells what has passed so far, as often as it is asked', () => {
    const maker = createReceipt();
    maker.add(Buffer.from('ab'), 1);
    expect(maker.receipt()).toEqual({ rowCount: 1, byteCount: 2, sha256: sha256('ab') });
    maker.add(Buffer.from('größe'), 2);
    expect(maker.receipt()).toEqual({ rowCount: 3, byteCount: 9, sha256: sha256('abgröße') });
    expect(maker.receipt()).toEqual(maker.receipt());
  });

  test.each([
    [{ rowCount: 1, byteCount: 2, sha256: 'a' }, ''],
    [{ rowCount: 9, byteCount: 2, sha256: 'a' }, 'has 9 rows, its receipt says 1'],
    [{ rowCount: 1, byteCount: 9, sha256: 'a' }, 'has 9 bytes, its receipt says 2'],
    [{ rowCount: 1, byteCount: 2, sha256: 'b' }, 'has the SHA-256 b, its receipt says a'],
  ])('differs from %j by: %s', (found, difference) => {
    const expected = { rowCount: 1, byteCount: 2, sha256: 'a' };
    expect(receiptDifference(expected, found)).toBe(difference);
  });
});

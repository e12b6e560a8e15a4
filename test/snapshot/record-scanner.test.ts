import { describe, expect, test } from 'vitest';
import { createRecordScanner } from '../../lib/snapshot/record-scanner.ts';
import { fc } from '../world/properties.ts';

const ALL = Number.POSITIVE_INFINITY;

describe('records', () => {
  test.each([
    ['', 0, true],
    ['a,b\r\n', 1, true],
    ['a,b\nc,d\n', 2, true],
    ['a,b\r\nc', 1, false],
    ['"a\r\nb",c\r\n', 1, true],
    ['"a""\n""b"\n', 1, true],
    ['""\n""\n', 2, true],
    ['"a\n', 0, false],
    ['größe"\n"\n', 1, true],
  ])('of %j are %i', (text, recordCount, isBetweenRecords) => {
    const bytes = Buffer.from(text);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const scanner = createRecordScanner();
      const first = scanner.take(bytes.subarray(0, cut), ALL);
      const second = scanner.take(bytes.subarray(cut), ALL);
      expect(first.recordCount + second.recordCount).toBe(recordCount);
      expect(scanner.isBetweenRecords).toBe(isBetweenRecords);
    }
  });

  test('are taken as many as were asked for, to the byte', () => {
    const record = fc.constantFrom('a\n', '"\n"\n', '""\r\n', '\n');
    fc.assert(
      fc.property(fc.array(record, { minLength: 1 }), fc.nat(), (records, wish) => {
        const limit = wish % (records.length + 1);
        const { recordCount, byteCount } = createRecordScanner().take(
          Buffer.from(records.join('')),
          limit,
        );
        expect(recordCount).toBe(limit);
        expect(byteCount).toBe(records.slice(0, limit).join('').length);
      }),
    );
  });
});

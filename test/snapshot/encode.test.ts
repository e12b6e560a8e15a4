import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { encodeHeader, encodeRows } from '../../lib/snapshot/encode.ts';
import { fc } from '../world/properties.ts';
import { FORMATS, tables, USUAL } from './csv-tables.ts';

const LINE_ENDS = { crlf: '\r\n', lf: '\n' } as const;

describe.each(FORMATS)('with %j', (format) => {
  const { delimiter } = format;
  const record_delimiter = LINE_ENDS[format.lineEnd];

  test('any text comes back from another reader', () => {
    fc.assert(
      fc.property(tables, (rows) => {
        const text = encodeRows(rows, format);
        expect(parse(text, { delimiter, record_delimiter })).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  });
});

test('only cells that need quotes have them', () => {
  const rows = [['2026-11-20', 'a,b', 'say "x"', ' spaced ', '-1.50', '', 'l1\nl2']];
  expect(encodeRows(rows, USUAL)).toBe('2026-11-20,"a,b","say ""x""", spaced ,-1.50,,"l1\nl2"\r\n');
  expect(encodeRows(rows, { ...USUAL, delimiter: ';' })).toContain(';a,b;');
});

test('no rows are no bytes', () => {
  expect(encodeRows([], USUAL)).toBe('');
});

test('a header has the BOM once, in front', () => {
  const header = encodeHeader(['id', 'a,b'], USUAL);
  expect([...header.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(header.subarray(3).toString()).toBe('id,"a,b"\r\n');
  expect(encodeHeader(['id'], { ...USUAL, bom: false, lineEnd: 'lf' }).toString()).toBe('id\n');
});

test('the parts of a table, one after the other, are the table', () => {
  fc.assert(
    fc.property(tables, tables, (first, second) => {
      const apart = encodeRows(first, USUAL) + encodeRows(second, USUAL);
      expect(encodeRows([...first, ...second], USUAL)).toBe(apart);
    }),
  );
});

import { describe, expect, test } from 'vitest';
import { guard } from '../../lib/model/guard.ts';
import { CsvLines } from '../../lib/snapshot/csv-lines.ts';
import { encodeRows } from '../../lib/snapshot/encode.ts';
import { fc } from '../world/properties.ts';
import { FORMATS, tables, texts, USUAL } from './csv-tables.ts';

describe.each(FORMATS)('with %j', (format) => {
  test('texts become the bytes that csv-stringify makes of them', () => {
    fc.assert(
      fc.property(tables, (rows) => {
        const lines = new CsvLines(format);
        for (const row of rows) {
          lines.beginLine();
          for (const cell of row) lines.text(cell);
          lines.endLine();
        }
        const { bytes, rowCount } = lines.take();
        expect(bytes.toString()).toBe(encodeRows(rows, format).toWellFormed());
        expect(rowCount).toBe(rows.length);
      }),
      { numRuns: 300 },
    );
  });

  test('a copy is what the guarded text becomes, or is refused', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const lines = new CsvLines(format);
        const bytes = Buffer.from(`x${text}x`);
        lines.text('2026-11-20');
        const isCopied = lines.copy(bytes, 1, bytes.length - 1);
        lines.endLine();
        const cells = isCopied ? [guard(text.toWellFormed())] : [];
        const expected = encodeRows([['2026-11-20', ...cells]], format);
        expect(lines.take().bytes.toString()).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });
});

test('what could be an escape of JSON, a formula, or quoted is not copied', () => {
  const lines = new CsvLines(USUAL);
  const isCopied = (text: string) => lines.copy(Buffer.from(text), 0, Buffer.byteLength(text));
  expect(['a\\u0041', '=1', '+1', '-1', '@a', "'a", 'a,b', 'a"', 'a\n'].map(isCopied)).toEqual(
    Array(9).fill(false),
  );
  expect(['a=1', 'a-b', 'größe', 'a;b', ''].map(isCopied)).toEqual(Array(5).fill(true));
});

test('quotes are doubled in a quoted copy, and more can be written behind a plain one', () => {
  const lines = new CsvLines(USUAL);
  lines.copyQuoted(Buffer.from('{"a":"ö"}'), 0, 10);
  lines.copy(Buffer.from('12.5'), 0, 4);
  lines.append('0');
  lines.empty();
  lines.endLine();
  expect(lines.take().bytes.toString()).toBe('"{""a"":""ö""}",12.50,\r\n');
});

test('a lead stands in front of each line; what was taken is gone', () => {
  const lines = new CsvLines(USUAL);
  lines.lead = '7';
  for (const cell of ['a', 'b', 'c']) {
    lines.beginLine();
    lines.text(cell);
    lines.endLine();
    if (cell === 'a') lines.take();
  }
  expect(lines.take()).toEqual({ bytes: Buffer.from('7,b\r\n7,c\r\n'), rowCount: 2 });
  expect(lines.take()).toEqual({ bytes: Buffer.alloc(0), rowCount: 0 });
});

test('lines of any length have room', () => {
  const lines = new CsvLines(USUAL);
  const long = `${'"'.repeat(5_000)}${'ö'.repeat(5_000)}`;
  lines.text(long);
  lines.text('x'.repeat(9_000));
  lines.endLine();
  expect(lines.take().bytes.toString()).toBe(encodeRows([[long, 'x'.repeat(9_000)]], USUAL));
});

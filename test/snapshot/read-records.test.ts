import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { encodeHeader, encodeRows } from '../../lib/snapshot/encode.ts';
import { readRecords } from '../../lib/snapshot/read-records.ts';
import { fc } from '../world/properties.ts';

const CRLF = { delimiter: ',', lineEnd: 'crlf', bom: true } as const;

async function* chunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function read(bytes: Buffer, format: Parameters<typeof readRecords>[2], size = 1000) {
  return Array.fromAsync(readRecords('a.csv', chunks(bytes, size), format));
}

describe('records', () => {
  test('are read back as they were written, in every format, however they are cut', async () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 5 }),
      fc.string({
        unit: fc.constantFrom('"', ',', ';', '\t', '\r', '\n', 'ö', '\uFEFF', '\u{1F600}'),
        maxLength: 6,
      }),
    );
    const tables = fc.integer({ min: 2, max: 5 }).chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), {
        minLength: 1,
        maxLength: 8,
      }),
    );
    const formats = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      lineEnd: fc.constantFrom('crlf' as const, 'lf' as const),
      bom: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        tables,
        formats,
        fc.integer({ min: 1, max: 30 }),
        async (rows, format, size) => {
          const [head, ...body] = rows;
          const bytes = Buffer.concat([
            encodeHeader(head!, format),
            Buffer.from(encodeRows(body, format)),
          ]);
          const own = await read(bytes, format, size);
          expect(own).toEqual(rows);
          const { delimiter, bom, lineEnd } = format;
          const record_delimiter = lineEnd === 'crlf' ? '\r\n' : '\n';
          expect(own).toEqual(parse(bytes, { delimiter, bom, record_delimiter }));
        },
      ),
      { numRuns: 200 },
    );
  });

  test('of an empty file are none', async () => {
    expect(await read(Buffer.alloc(0), CRLF)).toEqual([]);
  });

  test.each([
    ['a stray quote', 'a,b\r\n1,2"\r\n3",4\r\n', 'record 2 has a stray quote'],
    ['text after a quote', 'a,b\r\n"1"x,2\r\n', 'record 2 has a stray quote'],
    ['an open quote', 'a,b\r\n"1,2\r\n', 'its last record has no end'],
    ['a short row', 'a,b\r\n1,2\r\n3\r\n', 'record 3 has 1 cells, not 2'],
    ['a long row', 'a,b\r\n1,2,3\r\n', 'record 2 has 3 cells, not 2'],
    ['no last line end', 'a,b\r\n1,2', 'its last record has no end'],
    ['bytes of no text', Buffer.from([0x61, 0xff, 0x0d, 0x0a]), 'its text is no UTF-8'],
    ['a character cut short', Buffer.from([0x61, 0x0d, 0x0a, 0xc3]), 'its text is no UTF-8'],
  ])('with %s are SNAPSHOT_DAMAGED', async (_what, content, why) => {
    await expect(read(Buffer.from(content as string), CRLF)).rejects.toMatchObject({
      code: 'SNAPSHOT_DAMAGED',
      message: `a.csv is no well-formed CSV: ${why}.`,
    });
  });
});

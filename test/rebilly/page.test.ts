import { describe, expect, test } from 'vitest';
import { AnswerText, membersOf } from '../../lib/model/api-record.ts';
import { isObject, isRawNumber, type Json, type JsonObject } from '../../lib/model/records.ts';
import { decodePage } from '../../lib/rebilly/page.ts';
import { jsonTexts } from '../world/json-text.ts';
import { fc } from '../world/properties.ts';

function decode(text: string): readonly JsonObject[] | undefined {
  return decodeBytes(Buffer.from(text, 'utf8'));
}

function decodeBytes(body: Buffer): readonly JsonObject[] | undefined {
  return decodePage(new AnswerText(body))?.map(({ record }) => membersOf(record));
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

describe('a body is refused or taken as JSON.parse does', () => {
  const space = fc.constantFrom('', ' ', '\r\n', '\t');
  const { value, objectOf } = jsonTexts({ large: false, repeats: true });
  const pages = fc
    .tuple(space, fc.array(value, { maxLength: 4 }))
    .map(([gap, values]) => `${gap}[${gap}${values.join(`${gap},`)}]${gap}`);

  test('whatever it holds', () => {
    fc.assert(
      fc.property(pages, (text) => sameAsParsed(Buffer.from(text))),
      { numRuns: 1000 },
    );
  });

  test('with a byte changed, gone or too many', () => {
    const records = fc
      .array(objectOf(fc.constantFrom('id', 'amount', 'größe'), value), { maxLength: 3 })
      .map((objects) => Buffer.from(`[${objects.join(',')}]`));
    const bytes = fc.oneof(
      fc.constantFrom(...Buffer.from('"\\,:[]{}0123.-+eEtfnu \n')),
      fc.integer({ min: 0, max: 255 }),
    );
    const mutated = fc
      .tuple(records, fc.nat(), bytes, fc.constantFrom('change', 'drop', 'add', 'cut'))
      .map(([body, place, byte, deed]) => {
        const at = place % (body.length + 1);
        const behind = deed === 'add' ? at : at + 1;
        if (deed === 'cut') return body.subarray(0, at);
        const between = deed === 'drop' ? [] : [byte];
        return Buffer.concat([body.subarray(0, at), Buffer.from(between), body.subarray(behind)]);
      });
    fc.assert(fc.property(mutated, sameAsParsed), { numRuns: 5000 });
  });

  test.each([
    '"',
    '"\\',
    '"\\u12',
    '"\\u12g4"',
    '-',
    '1.',
    '1e',
    '01',
    'tru',
    'nulL',
    '[1,]',
    '{"a"}',
  ])('a value that is %s', (value) => {
    expect(decode(`[{"id":${value}}]`)).toBeUndefined();
    expect(decode(`[{"id":${value}`)).toBeUndefined();
    expect(decode(`[{"gateway":{"id":${value}}}]`)).toBeUndefined();
  });
});

test('nesting without end is refused before the stack ends', () => {
  expect(decode(`[{"a":${'['.repeat(1_000_000)}`)).toBeUndefined();
  expect(decode(`[{"a":${'['.repeat(400)}${']'.repeat(400)}}]`)).toHaveLength(1);
});

test('records cannot be read once the bytes are somebody else’s', () => {
  const answer = new AnswerText(Buffer.from('[{"id":"a"}]'));
  const [sent] = decodePage(answer)!;
  answer.forget();
  expect(() => membersOf(sent!.record)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
});

function sameAsParsed(body: Buffer): void {
  const parsed = parsedRecords(body.toString('utf8'));
  const decoded = decodeBytes(body);
  expect(decoded === undefined).toBe(parsed === undefined);
  expect(decoded && written(decoded)).toBe(parsed && written(parsed));
}

/** JSON in which numbers are text: the doubles that they are, however they were kept. */
function written(value: readonly JsonObject[]): string {
  return JSON.stringify(value, (_, item) =>
    typeof item === 'number' ? `${item}` : isRawNumber(item) ? `${Number(item.rawJSON)}` : item,
  );
}

/** Undefined where it is no array of objects. */
function parsedRecords(text: string): readonly JsonObject[] | undefined {
  try {
    const value = JSON.parse(text);
    return Array.isArray(value) && value.every(isObject) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Raw numbers as the doubles they would have been. */
function plain(value: Json): unknown {
  return JSON.parse(JSON.stringify(value));
}

import { expect, test } from 'vitest';
import type { Column, Kind } from '../../lib/columns/column.ts';
import { cellReader } from '../../lib/snapshot/cell.ts';
import { CsvLines } from '../../lib/snapshot/csv-lines.ts';
import { createDrift } from '../../lib/snapshot/drift.ts';
import { encodeRows } from '../../lib/snapshot/encode.ts';
import { plainCell } from '../../lib/snapshot/plain-cell.ts';
import { fc } from '../world/properties.ts';
import { texts, USUAL } from './csv-tables.ts';

/** Months, days, hours and minutes, and what comes just behind their last. */
const PAIRS = '00 01 02 04 06 09 11 12 13 23 24 28 29 30 31 32 59 60 99'.split(' ');
const pair = fc.constantFrom(...PAIRS);
/** Mostly as it usually is. */
const near = (usual: string, ...others: string[]) =>
  fc.oneof({ weight: 12, arbitrary: fc.constant(usual) }, fc.constantFrom(usual, ...others));
const digits = (most: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: most })
    .map((some) => some.join(''));

const days = fc
  .tuple(fc.constantFrom('19', '20', '02', '00'), pair, near('-', ':'), pair, near('-', ':'), pair)
  .map((parts) => parts.join(''));
/** Most of them on days that there are. */
const usualDays = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const times = fc
  .tuple(
    fc.oneof(days, usualDays),
    near('T', ' ', 't'),
    pair,
    near(':', '.'),
    pair,
    near(':'),
    pair,
  )
  .chain((parts) => near('Z', 'z', '+00:00', '').map((zone) => parts.join('') + zone));
const numerals = fc
  .tuple(near('', '-'), digits(17), near('', '.'), digits(5), near('', 'e2', 'E-1'))
  .map(([sign, whole, point, fraction, exponent]) =>
    [sign, whole.replace(/^0+(?=\d)/, ''), point && point + fraction, exponent].join(''),
  );
const strings = texts.map((text) => JSON.stringify(text));
const lists = fc.array(fc.oneof(strings, numerals), { maxLength: 2 }).map((some) => `[${some}]`);
const objects = fc
  .dictionary(fc.constantFrom('a', 'b', '"'), fc.oneof(texts, fc.constant(1)), { maxKeys: 2 })
  .map((members) => JSON.stringify(members));
const others = fc.oneof(fc.constantFrom('true', 'false', '""', '[]', '{}', '[ ]'), objects);

const VALUES: Readonly<Record<Kind, fc.Arbitrary<string>>> = {
  id: strings,
  text: strings,
  enum: fc.oneof(near('"sale"', '"sal"', '"saleX"', '"s\\u0061le"'), strings),
  boolean: fc.constantFrom('true', 'false'),
  time: times.map((text) => JSON.stringify(text)),
  date: fc.oneof(days, usualDays).map((text) => JSON.stringify(text)),
  integer: numerals,
  money: numerals,
  decimal: numerals,
  ids: lists,
  json: fc.oneof(objects, lists),
};

test.each(Object.entries(VALUES) as [Kind, fc.Arbitrary<string>][])(
  'what is copied for the kind %s is what its cell is',
  (kind, values) => {
    const column: Column = { name: 'c', kind, meaning: '', source: '', values: ['sale', 'void'] };
    const minorUnits = fc.constantFrom(0, 2, 3, undefined);
    let copied = 0;
    fc.assert(
      fc.property(
        fc.oneof({ weight: 9, arbitrary: values }, others),
        minorUnits,
        (json, digits) => {
          const drift = createDrift('transactions');
          // Answers are UTF-8, in which no half of a surrogate pair can stand.
          const bytes = Buffer.from(` ${json} `);
          const [from, to] = [1, bytes.length - 1];
          const lines = new CsvLines(USUAL);
          lines.text('x');
          if (!plainCell(column, () => digits)(bytes, from, to, lines)) return;
          lines.endLine();
          copied += 1;
          const cell = cellReader(column, 'c', drift, () => digits)(bytes, from, to);
          expect(cell).toBeDefined();
          expect(lines.take().bytes.toString()).toBe(encodeRows([['x', cell!]], USUAL));
          expect(drift.entries()).toEqual([]);
        },
      ),
      { numRuns: 10_000 },
    );
    expect(copied > 0).toBe(kind !== 'decimal');
  },
);

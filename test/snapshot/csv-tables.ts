import type { CsvFormat } from '../../lib/snapshot/encode.ts';
import { fc } from '../world/properties.ts';

/** All formats that a configuration may ask for; the usual one comes first. */
export const FORMATS: readonly CsvFormat[] = [',', ';', '\t', '|'].flatMap((delimiter) => [
  { delimiter, lineEnd: 'crlf', bom: true } as const,
  { delimiter, lineEnd: 'lf', bom: false } as const,
]);
export const [USUAL] = FORMATS as readonly [CsvFormat];

const pieces = fc.constantFrom(
  '"',
  '""',
  ',',
  ';',
  '\t',
  '\r',
  '\n',
  '\r\n',
  ' ',
  "'",
  '',
  'x',
  '\uFEFF',
);
/** Cells that are hard on quoting. */
export const texts = fc.oneof(
  fc.constant(''),
  fc.string({ unit: 'binary' }),
  fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join('')),
);
/** Rows of one width; the first cell of every table is a date. */
export const tables = fc.integer({ min: 1, max: 5 }).chain((width) =>
  fc.array(
    fc.array(texts, { minLength: width, maxLength: width }).map((row) => ['2026-11-20', ...row]),
    { maxLength: 8 },
  ),
);

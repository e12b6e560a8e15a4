import { describe, expect, test } from 'vitest';
import { CONTRACTS } from '../../lib/columns/tables.ts';
import { unguard } from '../../lib/model/guard.ts';
import { jsonTexts, type Oddness } from '../world/json-text.ts';
import { fc } from '../world/properties.ts';
import { plainRow } from './plain-reader.ts';
import { shaped } from './shaped.ts';

const { columns, ignored } = CONTRACTS.transactions;
const PATHS = [...columns.map(({ name }) => name), ...ignored];

/** The names that an object of the contract may have, whichever it is. */
const NAMES = [...new Set(PATHS.flatMap((path) => path.split('.')))];

const OBJECTS = ['gateway', 'dcc', '3ds', 'paymentInstrument', 'billingAddress', 'riskMetadata'];
const names = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom(...NAMES) },
  fc.constantFrom('', '__proto__', 'amounT', 'idx', 'größe', '7', 'a.b'),
);

/** Transactions whose members are known, mostly, but hold anything. */
function transactions(oddness: Oddness): fc.Arbitrary<string> {
  const { value, objectOf } = jsonTexts(oddness);
  const inner = objectOf(fc.constantFrom('code', 'amount', 'currency', 'isVpn', ...NAMES), value);
  const outer = objectOf(fc.constantFrom('response', 'base', 'quote', 'city', 'score'), inner);
  const objects = objectOf(fc.constantFrom(...OBJECTS), fc.oneof(inner, outer));
  const flat = objectOf(names, value, 20);
  return fc
    .tuple(flat, objects)
    .map(([some, others]) => `{${[some, others].map((text) => text.slice(1, -1)).join(',')}}`)
    .map((text) => text.replace(/^\{,|,\}$/g, (comma) => comma.replace(',', '')));
}

/** As UTF-8 makes them: half of a surrogate pair is no character. */
function wellFormed(cells: Readonly<Record<string, string>>): Record<string, string> {
  const pairs = Object.entries(cells).map(([name, cell]) => [name, cell.toWellFormed()]);
  return Object.fromEntries(pairs);
}

const ADDED = ['billingAddress.city', 'riskMetadata.score', 'riskMetadata.isVpn', 'customFields'];

describe.each<[string, Oddness]>([
  ['with numbers that no double holds', { large: true, repeats: false }],
  ['with members of one name', { large: false, repeats: true }],
])('any transaction %s', (_, oddness) => {
  test.each([
    ['usual columns', []],
    ['personal columns too', ADDED],
  ])('gives the cells, drift and faults of the plain way: %s', (_, added) => {
    fc.assert(
      fc.property(transactions(oddness), (json) => {
        const { tables, drift, cellFaults } = shaped('transactions', json, added);
        const plain = plainRow(json, added);
        const [cells] = tables[0]!;
        // The day is ours, whatever the API sends under its name.
        const { businessDate } = cells!;
        expect(cells).toEqual({ ...wellFormed(plain.cells), businessDate });
        const counted = drift.flatMap(({ kind, path, value, count }) =>
          Array(count).fill([kind, path, ...(value === undefined ? [] : [value])].join(' ')),
        );
        expect(counted.sort()).toEqual(plain.drift);
        const recordId = unguard(cells!['id']!);
        const faults = plain.faults.map(([column, raw]) => ({
          ...{ table: 'transactions', recordId, column },
          raw: raw.slice(0, 200),
        }));
        expect(new Set(cellFaults)).toEqual(new Set(faults));
      }),
      { numRuns: 500 },
    );
  });
});

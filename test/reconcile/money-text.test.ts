import { afterAll, beforeAll, expect, test } from 'vitest';
import { MINOR_UNITS } from '../../lib/model/currency.ts';
import { type Database, openDuckdb } from '../../lib/reconcile/duckdb.ts';
import { MONEY_TEXT } from '../../lib/reconcile/macros.ts';

let database: Database;

beforeAll(async () => {
  const limits = { memoryLimit: '100MB', spillDirectory: '', threadCount: 1 };
  database = await openDuckdb(limits);
  for (const statement of MONEY_TEXT) await database.run(statement);
});

afterAll(() => database.close());

async function answerTo(expression: string): Promise<string | null> {
  const [answer] = await database.ask(`SELECT (${expression})::VARCHAR AS answer`);
  return answer!['answer']!;
}

test('every currency of ISO 4217 has the digits of its minor unit', async () => {
  for (const [currency, digits] of MINOR_UNITS) {
    expect([currency, await answerTo(`minor_digits('${currency}')`)]).toEqual([
      currency,
      String(digits),
    ]);
  }
});

test.each(['BTC', '', ' ', 'US', 'USDT', 'USD2', 'D2', '2', 'jpy', '%'])(
  'a code that is none of them has no digits: %j',
  async (code) => {
    expect(await answerTo(`minor_digits('${code}')`)).toBeNull();
  },
);

test.each([
  ['1', 'USD', '1.00'],
  ['-0.5', 'EUR', '-0.50'],
  ['0.005', 'USD', '0.005'],
  ['100', 'JPY', '100'],
  ['100.5', 'JPY', '100.5'],
  ['7.1', 'KWD', '7.100'],
  ['0', 'CLF', '0.0000'],
  ['1', 'BTC', '1'],
  ['0.00000001', 'BTC', '0.00000001'],
  ['123456789012345.67', 'USD', '123456789012345.67'],
])('%s %s is written as %s', async (amount, currency, text) => {
  const exact = `CAST('${amount}' AS DECIMAL(38, 18))`;
  expect(await answerTo(`money_text(${exact}, '${currency}')`)).toBe(text);
});

test('an absent amount has no text; one without a currency has its own digits', async () => {
  expect(await answerTo(`money_text(NULL::DECIMAL(38, 18), 'USD')`)).toBeNull();
  expect(await answerTo('money_text(2.50::DECIMAL(38, 18), NULL)')).toBe('2.5');
});

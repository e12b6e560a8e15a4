import { describe, expect, test } from 'vitest';
import { AnswerText } from '../../lib/model/api-record.ts';
import { isId } from '../../lib/model/ids.ts';
import { decodePage } from '../../lib/rebilly/page.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { day, type Row, START } from './seen.ts';

const options = { start: START, transactionCount: 6000, creditMemoCount: 3000, seed: 3 } as const;
const odd = createWorld({ ...options, oddities: true, fractions: true });
const texts = (table: typeof odd.transactions) =>
  Array.from({ length: table.count }, (_, index) => table.text(index, day(40)));
const transactions = texts(odd.transactions);
const memos = texts(odd.creditMemos);

const SIGHTS: readonly (readonly [string, RegExp])[] = [
  ['a formula', /"description":"=HYPERLINK/],
  ['a leading plus', /"description":"\+49/],
  ['a leading minus', /"description":"-5 per cent"/],
  ['a leading at sign', /"description":"@SUM/],
  ['a leading tab', /"description":"\\t/],
  ['a leading carriage return', /"description":"\\r/],
  ['several lines', /"description":"first line\\nsecond line\\r\\n/],
  ['quotes', /"description":"say \\"hello\\"/],
  ['Japanese', /返品/],
  ['Arabic', /إرجاع/],
  ['emoji', /🎉/],
  ['an unknown member', /"loyalty":/],
  ['a time with an offset', /"createdTime":"[^"]+\+00:00"/],
  ['a chosen id that begins with an at sign', /"id":"@order-/],
  ['a chosen id that holds two dots', /"id":"order\.\./],
];

test.each(SIGHTS)('an odd world has %s', (_name, sight) => {
  expect([...transactions, ...memos].some((text) => sight.test(text))).toBe(true);
});

const MONEY_SIGHTS: readonly (readonly [string, RegExp])[] = [
  ['an exponent', /"amount":[\d.]+e/],
  ['binary noise', /"amount":\d+\.\d{13,}[,}]/],
  ['more decimals than a double holds', /"amount":\d+\.\d{18}/],
  ['text for a number', /"amount":"/],
  ['a null', /^[^{]*{[^{]*"amount":null/],
  ['a sign', /"amount":-/],
  ['too many decimals', /"amount":\d+\.98765/],
  ['an unknown status', /"status":"suspended"/],
  ['a crypto currency', /"currency":"ETH"/],
  ['a dispute to answer', /"disputeStatus":"response-needed"/],
];

test.each(MONEY_SIGHTS)('odd transactions have %s', (_name, sight) => {
  expect(transactions.some((text) => sight.test(text))).toBe(true);
});

describe.each([
  ['transactions', transactions],
  ['credit memos', memos],
])('odd %s', (_name, rows) => {
  test('are JSON that a page decoder takes', () => {
    expect(decodePage(new AnswerText(Buffer.from(`[${rows.join()}]`)))).toHaveLength(rows.length);
  });

  test('keep what they are read by: a legal id, createdTime, updatedTime and revision', () => {
    for (const text of rows) {
      const { id, createdTime, updatedTime, revision } = JSON.parse(text) as Row;
      expect(isId(id)).toBe(true);
      expect(Date.parse(createdTime)).toBeGreaterThanOrEqual(START);
      expect(Date.parse(updatedTime)).toBeGreaterThanOrEqual(Date.parse(createdTime));
      expect(revision).toBeGreaterThanOrEqual(1);
    }
  });
});

test('some authorizations of an odd world lapse', () => {
  const waiting = transactions.filter((text) => text.includes('"status":"waiting-capture"'));
  expect(waiting.length).toBeGreaterThan(10);
});

test('a world without oddities has none of these', () => {
  const clean = createWorld(options);
  const rows = [...texts(clean.transactions), ...texts(clean.creditMemos)];
  for (const [, sight] of [...SIGHTS, ...MONEY_SIGHTS]) {
    expect(rows.some((text) => sight.test(text))).toBe(false);
  }
});

test('fractions have one to six digits, and whole seconds stay', () => {
  const digits = transactions.map(
    (text) => /"createdTime":"[^.Z+]+\.?(\d*)/.exec(text)![1]!.length,
  );
  expect([...new Set(digits)].sort()).toEqual([0, 1, 2, 3, 6]);
});

import { describe, expect, test } from 'vitest';
import { createWorld } from '../../lib/simulator/world.ts';
import { day, groupBy, minor, type Row, START, seenAt, sum } from './seen.ts';

const world = createWorld({
  start: START,
  transactionCount: 3000,
  creditMemoCount: 900,
  seed: 11,
});

const NIGHTS = [3, 9, 17, 30, 40, 80];
const NO_PART = ['draft', 'quotation'];

const allocationsOf = (memo: Row): Row[] => [
  ...memo['allocations']['transactions'],
  ...memo['allocations']['invoices'],
];

describe.each(NIGHTS)('on night %i', (night) => {
  const asOf = day(night);
  const memos = seenAt(world.creditMemos, asOf);
  const rows = seenAt(world.transactions, asOf);
  const byId = new Map(rows.map((row) => [row['id'], row]));

  test('items, taxes and shipping make the total; the total less allocations is unused', () => {
    for (const memo of memos) {
      const money = (amount: number) => minor(amount, memo['currency']);
      const taxes: Row[] = memo['items'].flatMap(({ tax }: Row) => tax ?? []);
      expect(sum(taxes.map(({ amount }) => money(amount)))).toBe(money(memo['taxAmount']));
      const prices = memo['items'].map(({ price, unitPrice, quantity }: Row) => {
        expect(money(price)).toBe(money(unitPrice) * BigInt(quantity));
        return money(price);
      });
      const total = sum([...prices, money(memo['taxAmount']), money(memo['shippingAmount'])]);
      expect(total).toBe(money(memo['totalAmount']));
      const used = sum(allocationsOf(memo).map(({ amount }) => money(amount)));
      const isVoided = memo['status'] === 'voided';
      expect(isVoided ? 0n : total - used).toBe(money(memo['unusedAmount']));
    }
  });

  test('taxes of the four treasuries make the tax', () => {
    for (const memo of memos) {
      for (const { tax } of memo['items'] as Row[]) {
        if (tax?.stateAmount === undefined) continue;
        const parts = [
          tax.stateAmount,
          tax.countyAmount,
          tax.cityAmount,
          tax.specialDistrictAmount,
        ];
        expect(sum(parts.map((part) => minor(part, 'USD')))).toBe(minor(tax.amount, 'USD'));
      }
    }
  });

  test('the status says how much is left', () => {
    for (const memo of memos) {
      const { status, totalAmount, unusedAmount } = memo;
      const isWhole = unusedAmount === totalAmount;
      if (status === 'issued') expect(isWhole).toBe(true);
      else if (status === 'applied') expect(unusedAmount).toBe(0);
      else if (status === 'partially-applied') expect(isWhole || unusedAmount === 0).toBe(false);
      else expect(allocationsOf(memo)).toEqual([]);
    }
  });

  test("a customer's memos are numbered from one without a gap", () => {
    for (const own of groupBy(memos, (memo) => memo['customerId']).values()) {
      expect(own.map(({ number }) => number)).toEqual(own.map((_, place) => place + 1));
    }
  });

  test('memos are paid out through refunds of the same customer and currency, once', () => {
    const taken = new Map<string, bigint>();
    for (const memo of memos) {
      for (const { transactionId, amount, currency } of memo['allocations']['transactions']) {
        const refund = byId.get(transactionId)!;
        expect(refund['type']).toBe('refund');
        expect(refund['result']).toBe('approved');
        expect([refund['customerId'], refund['currency'], currency]).toEqual([
          memo['customerId'],
          memo['currency'],
          memo['currency'],
        ]);
        const sofar = (taken.get(transactionId) ?? 0n) + minor(amount, currency);
        taken.set(transactionId, sofar);
        expect(sofar <= minor(refund['amount'], currency)).toBe(true);
      }
    }
    if (night >= 9) expect(taken.size).toBeGreaterThan(10);
  });

  test('no purchase is compensated twice', () => {
    const refunds = rows.filter((row) => row['type'] === 'refund' && row['result'] === 'approved');
    const paid = rows.filter(
      ({ type, result }) => ['sale', 'capture'].includes(type) && result === 'approved',
    );
    for (const [invoice, back] of groupBy(refunds, ({ invoiceIds }) => invoiceIds[0])) {
      const money = (row: Row) => minor(row['amount'], row['currency']);
      const credits = memos.filter(
        ({ invoiceId, status }) =>
          invoiceId === invoice && ![...NO_PART, 'voided'].includes(status),
      );
      const open = credits.map(
        (memo) =>
          minor(memo['totalAmount'], memo['currency']) -
          sum(memo['allocations']['transactions'].map(money)),
      );
      const paidIn = sum(paid.filter(({ invoiceIds }) => invoiceIds[0] === invoice).map(money));
      expect(sum(back.map(money)) + sum(open) <= paidIn).toBe(true);
    }
  });
});

test('memos of every fate are there', () => {
  const statuses = new Set(seenAt(world.creditMemos, day(80)).map(({ status }) => status));
  expect([...statuses].sort()).toEqual(
    ['applied', 'draft', 'issued', 'partially-applied', 'quotation', 'voided'].sort(),
  );
});

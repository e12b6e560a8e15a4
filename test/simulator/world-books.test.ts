import { describe, expect, test } from 'vitest';
import type { Instant } from '../../lib/model/instant.ts';
import { GATEWAYS } from '../../lib/simulator/gateways.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { day, groupBy, minor, type Row, START, seenAt, sum } from './seen.ts';

/** Without oddities nothing in the books may look wrong, on any night. */
const { transactions } = createWorld({ start: START, transactionCount: 6000, seed: 7 });
const crowded = createWorld({
  start: START,
  transactionCount: 2000,
  seed: 8,
  shape: 'even',
  denseSecond: { at: day(6), rowCount: 900 },
});

const NIGHTS = [
  ...[2, 7, 13, 21, 30, 36, 60, 100].map((night) => ({
    night,
    table: transactions,
    name: 'lively',
  })),
  ...[6, 9, 19, 50].map((night) => ({ night, table: crowded.transactions, name: 'crowded' })),
];
const HOUR_MS = 3_600_000;

const amountOf = (row: Row) => minor(row['amount'], row['currency']);
const isApproved = (row: Row) => row['result'] === 'approved';
const isMoneyIn = (row: Row) =>
  isApproved(row) && ['sale', 'capture'].includes(row['type']) && row['status'] !== 'voided';
const isMoneyOut = (row: Row) =>
  isApproved(row) && ['refund', 'credit'].includes(row['type']) && row['status'] !== 'voided';
const of = (type: string) => (row: Row) => row['type'] === type && isApproved(row);

describe.each(NIGHTS)('on night $night of a $name world', ({ night, table }) => {
  const asOf = (day(night) + 6 * HOUR_MS) as Instant;
  const rows = seenAt(table, asOf);
  const byId = new Map(rows.map((row) => [row['id'], row]));
  const childrenOf = (row: Row): Row[] =>
    row['childTransactions'].map((id: string) => byId.get(id));
  const ageHours = (row: Row) => (asOf - Date.parse(row['createdTime'])) / HOUR_MS;

  test('parents and children name each other', () => {
    for (const row of rows) {
      const parent = row['parentTransactionId'] && byId.get(row['parentTransactionId']);
      if (row['parentTransactionId']) {
        expect(parent['childTransactions']).toContain(row['id']);
        expect(parent['customerId']).toBe(row['customerId']);
        expect(parent['createdTime'] <= row['createdTime']).toBe(true);
      } else expect(['refund', 'void', 'capture']).not.toContain(row['type']);
      for (const child of childrenOf(row)) expect(child['parentTransactionId']).toBe(row['id']);
    }
  });

  test('no more is refunded than was paid, nor captured than authorized', () => {
    for (const row of rows) {
      const parts = childrenOf(row).filter((child) => of('refund')(child) || of('capture')(child));
      if (parts.length === 0) continue;
      expect(new Set(parts.map(({ currency }) => currency))).toEqual(new Set([row['currency']]));
      expect(sum(parts.map(amountOf)) <= amountOf(row)).toBe(true);
    }
  });

  test("a payment's status says what was refunded, voided and disputed", () => {
    for (const row of rows.filter((one) => of('sale')(one) || of('capture')(one))) {
      const refunded = sum(childrenOf(row).filter(of('refund')).map(amountOf));
      const isVoided = childrenOf(row).some(of('void'));
      const refundedStatus = refunded === amountOf(row) ? 'refunded' : 'partially-refunded';
      const expected = isVoided
        ? 'voided'
        : row['isDisputed']
          ? 'disputed'
          : refunded > 0n
            ? refundedStatus
            : 'completed';
      expect(row['status']).toBe(expected);
    }
  });

  test('results that are not final are waited for, and not for long', () => {
    for (const row of rows) {
      const isWaiting = row['result'] === 'unknown';
      expect(row['status'] === 'completed' && isWaiting).toBe(false);
      expect(row['processedTime'] === undefined).toBe(isWaiting);
      const isCard = row['paymentInstrument']['method'] === 'payment-card';
      if (isWaiting) expect(ageHours(row)).toBeLessThan(isCard ? 24 : 24 * 7);
      if (['refunded', 'partially-refunded', 'voided', 'disputed'].includes(row['status'])) {
        expect(row['result']).toBe('approved');
      }
    }
  });

  test('accounts that reconcile do so in three days, accounts that settle in seven', () => {
    for (const row of rows.filter((one) => isMoneyIn(one) || isMoneyOut(one))) {
      const gateway = GATEWAYS.find(({ id }) => id === row['gatewayAccountId']);
      if (!gateway?.reconciles) expect(row['isReconciled']).toBe(false);
      else if (ageHours(row) >= 72) expect(row['isReconciled']).toBe(true);
      if (!gateway?.settles) expect(row['settlementTime']).toBeNull();
      else if (ageHours(row) >= 7 * 24) expect(row['settlementTime']).not.toBeNull();
      if (row['settlementTime']) {
        expect(row['settlementTime'] >= row['processedTime']).toBe(true);
      }
    }
  });

  test('requests and gateway references are unique', () => {
    const references = rows.flatMap((row) => row['gatewayTransactionId'] ?? []);
    expect(new Set(rows.map(({ requestId }) => requestId)).size).toBe(rows.length);
    expect(new Set(references).size).toBe(references.length);
  });

  test('nobody is charged twice', () => {
    const charges = groupBy(rows.filter(isMoneyIn), (row) =>
      [row['customerId'], row['currency'], row['amount'], row['invoiceIds'].join()].join(' '),
    );
    for (const same of charges.values()) {
      const parents = new Set(same.map((row) => row['parentTransactionId'] ?? row['id']));
      expect(parents.size).toBe(1);
    }
  });

  test('what was charged is what was asked, unless an adjustment or a conversion says why', () => {
    for (const row of rows) {
      const { base, quote, outcome } = row['dcc'] ?? {};
      if (outcome === 'selected') {
        expect([row['amount'], row['currency']]).toEqual([quote.amount, quote.currency]);
      } else if (outcome === 'rejected') {
        expect([row['amount'], row['currency']]).toEqual([base.amount, base.currency]);
      } else if (row['hasAmountAdjustment']) {
        expect(amountOf(row) < minor(row['requestAmount'], row['requestCurrency'])).toBe(true);
      } else
        expect([row['requestAmount'], row['requestCurrency']]).toEqual([
          row['amount'],
          row['currency'],
        ]);
    }
  });

  test('report amounts keep within five per cent of the usual rate', () => {
    for (const [currency, same] of groupBy(rows, (row) => row['currency'])) {
      const charged = same.filter((row) => row['amount'] > 0);
      const rates = charged.map((row) => row['reportAmount'] / row['amount']).sort((a, b) => a - b);
      const median = rates[rates.length >> 1]!;
      for (const row of charged) {
        if (currency === 'USD') expect(row['reportAmount']).toBe(row['amount']);
        const gap = Math.abs(row['reportAmount'] - row['amount'] * median);
        expect(gap <= 0.01 || gap / (row['amount'] * median) < 0.05).toBe(true);
      }
    }
  });

  test('disputes are under review or decided, and never of refunded sales', () => {
    for (const row of rows.filter(({ isDisputed }) => isDisputed)) {
      expect(['under-review', 'won', 'lost']).toContain(row['disputeStatus']);
      expect(row['disputeTime'] > row['processedTime']).toBe(true);
      expect(row['childTransactions']).toEqual([]);
    }
  });
});

test('authorizations are captured or voided within five days', () => {
  const rows = seenAt(transactions, day(60));
  const byId = new Map(rows.map((row) => [row['id'], row]));
  for (const row of rows.filter(of('authorize'))) {
    const answered = row['childTransactions'].map((id: string) => byId.get(id)!['processedTime']);
    const waitedHours = (Date.parse(answered.sort()[0]) - Date.parse(row['createdTime'])) / HOUR_MS;
    expect(waitedHours).toBeLessThan(5 * 24);
  }
});

test('voids come within a day, and what was voided never settles', () => {
  const rows = seenAt(transactions, day(100));
  const byId = new Map(rows.map((row) => [row['id'], row]));
  for (const row of rows.filter(of('void'))) {
    const parent = byId.get(row['parentTransactionId'])!;
    expect([parent['settlementTime'], parent['isReconciled']]).toEqual([null, false]);
    const waitedMs = Date.parse(row['processedTime']) - Date.parse(parent['processedTime']);
    if (parent['type'] === 'sale') expect(waitedMs).toBeLessThan(24 * HOUR_MS);
  }
});

test('a parent that gains a child is a new revision of itself', () => {
  for (let index = 0; index < transactions.count; index++) {
    const { parentTransactionId } = transactions.row(index, day(60)) as Row;
    if (parentTransactionId === undefined) continue;
    const parent = transactions.indexOf(parentTransactionId)!;
    const bornAt = transactions.createdAt(index);
    if (transactions.createdAt(parent) === bornAt) continue;
    const [before, after] = [(bornAt - 1) as Instant, bornAt].map(
      (asOf) => transactions.row(parent, asOf) as Row,
    );
    expect(after!['childTransactions'].length).toBe(before!['childTransactions'].length + 1);
    expect(after!['revision']).toBeGreaterThan(before!['revision']);
  }
});

test('everything a merchant sees in a month is there', () => {
  const rows = seenAt(transactions, day(60));
  const values = (name: string) => new Set(rows.map((row) => row[name]));
  expect([...values('type')].sort()).toEqual(
    [
      '3ds-authentication',
      'authorize',
      'capture',
      'credit',
      'refund',
      'sale',
      'setup',
      'void',
    ].sort(),
  );
  expect([...values('currency')].sort()).toEqual(['EUR', 'GBP', 'JPY', 'KWD', 'USD']);
  expect([...values('result')].sort()).toEqual(['abandoned', 'approved', 'canceled', 'declined']);
  for (const status of ['refunded', 'partially-refunded', 'voided', 'disputed', 'completed']) {
    expect(values('status')).toContain(status);
  }
  for (const flag of [
    'isRebill',
    'isRetry',
    'hasDcc',
    'isProcessedOutside',
    'isReconciled',
    'isDisputed',
  ]) {
    expect(values(flag)).toEqual(new Set([true, false]));
  }
  const captures = rows.map(
    (row) => row['type'] === 'authorize' && row['childTransactions'].length,
  );
  expect(Math.max(...captures)).toBe(3);
});

test('a night shows rows that wait for their gateway', () => {
  const rows = seenAt(transactions, day(20));
  const waiting = new Set(
    rows.filter(({ result }) => result === 'unknown').map(({ status }) => status),
  );
  expect(waiting).toContain('waiting-gateway');
});

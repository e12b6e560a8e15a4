import { describe, expect, test } from 'vitest';
import type { Discrepancy } from '../../lib/model/discrepancy.ts';
import { duplicateCharge } from '../../lib/reconcile/rules/duplicate-charge.ts';
import { refundExceedsParent } from '../../lib/reconcile/rules/refund-exceeds-parent.ts';
import { unsettled } from '../../lib/reconcile/rules/unsettled.ts';
import { type Cells, child, judgedNight, payment, type Rows } from './night.ts';

const transactions = (source: Rows['source'], ...rows: Cells[]): Rows => ({
  source,
  table: 'transactions',
  rows,
});

const parent = payment('p', { childTransactions: 'r' });
const refund = (amount: string, cells: Cells = {}) =>
  child('refund', 'r', 'p', { amount, ...cells });

const told = (discrepancies: readonly Discrepancy[]) =>
  discrepancies.map(({ rule, recordId, status }) => `${rule} ${recordId} ${status}`);

describe('the configuration', () => {
  const rows = [transactions('period', parent, refund('120.00'))];

  test('sets severities', async () => {
    const rules = { 'refund-exceeds-parent': { severity: 'low' as const } };
    const { discrepancies } = await judgedNight({ roster: [refundExceedsParent], rules, rows });
    expect(discrepancies[0]!.severity).toBe('low');
  });

  test('sets thresholds', async () => {
    const twice = [
      payment('a', {
        customerId: 'c',
        invoiceIds: '',
        'paymentInstrument.paymentInstrumentId': 'i',
      }),
      payment('b', {
        customerId: 'c',
        invoiceIds: '',
        'paymentInstrument.paymentInstrumentId': 'i',
        createdTime: '2026-11-20T10:30:00Z',
      }),
    ];
    const found = async (withinMinutes: number) =>
      told(
        (
          await judgedNight({
            roster: [duplicateCharge],
            rules: { 'duplicate-charge': { withinMinutes } },
            rows: [transactions('period', ...twice)],
          })
        ).discrepancies,
      );
    expect(await found(30)).toEqual(['duplicate-charge a new']);
    expect(await found(29)).toEqual([]);
  });

  test('switches rules off', async () => {
    const rules = { 'refund-exceeds-parent': { enabled: false } };
    const { discrepancies, outcomes } = await judgedNight({
      roster: [refundExceedsParent],
      rules,
      rows,
    });
    expect([discrepancies, outcomes[0]!.isOn]).toEqual([[], false]);
  });

  test.each([
    [{ unsetled: { enabled: false } }, "Did you mean 'unsettled'?"],
    [{ unsettled: { graceDay: 3 } }, "Did you mean 'graceDays'?"],
  ])('is refused where it names %j', async (rules, remedy) => {
    await expect(judgedNight({ roster: [unsettled], rules })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      remedy,
    });
  });
});

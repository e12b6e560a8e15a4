import { describe, expect, test } from 'vitest';
import { DISCREPANCY_COLUMNS, type Discrepancy } from '../../lib/model/discrepancy.ts';
import { discrepancyOf, discrepancyRows } from '../../lib/reconcile/discrepancy-rows.ts';
import type { Rule } from '../../lib/reconcile/rule.ts';
import { flaggedByGateway } from '../../lib/reconcile/rules/flagged-by-gateway.ts';
import { outcomeUnknown } from '../../lib/reconcile/rules/outcome-unknown.ts';
import { refundExceedsParent } from '../../lib/reconcile/rules/refund-exceeds-parent.ts';
import { unsettled } from '../../lib/reconcile/rules/unsettled.ts';
import { type Cells, child, judgedNight, type Night, payment, type Rows } from './night.ts';

const transactions = (source: Rows['source'], ...rows: Cells[]): Rows => ({
  source,
  table: 'transactions',
  rows,
});

const parent = payment('p', { childTransactions: 'r' });
const refund = (amount: string, cells: Cells = {}) =>
  child('refund', 'r', 'p', { amount, ...cells });

/** The cells under which tonight's discrepancies reach the next night. */
function handedOn(discrepancies: readonly Discrepancy[]): Cells[] {
  return discrepancyRows(discrepancies).map((row) =>
    Object.fromEntries(DISCREPANCY_COLUMNS.map((name, at) => [name, row[at]!])),
  );
}

const told = (discrepancies: readonly Discrepancy[]) =>
  discrepancies.map(({ rule, recordId, status }) => `${rule} ${recordId} ${status}`);

async function nextNight(rows: readonly Rows[], rest: Partial<Night> = {}) {
  const before = await judgedNight({
    roster: [refundExceedsParent],
    rows: [transactions('period', parent, refund('120.00'))],
  });
  const { discrepancies } = await judgedNight({
    roster: [refundExceedsParent],
    scope: { firstDay: '2026-11-21', lastDay: '2026-11-21' },
    judgedAt: '2026-11-22T06:15:00Z',
    rows,
    ...rest,
    inputs: { 'prior-discrepancies': handedOn(before.discrepancies), ...rest.inputs },
  });
  return discrepancies;
}

describe('an open discrepancy', () => {
  test.each<[string, Rows[], string[]]>([
    ['travels along while none of its records is read', [], ['refund-exceeds-parent p open']],
    [
      'stays while one of its records is not known',
      [transactions('changed', { ...parent, childTransactions: '' })],
      ['refund-exceeds-parent p open'],
    ],
    [
      'stays while it is true',
      [transactions('changed', refund('120.00')), transactions('context', parent)],
      ['refund-exceeds-parent p open'],
    ],
    [
      'is resolved when a related record was mended',
      [transactions('changed', refund('100.00')), transactions('context', parent)],
      ['refund-exceeds-parent p resolved'],
    ],
    [
      'is resolved when nothing is left to ask about',
      [
        transactions('changed', refund('120.00', { status: 'voided' })),
        transactions('context', parent),
      ],
      ['refund-exceeds-parent p resolved'],
    ],
    [
      'stays where the rule cannot tell',
      [
        transactions('changed', refund('1.00', { result: undefined })),
        transactions('context', parent),
      ],
      ['refund-exceeds-parent p open'],
    ],
    [
      'stays while its records are only context',
      [transactions('context', parent, refund('100.00'))],
      ['refund-exceeds-parent p open'],
    ],
  ])('%s', async (_title, rows, expected) => {
    expect(told(await nextNight(rows))).toEqual(expected);
  });

  test('keeps its id and its first day', async () => {
    const [one] = await nextNight([
      transactions('changed', refund('130.00')),
      transactions('context', parent),
    ]);
    expect(one).toMatchObject({ firstSeen: '2026-11-20', lastSeen: '2026-11-21', ageDays: 1 });
  });

  test('is dropped when its rule is switched off', async () => {
    const rules = { 'refund-exceeds-parent': { enabled: false } };
    expect(await nextNight([], { rules })).toEqual([]);
  });

  test('is acknowledged for the figures that were accepted only', async () => {
    const [open] = await nextNight([]);
    const accepted = { id: open!.id, expected: '100.00', actual: '120.00', reason: 'ours' };
    const inputs = { acknowledgements: [accepted] };
    const rows = (amount: string) => [
      transactions('changed', refund(amount)),
      transactions('context', parent),
    ];
    const [same] = await nextNight(rows('120.00'), { inputs });
    const [other] = await nextNight(rows('120.01'), { inputs });
    expect([same!.status, other!.status]).toEqual(['acknowledged', 'open']);
  });
});

test('an event stays open although its record was read again', async () => {
  const flagged = { hadDiscrepancy: 'true', discrepancyTime: '2026-11-20T15:00:00Z' };
  const roster = [flaggedByGateway];
  const before = await judgedNight({
    roster,
    rows: [transactions('period', payment('a', flagged))],
  });
  const inputs = { 'prior-discrepancies': handedOn(before.discrepancies) };
  const after = (cells: Cells) =>
    judgedNight({ roster, inputs, rows: [transactions('changed', payment('a', cells))] });
  expect(told((await after({})).discrepancies)).toEqual(['flagged-by-gateway a open']);
  expect(told((await after(flagged)).discrepancies)).toEqual(['flagged-by-gateway a open']);
  const later = { ...flagged, discrepancyTime: '2026-11-21T15:00:00Z' };
  expect(told((await after(later)).discrepancies).sort()).toEqual([
    'flagged-by-gateway a new',
    'flagged-by-gateway a open',
  ]);
});

describe('a rule that cannot be asked', () => {
  const broken: Rule = { ...unsettled, question: () => 'SELECT nothing FROM nowhere' };
  const rows = [transactions('period', parent, refund('120.00'))];

  test('is a discrepancy of its own, and the others go on', async () => {
    const { discrepancies, outcomes } = await judgedNight({
      roster: [broken, refundExceedsParent],
      rows,
    });
    expect(told(discrepancies).sort()).toEqual([
      'refund-exceeds-parent p new',
      'rule-failed unsettled new',
    ]);
    expect(outcomes.map(({ rule, error }) => [rule, error !== undefined])).toEqual([
      ['unsettled', true],
      ['refund-exceeds-parent', false],
    ]);
  });

  test('leaves its open discrepancies open, and is resolved when it works again', async () => {
    const failing = await judgedNight({ roster: [broken] });
    const inputs = { 'prior-discrepancies': handedOn(failing.discrepancies) };
    const mended = await judgedNight({ roster: [unsettled], inputs });
    expect(told(mended.discrepancies)).toEqual(['rule-failed unsettled resolved']);

    const roster = [{ ...broken, id: refundExceedsParent.id }];
    const found = await judgedNight({ roster: [refundExceedsParent], rows });
    const open = { 'prior-discrepancies': handedOn(found.discrepancies) };
    const again = await judgedNight({ roster, rows, inputs: open });
    expect(told(again.discrepancies)).toContain('refund-exceeds-parent p open');
  });
});

test('a run by hand judges by the hour, the night by business day', async () => {
  const waiting = payment('a', { result: 'unknown', createdTime: '2026-11-20T05:00:00Z' });
  const judged = async (isNight: boolean) =>
    told(
      (
        await judgedNight({
          roster: [outcomeUnknown],
          isNight,
          rows: [transactions('period', waiting)],
        })
      ).discrepancies,
    );
  expect(await judged(true)).toEqual([]);
  expect(await judged(false)).toEqual(['outcome-unknown a new']);
});

describe('a record that came several times', () => {
  const approved = refund('120.00', { revision: '2' });
  const voided = refund('120.00', { revision: '3', status: 'voided' });

  test.each<[string, Rows[], string[]]>([
    [
      'counts at its highest revision',
      [transactions('period', parent, approved), transactions('changed', voided)],
      [],
    ],
    [
      'counts as it was confirmed, whatever its revision',
      [transactions('period', parent, voided), transactions('context', approved)],
      ['refund-exceeds-parent p new'],
    ],
    [
      'never counts as it was known earlier',
      [transactions('period', parent, approved), transactions('earlier', voided)],
      ['refund-exceeds-parent p new'],
    ],
    [
      'is judged also when it was confirmed',
      [transactions('changed', voided), transactions('context', parent, approved)],
      ['refund-exceeds-parent p new'],
    ],
  ])('%s', async (_title, rows, expected) => {
    const { discrepancies } = await judgedNight({ roster: [refundExceedsParent], rows });
    expect(told(discrepancies)).toEqual(expected);
  });
});

test('guarded text is read as it was before, and written guarded', async () => {
  const owner = { customerId: '=cus' };
  const { discrepancies } = await judgedNight({
    roster: [refundExceedsParent],
    rows: [
      transactions(
        'period',
        payment('-p', { childTransactions: '@r', ...owner }),
        child('refund', '@r', '-p', { amount: '120.00', ...owner }),
      ),
    ],
  });
  expect(discrepancies[0]).toMatchObject({
    recordId: '-p',
    relatedIds: ['@r'],
    customerId: '=cus',
  });
  const [row] = discrepancyRows(discrepancies);
  const cells = Object.fromEntries(DISCREPANCY_COLUMNS.map((name, at) => [name, row![at]!]));
  expect(cells).toMatchObject({ recordId: "'-p", relatedIds: "'@r", customerId: "'=cus" });
});

test('a discrepancy is read back as it was written', async () => {
  const { discrepancies } = await judgedNight({
    roster: [refundExceedsParent],
    rows: [transactions('period', parent, refund('120.00'))],
  });
  const [cells] = handedOn(discrepancies);
  expect(discrepancyOf(cells as Readonly<Record<string, string>>)).toEqual(discrepancies[0]);
});

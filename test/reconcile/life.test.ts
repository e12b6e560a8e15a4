import { describe, expect, test } from 'vitest';
import type { LocalDay } from '../../lib/calendar/business-day.ts';
import type { Discrepancy } from '../../lib/model/discrepancy.ts';
import {
  type Acknowledgement,
  discrepancyId,
  type Fate,
  type Finding,
  inOrder,
  liveOn,
} from '../../lib/reconcile/life.ts';

const FINDING: Finding = {
  id: discrepancyId('unsettled', 'transactions', 'txn_1', ''),
  rule: 'unsettled',
  severity: 'medium',
  class: 'timing',
  collection: 'transactions',
  recordId: 'txn_1',
  relatedIds: [],
  customerId: 'cus_1',
  currency: 'USD',
  expected: 'settled',
  actual: 'not settled',
  difference: '',
  explanation: '',
  action: '',
};

const PRIOR: Discrepancy = {
  ...FINDING,
  status: 'open',
  firstSeen: '2026-11-15',
  lastSeen: '2026-11-19',
  ageDays: 4,
};

interface Told {
  readonly found?: readonly Finding[];
  readonly prior?: readonly Discrepancy[];
  readonly acknowledgements?: readonly Acknowledgement[];
  readonly fate?: Fate;
  readonly day?: string;
}

function night({ found = [], prior = [], acknowledgements = [], fate, day }: Told) {
  return liveOn({
    day: (day ?? '2026-11-20') as LocalDay,
    found,
    prior,
    acknowledgements,
    fateOf: () => fate ?? 'unknown',
  }).map(({ status, firstSeen, lastSeen, ageDays }) => [status, firstSeen, lastSeen, ageDays]);
}

const ACCEPTED = { id: FINDING.id, expected: 'settled', actual: 'not settled' };

describe('a discrepancy', () => {
  test.each<[string, Told, unknown[]]>([
    ['is new at first', { found: [FINDING] }, ['new', '2026-11-20', '2026-11-20', 0]],
    [
      'is open when it was seen before',
      { found: [FINDING], prior: [PRIOR] },
      ['open', '2026-11-15', '2026-11-20', 5],
    ],
    [
      'stays open while nobody has looked again',
      { prior: [PRIOR] },
      ['open', '2026-11-15', '2026-11-20', 5],
    ],
    [
      'is resolved when it is no longer true',
      { prior: [PRIOR], fate: 'over' },
      ['resolved', '2026-11-15', '2026-11-19', 4],
    ],
    [
      'is new when it comes back after that',
      { found: [FINDING], prior: [{ ...PRIOR, status: 'resolved' }] },
      ['new', '2026-11-20', '2026-11-20', 0],
    ],
    [
      'is acknowledged with the figures that were accepted',
      { found: [FINDING], prior: [PRIOR], acknowledgements: [ACCEPTED] },
      ['acknowledged', '2026-11-15', '2026-11-20', 5],
    ],
    [
      'stays acknowledged while nobody has looked again',
      { prior: [PRIOR], acknowledgements: [ACCEPTED] },
      ['acknowledged', '2026-11-15', '2026-11-20', 5],
    ],
    [
      'opens again with another actual',
      {
        found: [{ ...FINDING, actual: 'lost' }],
        prior: [{ ...PRIOR, status: 'acknowledged' }],
        acknowledgements: [ACCEPTED],
      },
      ['open', '2026-11-15', '2026-11-20', 5],
    ],
    [
      'opens again with another expected',
      {
        found: [{ ...FINDING, expected: 'paid' }],
        prior: [{ ...PRIOR, status: 'acknowledged' }],
        acknowledgements: [ACCEPTED],
      },
      ['open', '2026-11-15', '2026-11-20', 5],
    ],
    [
      'is open again when the acknowledgement was undone',
      { found: [FINDING], prior: [{ ...PRIOR, status: 'acknowledged' }] },
      ['open', '2026-11-15', '2026-11-20', 5],
    ],
    [
      'is resolved although acknowledged',
      { prior: [{ ...PRIOR, status: 'acknowledged' }], fate: 'over', acknowledgements: [ACCEPTED] },
      ['resolved', '2026-11-15', '2026-11-19', 4],
    ],
    [
      'has no negative age on a day judged again',
      { found: [FINDING], prior: [PRIOR], day: '2026-11-14' },
      ['open', '2026-11-15', '2026-11-14', 0],
    ],
  ])('%s', (_title, told, expected) => {
    expect(night(told)).toEqual([expected]);
  });

  test('is listed once when resolved', () => {
    expect(night({ prior: [{ ...PRIOR, status: 'resolved' }], fate: 'over' })).toEqual([]);
  });

  test('has an id that follows from rule, record and instant alone', () => {
    expect(FINDING.id).toBe('f3c3aa8fa4495371');
    const others = [
      discrepancyId('unreconciled', 'transactions', 'txn_1', ''),
      discrepancyId('unsettled', 'credit-memos', 'txn_1', ''),
      discrepancyId('unsettled', 'transactions', 'txn_2', ''),
      discrepancyId('unsettled', 'transactions', 'txn_1', '2026-11-20 00:00:00'),
    ];
    expect(new Set([FINDING.id, ...others]).size).toBe(5);
  });
});

describe('the order', () => {
  const named = (id: string, said: Partial<Discrepancy> = {}) => ({ ...PRIOR, id, ...said });

  test.each<[string, Discrepancy[], Record<string, bigint>, string]>([
    [
      'goes by severity first',
      [named('a'), named('b', { severity: 'critical' }), named('c', { severity: 'info' })],
      {},
      'b a c',
    ],
    ['then by what is at stake', [named('a'), named('b'), named('c')], { b: 2n, c: 3n }, 'c b a'],
    [
      'never compares two currencies',
      [named('a', { currency: 'USD' }), named('b', { currency: 'EUR' })],
      { a: 9n, b: 1n },
      'b a',
    ],
    ['then by id', [named('b'), named('c'), named('a')], {}, 'a b c'],
  ])('%s', (_title, discrepancies, own, expected) => {
    const ordered = inOrder(discrepancies, ({ id }) => ({ report: undefined, own: own[id] ?? 0n }));
    expect(ordered.map(({ id }) => id).join(' ')).toBe(expected);
  });

  test('puts what is known in the report currency first', () => {
    const ordered = inOrder([named('a'), named('b'), named('c')], ({ id }) => ({
      report: { a: undefined, b: 1n, c: 2n }[id],
      own: 9n,
    }));
    expect(ordered.map(({ id }) => id).join(' ')).toBe('c b a');
  });
});

import { describe, expect, test } from 'vitest';
import type { Instant } from '../../lib/model/instant.ts';
import { COLLECTIONS } from '../../lib/model/records.ts';
import { createGround } from '../../lib/simulator/planted/ground.ts';
import { ruleOf } from '../../lib/simulator/planted/plant.ts';
import {
  DECOYS,
  PLANTS,
  RULES_ACROSS_NIGHTS,
  RULES_OF_ONE_LOOK,
} from '../../lib/simulator/planted/roster.ts';
import { plantFaults } from '../../lib/simulator/planter.ts';
import type { Table, World } from '../../lib/simulator/table.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { booksAt } from './judge/books.ts';
import { findingsIn, promisedBy } from './judge/judge.ts';
import { SIGHTS } from './judge/sights.ts';
import { day, type Row, START } from './seen.ts';

/** Weeks after the day: everything has come of age, and no authorization has lapsed yet. */
const WEEKS = 22;

const SIZES = [
  { transactionCount: 2_000, creditMemoCount: 400, dayCount: 14, span: 3, perRule: 1 },
  { transactionCount: 20_000, creditMemoCount: 3_200, dayCount: 20, span: 1, perRule: 4 },
];

/** Nobody else names it, and no conversion or dispute explains it. */
const standsAlone = (row: Row) =>
  row['type'] === 'sale' &&
  row['parentTransactionId'] === undefined &&
  row['childTransactions'].length === 0 &&
  !row['hasDcc'] &&
  !row['isDisputed'];

const tablesOf = (world: World): readonly Table[] => [world.transactions, world.creditMemos];

describe.each(SIZES)('in a world of $transactionCount transactions', (size) => {
  const { span, perRule, ...options } = size;
  const clean = createWorld({ start: START, ...options });
  const period = { start: day(4), end: day(4 + span) };
  const asOf = day(4 + span + WEEKS);
  const { world, labels } = plantFaults(clean, { seed: 5, perRule, day: period });
  const books = booksAt(world, asOf);

  test('nothing is wrong before', () => {
    expect(findingsIn(booksAt(clean, asOf))).toEqual([]);
  });

  test('exactly what the labels say is wrong afterwards', () => {
    expect(findingsIn(books)).toEqual(promisedBy(labels));
  });

  test('every rule is broken as often as was asked, and no label says a thing twice', () => {
    const plantedFor = Map.groupBy(labels, ({ plantedBy }) => plantedBy.split('/')[0]!);
    for (const rule of RULES_OF_ONE_LOOK) {
      const own = plantedFor.get(rule)?.filter((label) => label.rule === rule);
      expect([rule, own?.length]).toEqual([rule, perRule]);
    }
    expect(new Set(promisedBy(labels)).size).toBe(labels.length);
  });

  test('every fault shows what its sentence says', () => {
    for (const { rule, recordId, plantedBy } of labels) {
      if (rule !== plantedBy.split('/')[0]) continue;
      expect([plantedBy, Boolean(SIGHTS[plantedBy]?.(recordId, books))]).toEqual([plantedBy, true]);
    }
  });

  test('every record of a label is one of the day, and its id leads to it', () => {
    for (const { collection, recordId } of labels) {
      if (collection === 'invoices') continue;
      const table = collection === 'transactions' ? world.transactions : world.creditMemos;
      const index = table.indexOf(recordId)!;
      expect(table.row(index, asOf)['id']).toBe(recordId);
      expect(table.createdAt(index)).toBeGreaterThanOrEqual(period.start);
      expect(table.createdAt(index)).toBeLessThan(period.end);
    }
  });

  test('rows that no fault needs stay as they are, and the others are written as they are read', () => {
    for (const [at, table] of tablesOf(world).entries()) {
      const original = tablesOf(clean)[at]!;
      expect(table.count).toBe(original.count);
      let changedCount = 0;
      for (let index = 0; index < table.count; index += 1) {
        const text = table.text(index, asOf);
        if (text === original.text(index, asOf)) continue;
        changedCount += 1;
        if (at === 0) expect(standsAlone(original.row(index, day(300)) as Row)).toBe(true);
        expect(table.row(index, asOf)).toEqual(JSON.parse(text));
        expect(table.createdAt(index)).toBeGreaterThanOrEqual(period.start);
        expect(table.createdAt(index)).toBeLessThan(period.end);
      }
      // A fault changes two rows at most of a collection.
      expect(changedCount).toBeLessThanOrEqual(labels.length * 2);
      expect(changedCount).toBeGreaterThan(0);
    }
  });

  test('the same seed plants the same, another one elsewhere', () => {
    const again = plantFaults(clean, { seed: 5, perRule, day: period });
    expect(again.labels).toEqual(labels);
    for (const { recordId } of labels) {
      const index = world.transactions.indexOf(recordId);
      if (index === undefined) continue;
      const texts = [again.world, world].map((one) => one.transactions.text(index, asOf));
      expect(texts[0]).toBe(texts[1]);
    }
    const other = plantFaults(clean, { seed: 6, perRule, day: period });
    expect(promisedBy(other.labels)).not.toEqual(promisedBy(labels));
    expect(findingsIn(booksAt(other.world, asOf))).toEqual(promisedBy(other.labels));
  });
});

describe('decoys', () => {
  const clean = createWorld({ start: START, transactionCount: 20_000, creditMemoCount: 3_200 });
  const period = { start: day(8), end: day(12) };
  const asOf = day(28);
  const options = { seed: 5, perRule: 2, day: period };
  const bare = plantFaults(clean, options);
  const { world, labels } = plantFaults(clean, { ...options, decoyRounds: 2 });

  test('are sound in the eyes of who judges them, and change nothing about the faults', () => {
    expect(labels).toEqual(bare.labels);
    expect(findingsIn(booksAt(world, asOf))).toEqual(promisedBy(labels));
  });

  test.each(DECOYS.filter((one) => RULES_OF_ONE_LOOK.includes(ruleOf(one))))(
    '$name changes rows, promises nothing, and has a sentence',
    (decoy) => {
      const ground = createGround(clean, { seed: 3, day: period, laterAt: asOf });
      expect(decoy.plant(ground, 0)).toEqual([]);
      const [payments, memos] = COLLECTIONS.map((name) => ground.overlay(name));
      expect(payments!.changes.size + memos!.changes.size).toBeGreaterThan(0);
      expect(decoy.sight).toMatch(/^[A-Z].*\.$/);
    },
  );
});

describe('faults that take their time', () => {
  const clean = createWorld({ start: START, transactionCount: 3_000 });
  const period = { start: day(6), end: day(7) };
  const rules = [
    'authorization-expiring',
    'outcome-unknown',
    'status-contradicts-result',
    'unreconciled',
    'unsettled',
  ];
  const { world, labels } = plantFaults(clean, { seed: 2, rules, perRule: 2, day: period });
  const ageing = labels.filter(({ ageDays }) => ageDays !== undefined);
  const seenAfter = (days: number) => findingsIn(booksAt(world, day(7 + days)));

  test.each([1, 3, 5, 7])('of %i days are seen when these have passed, not before', (age) => {
    const promised = promisedBy(ageing.filter(({ ageDays }) => ageDays === age));
    expect(promised).not.toEqual([]);
    const [before, after] = [seenAfter(age - 1), seenAfter(age + 1)];
    for (const finding of promised) {
      expect(before).not.toContain(finding);
      expect(after).toContain(finding);
    }
  });

  test('are over when their label says so', () => {
    const lapsing = labels.filter(({ lapseDays }) => lapseDays !== undefined);
    expect(promisedBy(lapsing)).not.toEqual([]);
    const { lapseDays } = lapsing[0]!;
    const [before, after] = [seenAfter(lapseDays! - 1), seenAfter(lapseDays!)];
    for (const finding of promisedBy(lapsing)) {
      expect(before).toContain(finding);
      expect(after).not.toContain(finding);
    }
  });
});

const CATALOGUE = [
  'flagged-by-gateway refund-exceeds-parent refund-currency-differs parent-missing',
  'parent-status-stale child-link-broken capture-exceeds-authorization authorization-expiring',
  'duplicate-charge duplicate-request-id duplicate-gateway-reference outcome-unknown',
  'status-contradicts-result unreconciled unsettled settled-before-processed amount-adjusted',
  'dcc-inconsistent disputed-and-refunded dispute-response-needed amount-precision',
  'currency-missing report-rate-outlier unapplied-payment memo-total memo-tax memo-unused',
  'memo-over-allocated memo-status memo-voided-in-use memo-allocation-currency memo-number-gap',
  'memo-transaction-missing memo-transaction-wrong-kind memo-exceeds-transaction',
  'compensated-twice chargeback-memo-without-dispute',
  'restated vanished appeared revision-went-back volume-outlier',
].flatMap((line) => line.split(' '));

describe('the roster', () => {
  test('has a plant for every rule of the catalogue', () => {
    const rules = new Set([...RULES_OF_ONE_LOOK, ...RULES_ACROSS_NIGHTS]);
    expect([...rules].sort()).toEqual([...CATALOGUE].sort());
  });

  test('gives every plant a name of its own, and a sentence', () => {
    expect(new Set(PLANTS.map(({ name }) => name)).size).toBe(PLANTS.length);
    const every = [...PLANTS, ...DECOYS];
    expect(new Set(DECOYS.map(({ name }) => name)).size).toBe(DECOYS.length);
    for (const plant of every) {
      expect(CATALOGUE).toContain(ruleOf(plant));
      expect(plant.sight).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe('a planter that cannot', () => {
  const clean = createWorld({ start: START, transactionCount: 50 });
  const ask = (options: { readonly rules: readonly string[]; readonly perRule: number }) => () =>
    plantFaults(clean, { seed: 1, day: { start: START, end: day(30) as Instant }, ...options });

  test.each([
    ['refuses a rule nobody knows', { rules: ['no-such-rule'], perRule: 1 }, 'no-such-rule'],
    ['refuses more faults than rows', { rules: ['unsettled'], perRule: 99 }, 'no card left'],
  ])('%s', (_title, options, complaint) => {
    expect(ask(options)).toThrow(complaint);
  });
});

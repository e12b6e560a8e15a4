import { describe, expect, test } from 'vitest';
import type { Instant } from '../../lib/model/instant.ts';
import { plantFaults } from '../../lib/simulator/planter.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { judgedAgain, judgedDay } from './world-night.ts';

const DAY_MS = 86_400_000;
const START = Date.parse('2026-10-01T00:00:00Z') as Instant;
const DAY = '2026-10-10';
const DAY_START = Date.parse(`${DAY}T00:00:00Z`) as Instant;
/** Past every grace, and before authorizations lapse. */
const ASKED = (DAY_START + 20 * DAY_MS) as Instant;

const world = createWorld({ start: START, transactionCount: 20_000, creditMemoCount: 3_000 });

describe('a clean world', () => {
  test.each([0, 5, 45])('has no discrepancy %i days after', async (days) => {
    const asOf = (DAY_START + DAY_MS + days * DAY_MS + DAY_MS / 4) as Instant;
    const { discrepancies, outcomes } = await judgedDay(world, DAY, asOf);
    expect(discrepancies).toEqual([]);
    expect(outcomes.filter(({ error }) => error !== undefined)).toEqual([]);
  });
});

test('every planted fault is found, and nothing else', async () => {
  const day = { start: DAY_START, end: (DAY_START + DAY_MS) as Instant };
  const planted = plantFaults(world, { seed: 7, perRule: 3, day });
  const { discrepancies } = await judgedDay(planted.world, DAY, ASKED);
  const found = discrepancies.map(
    ({ rule, collection, recordId }) => `${rule} ${collection} ${recordId}`,
  );
  const labels = planted.labels.map(
    ({ rule, collection, recordId }) => `${rule} ${collection} ${recordId}`,
  );
  expect(found.sort()).toEqual([...new Set(labels)].sort());
});

test('what happened to published records is found, and normal life is not', async () => {
  const day = { start: DAY_START, end: (DAY_START + DAY_MS) as Instant };
  const rules = ['restated', 'vanished', 'appeared', 'revision-went-back'];
  const planted = plantFaults(world, { seed: 7, perRule: 6, day, rules });
  const first = (DAY_START + DAY_MS * 1.25) as Instant;
  const { discrepancies, restatements } = await judgedAgain(planted.world, DAY, first, ASKED);
  const found = discrepancies.map((one) => `${one.rule} ${one.collection} ${one.recordId}`);
  const labels = planted.labels.map((one) => `${one.rule} ${one.collection} ${one.recordId}`);
  expect(found.sort()).toEqual(labels.sort());
  expect(new Set(restatements.map(({ kind }) => kind))).toEqual(
    new Set(['lifecycle', 'correction']),
  );
});

test.each([
  { delimiter: ',', lineEnd: 'crlf', bom: true },
  { delimiter: ';', lineEnd: 'lf', bom: false },
  { delimiter: '\t', lineEnd: 'lf', bom: true },
] as const)('a world full of oddities is judged by every rule, written as %j', async (csv) => {
  const odd = createWorld({ start: START, transactionCount: 6_000, oddities: true });
  const { outcomes } = await judgedDay(odd, DAY, ASKED, {
    scope: { csv, firstDay: DAY, lastDay: DAY },
  });
  expect(outcomes.filter(({ error }) => error !== undefined)).toEqual([]);
  const rows = odd.transactions.firstAt((DAY_START + DAY_MS) as Instant);
  const judged = rows - odd.transactions.firstAt(DAY_START);
  expect(outcomes.find(({ rule }) => rule === 'amount-precision')!.judgedCount).toBe(judged);
});

import { describe, expect, test } from 'vitest';
import type { Instant } from '../../lib/model/instant.ts';
import { MENDED_PLANTS } from '../../lib/simulator/planted/mended.ts';
import type { Label } from '../../lib/simulator/planted/plant.ts';
import { plantFaults } from '../../lib/simulator/planter.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { booksAt } from './judge/books.ts';
import { findingsIn, promisedBy } from './judge/judge.ts';
import { changesBetween } from './judge/nights.ts';
import { day, START } from './seen.ts';

const clean = createWorld({
  start: START,
  dayCount: 20,
  transactionCount: 5_000,
  creditMemoCount: 600,
});
const period = { start: day(4), end: day(5) };
const { world, labels } = plantFaults(clean, {
  seed: 4,
  plants: MENDED_PLANTS,
  perRule: 3,
  day: period,
});
const [events, states] = [labels.filter(isEvent), labels.filter((label) => !isEvent(label))];

function isEvent({ rule }: Label): boolean {
  return rule === 'restated';
}

/** Whether it is wrong as a day begins; undefined in the hours in which the judge and it differ. */
function isWrong({ ageDays, since, until }: Label, days: number): boolean | undefined {
  if (day(4 + days) >= until! || day(4 + days) < (since ?? 0)) return false;
  if (ageDays === undefined) return true;
  if (days === ageDays + 1) return undefined;
  return days > ageDays;
}

describe('faults that somebody mends', () => {
  test('are planted by every plant there is, and every label says until when', () => {
    expect(new Set(labels.map(({ plantedBy }) => plantedBy))).toEqual(
      new Set(MENDED_PLANTS.map(({ name }) => name)),
    );
    for (const { until, rule } of states) expect([rule, until! > period.end]).toEqual([rule, true]);
  });

  test.each(Array.from({ length: 12 }, (_, at) => at + 1))(
    'are wrong after %i days where their labels say so',
    (days) => {
      const found = findingsIn(booksAt(world, day(4 + days)));
      const doubtful = promisedBy(states.filter((label) => isWrong(label, days) === undefined));
      const promised = promisedBy(states.filter((label) => isWrong(label, days)));
      expect(found.filter((finding) => !doubtful.includes(finding))).toEqual(promised);
    },
  );

  test.each([5, 15])('leave nothing behind after %i further days', (days) => {
    expect(findingsIn(booksAt(world, day(4 + 10 + days)))).toEqual([]);
  });

  test('end in the minute that their labels say', () => {
    for (const label of states) {
      const after = findingsIn(booksAt(world, label.until!));
      expect(after).not.toContain(promisedBy([label])[0]);
      if (isWrong(label, Math.floor((label.until! - day(4)) / 86_400_000)) === false) continue;
      const before = findingsIn(booksAt(world, (label.until! - 60_000) as Instant));
      expect(before).toContain(promisedBy([label])[0]);
    }
  });

  test('are put right in the course of life, but for a memo that was published otherwise', () => {
    const nights = [period.end, day(19)] as const;
    const corrected = changesBetween(world, period, nights);
    expect(corrected).toEqual(promisedBy(events));
  });
});

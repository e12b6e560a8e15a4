import { describe, expect, test } from 'vitest';
import type { Instant } from '../../lib/model/instant.ts';
import { MENDED_PLANTS } from '../../lib/simulator/planted/mended.ts';
import { DAY_MS, daysAfter, type Played, startOf } from './diary/chain.ts';
import { createDiary, type Diary, type Page } from './diary/diary.ts';
import { livingWorld } from './diary/living-world.ts';
import { nameOf } from './diary/troubles.ts';
import { booksAt } from './judge/books.ts';
import { findingsIn } from './judge/judge.ts';

const FIRST_DAY = '2026-10-05';
const { world, labels } = livingWorld({
  seed: 5,
  firstDay: FIRST_DAY,
  dayCount: 12,
  rowsPerDay: 200,
  memosPerDay: 50,
  plantings: [
    { day: 0, perRule: 1 },
    { day: 1, plants: MENDED_PLANTS, perRule: 2 },
    { day: 2, rules: ['restated', 'vanished', 'appeared'], perRule: 1 },
    { day: 5, rules: ['amount-adjusted', 'unreconciled', 'restated'], perRule: 1 },
  ],
});
const COLUMNS = {
  transactions: ['id', 'result', 'amount', 'settlementTime', 'isReconciled', 'updatedTime'],
  'credit-memos': ['id', 'status', 'unusedAmount', 'revision'],
};

const night = (number: number, hours = 6): Played => {
  const day = daysAfter(FIRST_DAY, number);
  return { day, at: (startOf(day) + DAY_MS + hours * 3_600_000) as Instant };
};
const linesOf = ({ discrepancies }: Page, rule: string) =>
  discrepancies.filter((line) => line.startsWith(`${rule} `)).map((line) => line.split(': ')[1]);

/** Plays the nights of these numbers, and gives the last one's page. */
function played(numbers: readonly number[], diary: Diary = fresh()): Page {
  return numbers.map((number) => diary.night(night(number))).at(-1)!;
}

const fresh = () => createDiary(world, labels, COLUMNS);

/** `[from, to]` */
const upTo = (to: number, from = 0) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe('a diary', () => {
  test('lists every night what a judge finds wrong by then, and nothing else', () => {
    const [diary, dayOf] = [fresh(), new Map(labels.map((label) => [nameOf(label), label]))];
    const isTold = (name: string) => {
      const label = dayOf.get(name);
      return label === undefined || (label.ageDays === undefined && label.since === undefined);
    };
    for (const number of upTo(11)) {
      const { day, at } = night(number);
      const listed = diary
        .night({ day, at })
        .discrepancies.filter((line) => !/resolved/.test(line));
      const judged = findingsIn(booksAt(world, at)).filter((name) => {
        const label = dayOf.get(name);
        return isTold(name) && (label === undefined || label.day <= day);
      });
      const told = listed.map((line) => line.split(': ')[0]!).filter(isTold);
      expect([day, told]).toEqual([day, judged]);
    }
  });

  test('lists an unknown outcome once it is a day old', () => {
    const diary = fresh();
    const [first, second] = [0, 1].map((number) => diary.night(night(number)));
    const cards = labels.filter(
      ({ rule, day, ageDays }) => rule === 'outcome-unknown' && day === FIRST_DAY && ageDays === 1,
    );
    expect(linesOf(first!, 'outcome-unknown')).toEqual([]);
    expect(linesOf(second!, 'outcome-unknown')).toEqual(
      cards.map(() => 'new 2026-10-06..2026-10-06 0'),
    );
  });

  test('lists what was mended once, with the night that saw it last', () => {
    const diary = fresh();
    played(upTo(4), diary);
    const [before, then, after] = [5, 6, 7].map((number) =>
      linesOf(diary.night(night(number)), 'dispute-response-needed').filter((line) =>
        line!.includes('2026-10-06..'),
      ),
    );
    expect(before).toEqual(Array(2).fill('open 2026-10-06..2026-10-10 4'));
    expect(then).toEqual(Array(2).fill('resolved 2026-10-06..2026-10-10 4'));
    expect(after).toEqual([]);
  });

  test('says in the next night what a missed one would have', () => {
    const line = 'new 2026-10-11..2026-10-11 0';
    expect(linesOf(played([0, 1, 2, 3, 4, 6]), 'amount-adjusted')).toContain(line);
    // Its rows come of age, but nobody has published them.
    const later = played([0, 1, 2, 3, 4, 6, 7, 8]);
    expect(linesOf(later, 'unreconciled')).toContain('new 2026-10-13..2026-10-13 0');
    const published = linesOf(played(upTo(4)), 'restated');
    expect(linesOf(later, 'restated')).toHaveLength(published.length);
  });

  test('goes on from the first time that a night was played', () => {
    const diary = fresh();
    const first = played(upTo(3), diary);
    expect(diary.again(night(3))).toEqual(first);
    diary.again(night(3, 20));
    expect(diary.night(night(4))).toEqual(played(upTo(4)));
  });

  test.each([
    ['until it is over', 'status-set-late', 3, ['acknowledged', 'acknowledged', 'resolved']],
    ['until it moves', 'short-by-more', 4, ['acknowledged', 'open', 'open', 'open', 'resolved']],
  ])('says what was accepted %s', (_title, how, from, statuses) => {
    const diary = fresh();
    played(upTo(from - 1), diary);
    const name = nameOf(labels.find(({ plantedBy }) => plantedBy.endsWith(how))!);
    diary.accept(name, night(from - 1, 12).at);
    const found = upTo(from + statuses.length, from).map((number) => {
      const { discrepancies } = diary.night(night(number));
      return discrepancies.find((line) => line.startsWith(name))?.split(' ')[3];
    });
    expect(found).toEqual([...statuses, undefined]);
  });

  test('tells a correction from the course of life', () => {
    const { restatements } = played(upTo(4));
    const of = (pattern: RegExp) => restatements.filter((line) => pattern.test(line)).length;
    expect(of(/lifecycle isReconciled false -> true/)).toBeGreaterThan(50);
    expect(of(/lifecycle settlementTime {2}-> 2026/)).toBeGreaterThan(20);
    expect(of(/correction amount \d+/)).toBe(1);
    expect(of(/correction status applied -> issued/)).toBe(2);
    expect(of(/updatedTime|revision/)).toBe(0);
  });

  test('settles a day when nearly all is matched, or after a week', () => {
    const settledOn = (number: number) => {
      const diary = fresh();
      const lines = upTo(11).flatMap((to) => diary.night(night(to)).readiness);
      const day = daysAfter(FIRST_DAY, number);
      return lines.find((line) => line.startsWith(`${day} transactions: settled`))?.split(' ')[3];
    };
    expect(settledOn(6)).toMatch(/2026-10-1[23]/);
    // Outcomes nobody ever learned.
    expect(settledOn(0)).toBe('2026-10-12');
  });
});

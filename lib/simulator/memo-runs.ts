import { createGroups } from './groups.ts';
import { mix, pick } from './random.ts';
import type { Timeline } from './timeline.ts';

/**
 * A customer's credit memos are numbered from one without a gap, so one customer's memos must all
 * be found from any of them: each group of rows is dealt out to four customers who appear nowhere
 * else.
 */
export interface MemoRun {
  /** Which customer: the runs of a world are numbered from 0. */
  readonly number: number;
  /** Which memo of that customer, from 0. */
  readonly place: number;
}

export interface MemoRuns {
  readonly count: number;
  of(index: number): MemoRun;
}

const RUNS_PER_GROUP = 4;
/** How many memos each of the four customers has. */
const SPLITS = [
  [2, 2, 2, 2],
  [5, 1, 1, 1],
  [1, 1, 1, 5],
  [3, 2, 2, 1],
  [1, 4, 1, 2],
] as const;

export function createMemoRuns(seed: number, timeline: Timeline, dayCount: number): MemoRuns {
  const groups = createGroups(seed, timeline, dayCount);
  return {
    count: groups.count * RUNS_PER_GROUP,
    of(index) {
      const group = groups.of(index);
      let place = group.rows.indexOf(index);
      let run = 0;
      for (const size of pick(mix(seed, group.number), SPLITS)) {
        if (place < size) break;
        place -= size;
        run++;
      }
      return { number: group.number * RUNS_PER_GROUP + run, place };
    },
  };
}

/**
 * Pairs runs of memos with groups of transactions, each at most once and about the same time: the
 * memos of a run may be paid out through a refund of its group.
 */
export interface Pairing {
  groupOf(run: number): number | undefined;
  isPaired(group: number): boolean;
}

export function createPairing(runCount: number, groupCount: number): Pairing {
  const groupOf = (run: number): number | undefined => {
    const group = Math.floor((run * groupCount) / runCount);
    return firstRunOf(group) === run ? group : undefined;
  };
  const firstRunOf = (group: number) => Math.ceil((group * runCount) / groupCount);
  return {
    groupOf,
    isPaired: (group) => firstRunOf(group) < runCount && groupOf(firstRunOf(group)) === group,
  };
}

import { totalMinor } from './amounts.ts';
import type { Ground } from './ground.ts';
import { aboutMemo, used } from './memo-figures.ts';
import { noon } from './noon.ts';
import type { Plant } from './plant.ts';
import type { Memo, MemoRow } from './rows.ts';
import { untouched } from './turned.ts';

/** A customer's credit memos that are not numbered one by one. */
export const MEMO_NUMBER_PLANTS: readonly Plant[] = [
  {
    name: 'memo-number-gap/missing-number',
    sight: 'A number is missing between two credit memos of one customer.',
    plant: (ground) => [aboutMemo('memo-number-gap', oneCustomer(ground, 2))],
  },
  {
    name: 'memo-number-gap/shared-number',
    sight: 'Two credit memos of one customer have the same number.',
    plant: (ground) => [aboutMemo('memo-number-gap', oneCustomer(ground, 0))],
  },
  {
    name: 'memo-number-gap/spent-later',
    sight: 'A number is missing before a credit memo; half of that was spent on the third day.',
    plant(ground) {
      const memo = oneCustomer(ground, 2);
      const [spent, total] = [Math.floor(totalMinor(memo.row) / 2), totalMinor(memo.row)];
      const use = { status: 'partially-applied', spent, unused: total - spent };
      ground.turn(memo, noon(ground.day, 3), used(ground, memo, use));
      return [aboutMemo('memo-number-gap', memo)];
    },
  },
];

/** The later memo goes to the earlier one's customer, so many numbers after it, and is wrong. */
function oneCustomer(ground: Ground, step: number): Memo {
  const [first, second] = lastOnes(ground);
  const { customerId, number } = first.row;
  ground.change(first, untouched(first.row));
  ground.change(second, { ...untouched(second.row), customerId, number: number + step });
  return second;
}

/** The last memos of two customers, in order of time: either may leave, and be followed. */
export function lastOnes(
  ground: Ground,
  accept: (row: MemoRow) => boolean = () => true,
): readonly [Memo, Memo] {
  const one = ground.memo((row) => ground.memos.isLast(row) && accept(row));
  const isApart = ({ createdTime }: MemoRow) => createdTime !== one.row.createdTime;
  const other = ground.memo((row) => ground.memos.isLast(row) && accept(row) && isApart(row));
  return one.index < other.index ? [one, other] : [other, one];
}

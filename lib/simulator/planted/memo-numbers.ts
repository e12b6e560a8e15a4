import type { Ground } from './ground.ts';
import { aboutMemo } from './memo-figures.ts';
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

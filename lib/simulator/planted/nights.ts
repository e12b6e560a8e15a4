import type { Instant } from '../../model/instant.ts';
import { DAY_MS, momentText } from '../moments.ts';
import { paidMinor, priced } from './amounts.ts';
import { THE_BEGINNING, THE_END } from './bed.ts';
import type { Ground } from './ground.ts';
import { aboutMemo } from './memo-figures.ts';
import type { Plant } from './plant.ts';
import { isQuiet } from './turned.ts';

/** What only a second look at published records shows. Quiet rows: nothing else changes them. */
export const NIGHT_PLANTS: readonly Plant[] = [
  {
    name: 'restated/amount',
    sight: 'The amount of a published payment has doubled.',
    plant(ground) {
      const { sale, since } = published(ground);
      ground.turn(sale, since, priced(sale.row, 2 * paidMinor(sale.row)));
      return [{ rule: 'restated', recordId: sale.id, since }];
    },
  },
  {
    name: 'restated/result',
    sight: 'A payment that was published as approved is declined now.',
    plant(ground) {
      const { sale, since } = published(ground);
      ground.turn(sale, since, { result: 'declined' });
      return [{ rule: 'restated', recordId: sale.id, since }];
    },
  },
  {
    name: 'restated/customer',
    sight: 'A published payment belongs to another customer now.',
    plant(ground) {
      const { sale, since } = published(ground);
      ground.turn(sale, since, { customerId: ground.freshId('cus_') });
      return [{ rule: 'restated', recordId: sale.id, since }];
    },
  },
  {
    name: 'vanished/payment',
    sight: 'A published payment is no longer returned.',
    plant(ground) {
      const { sale, since } = published(ground);
      ground.hide('transactions', { index: sale.index, since, until: THE_END });
      return [{ rule: 'vanished', recordId: sale.id, since }];
    },
  },
  {
    name: 'vanished/credit-memo',
    sight: 'A published credit memo is no longer returned.',
    plant(ground) {
      const since = ground.laterAt;
      // The last one of its customer: before others its number would be missing as well.
      const memo = ground.memo((row) => ground.memos.isLast(row));
      ground.hide('credit-memos', { index: memo.index, since, until: THE_END });
      return [{ ...aboutMemo('vanished', memo), since }];
    },
  },
  {
    name: 'appeared/payment',
    sight: 'A payment of a published day is returned that was not returned before.',
    plant(ground) {
      const { sale } = published(ground);
      // A night later than what vanishes: else a count of the day would be what it was.
      const since = (ground.laterAt + DAY_MS) as Instant;
      ground.hide('transactions', { index: sale.index, since: THE_BEGINNING, until: since });
      return [{ rule: 'appeared', recordId: sale.id, since }];
    },
  },
  {
    name: 'revision-went-back/fell',
    sight: 'The revision of a published payment fell back to the first.',
    plant(ground) {
      const { sale, since } = published(ground);
      ground.turn(sale, since, { revision: 1 });
      return [{ rule: 'revision-went-back', recordId: sale.id, since }];
    },
  },
  {
    name: 'revision-went-back/stood-still',
    sight: 'The description of a published payment changed, but its revision did not.',
    plant(ground) {
      const { sale, since } = published(ground);
      ground.turn(sale, since, {
        description: 'Order, changed in silence',
        revision: sale.row.revision,
        updatedTime: momentText(since),
      });
      return [{ rule: 'revision-went-back', recordId: sale.id, since }];
    },
  },
];

/** A payment that nothing happens to but what a plant makes happen, and when that is. */
export function published(ground: Ground) {
  return { sale: ground.payment(isQuiet), since: ground.laterAt };
}

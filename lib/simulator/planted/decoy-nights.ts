import { momentText } from '../moments.ts';
import { decoy } from './decoy.ts';
import { published } from './nights.ts';
import type { Plant } from './plant.ts';

/** What may become of published records. */
export const NIGHT_DECOYS: readonly Plant[] = [
  decoy(
    'restated/disputed',
    'A published payment is disputed now: its status moved, and nothing of it was corrected.',
    (ground) => {
      const { sale, since } = published(ground);
      const disputeTime = momentText(since);
      const members = { isDisputed: true, disputeTime, disputeStatus: 'under-review' };
      ground.turn(sale, since, { status: 'disputed', ...members });
    },
  ),
  decoy(
    'restated/settled',
    'A published payment has a settlement time now, which it had not before.',
    (ground) => {
      const { sale, since } = published(ground);
      ground.turn(sale, since, { settlementTime: momentText(since) });
    },
  ),
  decoy(
    'revision-went-back/rose',
    'The description of a published payment changed, and its revision rose.',
    (ground) => {
      const { sale, since } = published(ground);
      ground.turn(sale, since, { description: 'Order, changed openly' });
    },
  ),
];

import type { Instant } from '../../model/instant.ts';
import type { JsonObject } from '../../model/records.ts';
import { DAY_MS, momentText } from '../moments.ts';
import { majorOf, paidMinor, totalMinor } from './amounts.ts';
import { aboutMemo, used } from './memo-figures.ts';
import { noon } from './noon.ts';
import type { Plant } from './plant.ts';
import type { Payment, PaymentRow } from './rows.ts';
import { GRACE } from './standing.ts';
import {
  authorized,
  childOf,
  disputed,
  half,
  isQuiet,
  likeOf,
  refund,
  unanswered,
  untouched,
} from './turned.ts';

/** Two charges further apart than this are two purchases. */
const CLOSE_MS = 10 * 60_000;

/** What the gateway said at last; everything else is as if it had been said at once. */
function answered(row: PaymentRow, at: Instant): JsonObject {
  const { status, result, gatewayTransactionId, referenceData, gateway, arn } = row;
  const answer = { status, result, gatewayTransactionId, referenceData, gateway, arn };
  return { ...answer, processedTime: momentText(at) };
}

function processedAt({ row }: Payment): Instant {
  return Date.parse(String(row['processedTime'])) as Instant;
}

/** Faults that end: what was missing comes late, or somebody puts it right. */
export const MENDED_PLANTS: readonly Plant[] = [
  {
    name: 'unreconciled/batch-came-late',
    sight: 'A payment was matched on the eighth day only.',
    plant(ground) {
      const sale = ground.payment(({ isReconciled }) => isReconciled);
      const until = noon(ground.day, 8);
      ground.change(sale, { isReconciled: false });
      ground.turn(sale, until, { isReconciled: true });
      return [{ rule: 'unreconciled', recordId: sale.id, ageDays: GRACE.unreconciled, until }];
    },
  },
  {
    name: 'unreconciled/batch-came-in-time',
    sight: 'A payment was matched on the third day: late, but nobody has to hear of it.',
    plant(ground) {
      const sale = ground.payment(({ isReconciled }) => isReconciled);
      const until = noon(ground.day, GRACE.unreconciled);
      ground.change(sale, { isReconciled: false });
      ground.turn(sale, until, { isReconciled: true });
      return [{ rule: 'unreconciled', recordId: sale.id, ageDays: GRACE.unreconciled, until }];
    },
  },
  {
    name: 'unreconciled/lost-again',
    sight: 'A payment was matched on the fifth day, lost again on the seventh, and found at last.',
    plant(ground) {
      const sale = ground.payment(({ isReconciled }) => isReconciled);
      const [found, since, until] = [5, 7, 10].map((days) => noon(ground.day, days));
      ground.change(sale, { isReconciled: false });
      ground.turn(sale, found!, { isReconciled: true });
      ground.turn(sale, since!, { isReconciled: false });
      ground.turn(sale, until!, { isReconciled: true });
      const truth = { rule: 'unreconciled', recordId: sale.id, ageDays: GRACE.unreconciled };
      return [
        { ...truth, until: found! },
        { ...truth, since: since!, until: until! },
      ];
    },
  },
  {
    name: 'unsettled/settled-late',
    sight: 'A payment was settled on the ninth day only.',
    plant(ground) {
      const sale = ground.payment(({ settlementTime }) => settlementTime !== null);
      const until = noon(ground.day, 9);
      ground.change(sale, { settlementTime: null });
      ground.turn(sale, until, { settlementTime: momentText(until) });
      return [{ rule: 'unsettled', recordId: sale.id, ageDays: GRACE.unsettled, until }];
    },
  },
  {
    name: 'outcome-unknown/card-answered-late',
    sight: 'A card payment timed out, and was found to be approved on the third day.',
    plant(ground) {
      const sale = ground.payment(isQuiet);
      const until = noon(ground.day, 3);
      ground.change(sale, unanswered('timeout'));
      ground.turn(sale, until, answered(sale.row, until));
      return [{ rule: 'outcome-unknown', recordId: sale.id, ageDays: GRACE.card, until }];
    },
  },
  {
    name: 'outcome-unknown/debit-answered-late',
    sight: 'A bank debit was answered, and settled, on the ninth day.',
    plant(ground) {
      const sale = ground.payment(undefined, 'debit');
      const until = noon(ground.day, 9);
      ground.change(sale, unanswered('waiting-gateway'));
      const settlementTime = momentText(until);
      ground.turn(sale, until, { ...answered(sale.row, until), settlementTime });
      return [{ rule: 'outcome-unknown', recordId: sale.id, ageDays: GRACE.debit, until }];
    },
  },
  {
    name: 'parent-status-stale/refund-answered-late',
    sight: 'A payment was called refunded four days before its refund was approved.',
    plant(ground) {
      const [sale, later] = ground.pair({ both: (_, row) => isQuiet(row) });
      const until = noon(ground.day, 4);
      refund(ground, [sale, later], paidMinor(sale.row), { status: 'refunded' });
      ground.change(later, unanswered('waiting-refund'));
      ground.turn(later, until, answered(later.row, until));
      return [
        { rule: 'parent-status-stale', recordId: sale.id, until },
        { rule: 'outcome-unknown', recordId: later.id, ageDays: GRACE.card, until },
      ];
    },
  },
  {
    name: 'parent-status-stale/status-set-late',
    sight: 'A payment of which half was refunded was called completed until the fourth day.',
    plant(ground) {
      const [sale, later] = ground.pair();
      const until = noon(ground.day, 4);
      refund(ground, [sale, later], half(sale.row), {});
      ground.turn(sale, until, { status: 'partially-refunded' });
      return [{ rule: 'parent-status-stale', recordId: sale.id, until }];
    },
  },
  {
    name: 'dispute-response-needed/answered',
    sight: 'The merchant answered a dispute on the fifth day.',
    plant(ground) {
      const sale = ground.payment();
      const until = noon(ground.day, 5);
      ground.change(sale, disputed(sale.row, 'response-needed'));
      ground.turn(sale, until, { disputeStatus: 'under-review' });
      return [{ rule: 'dispute-response-needed', recordId: sale.id, until }];
    },
  },
  {
    name: 'authorization-expiring/captured-late',
    sight: 'An authorization was captured after eight days.',
    plant(ground) {
      const held = ground.payment();
      const capture = ground.follower(held, 8 * DAY_MS);
      ground.change(held, authorized('waiting-capture'));
      ground.change(capture, childOf(held, 'capture', paidMinor(held.row)));
      const members = { status: 'completed', childTransactions: [capture.id] };
      ground.turn(held, capture.createdAt, members);
      const age = { ageDays: GRACE.held, until: processedAt(capture) };
      return [{ rule: 'authorization-expiring', recordId: held.id, ...age }];
    },
  },
  {
    name: 'duplicate-charge/refunded-late',
    sight: 'One invoice was paid twice; the second payment was refunded two days later.',
    plant(ground) {
      const [sale, later] = ground.pair({ withinMs: CLOSE_MS });
      const back = ground.follower(later, 2 * DAY_MS);
      const like = likeOf(sale.row, paidMinor(sale.row));
      const again = { ...later, row: { ...later.row, ...like } };
      ground.change(later, like);
      refund(ground, [again, back], paidMinor(sale.row), { status: 'refunded' });
      return [{ rule: 'duplicate-charge', recordId: sale.id, until: processedAt(back) }];
    },
  },
  {
    name: 'memo-unused/counted-again',
    sight: 'What was left of a credit memo was one minor unit short until the fourth day.',
    plant(ground) {
      const memo = ground.memo();
      const until = noon(ground.day, 4);
      const [spent, total] = [Math.floor(totalMinor(memo.row) / 2), totalMinor(memo.row)];
      const use = { status: 'partially-applied', spent, unused: total - spent - 1 };
      ground.change(memo, { ...untouched(memo.row), ...used(ground, memo, use) });
      ground.turn(memo, until, { unusedAmount: majorOf(total - spent, memo.row.currency) });
      return [{ ...aboutMemo('memo-unused', memo), until }];
    },
  },
  {
    name: 'memo-unused/short-by-more',
    sight: 'A rest was one minor unit short, two from the fourth day on, right from the seventh.',
    plant(ground) {
      const memo = ground.memo();
      const [movedAt, until] = [noon(ground.day, 4), noon(ground.day, 7)];
      const [spent, total] = [Math.floor(totalMinor(memo.row) / 2), totalMinor(memo.row)];
      const rest = (unused: number) => ({ unusedAmount: majorOf(unused, memo.row.currency) });
      const use = { status: 'partially-applied', spent, unused: total - spent - 1 };
      ground.change(memo, { ...untouched(memo.row), ...used(ground, memo, use) });
      ground.turn(memo, movedAt, rest(total - spent - 2));
      ground.turn(memo, until, rest(total - spent));
      return [{ ...aboutMemo('memo-unused', memo), movedAt, until }];
    },
  },
  {
    name: 'memo-status/issued-again',
    sight: 'An unspent credit memo was called applied until the third day: that was published.',
    plant(ground) {
      const memo = ground.memo();
      const since = noon(ground.day, 3);
      ground.change(memo, { ...untouched(memo.row), status: 'applied' });
      ground.turn(memo, since, { status: 'issued' });
      return [
        { ...aboutMemo('memo-status', memo), until: since },
        { ...aboutMemo('restated', memo), since },
      ];
    },
  },
];

import type { Instant } from '../../model/instant.ts';
import { DAY_MS, MINUTE_MS, momentText } from '../moments.ts';
import { paidMinor } from './amounts.ts';
import type { Plant } from './plant.ts';
import { authorized, disputed, half, paidOut, refund, unanswered } from './turned.ts';

/** Days of grace by rule, as the catalogue of rules gives them. */
export const GRACE = { held: 5, card: 1, debit: 7, unreconciled: 3, unsettled: 7 } as const;
/** Card schemes let a hold go after that long at the latest. */
const LAPSE_DAYS = 30;
const FLAGGED_AFTER_MS = 10 * MINUTE_MS;

/** Payments whose result, settlement or dispute is not what it should be. */
export const STANDING_PLANTS: readonly Plant[] = [
  {
    name: 'flagged-by-gateway/changed-by-rebilly',
    sight: 'Rebilly says that the record differed from the processor, and that it was changed.',
    plant(ground) {
      const sale = ground.payment();
      const at = Math.ceil((sale.createdAt + FLAGGED_AFTER_MS) / 1000) * 1000;
      const discrepancyTime = momentText(at as Instant);
      ground.turn(sale, at as Instant, { hadDiscrepancy: true, discrepancyTime });
      return [{ rule: 'flagged-by-gateway', recordId: sale.id }];
    },
  },
  {
    name: 'authorization-expiring/forgotten',
    sight: 'An approved authorization was neither captured nor voided.',
    plant(ground) {
      const held = ground.payment();
      ground.change(held, authorized('waiting-capture'));
      const age = { ageDays: GRACE.held, lapseDays: LAPSE_DAYS };
      return [{ rule: 'authorization-expiring', recordId: held.id, ...age }];
    },
  },
  {
    name: 'outcome-unknown/card',
    sight: 'A card payment timed out, and nobody ever learned how it ended.',
    plant(ground) {
      const sale = ground.payment();
      ground.change(sale, unanswered('timeout'));
      return [{ rule: 'outcome-unknown', recordId: sale.id, ageDays: GRACE.card }];
    },
  },
  {
    name: 'outcome-unknown/bank-debit',
    sight: 'A bank debit still waits for its gateway after a week.',
    plant(ground) {
      const sale = ground.payment(undefined, 'debit');
      ground.change(sale, unanswered('waiting-gateway'));
      return [{ rule: 'outcome-unknown', recordId: sale.id, ageDays: GRACE.debit }];
    },
  },
  {
    name: 'status-contradicts-result/disputed-decline',
    sight: 'A payment that was declined is called disputed.',
    plant(ground) {
      const decline = ground.payment(undefined, 'declined-card');
      ground.change(decline, { status: 'disputed' });
      return [{ rule: 'status-contradicts-result', recordId: decline.id }];
    },
  },
  {
    name: 'status-contradicts-result/completed-unknown',
    sight: 'A payment is called completed, but its result is unknown.',
    plant(ground) {
      const sale = ground.payment();
      ground.change(sale, unanswered('completed'));
      return [
        { rule: 'status-contradicts-result', recordId: sale.id },
        { rule: 'outcome-unknown', recordId: sale.id, ageDays: GRACE.card },
      ];
    },
  },
  {
    name: 'unreconciled/missed-by-the-batch',
    sight: 'A payment was never matched, although its gateway account reconciles.',
    plant(ground) {
      const sale = ground.payment(({ isReconciled }) => isReconciled);
      ground.change(sale, { isReconciled: false });
      return [{ rule: 'unreconciled', recordId: sale.id, ageDays: GRACE.unreconciled }];
    },
  },
  {
    name: 'unreconciled/payout',
    sight: 'A payout was never matched, although its gateway account reconciles.',
    plant(ground) {
      const payout = ground.payment(({ isReconciled }) => isReconciled);
      ground.change(payout, { ...paidOut(ground), isReconciled: false });
      return [{ rule: 'unreconciled', recordId: payout.id, ageDays: GRACE.unreconciled }];
    },
  },
  {
    name: 'unsettled/missed-by-the-bank',
    sight: 'A payment was never settled, although its gateway account reports settlements.',
    plant(ground) {
      const sale = ground.payment(({ settlementTime }) => settlementTime !== null);
      ground.change(sale, { settlementTime: null });
      return [{ rule: 'unsettled', recordId: sale.id, ageDays: GRACE.unsettled }];
    },
  },
  {
    name: 'settled-before-processed/by-three-days',
    sight: 'A payment was settled three days before it was processed.',
    plant(ground) {
      const sale = ground.payment(({ settlementTime }) => settlementTime !== null);
      const settled = Math.floor((sale.createdAt - 3 * DAY_MS) / 1000) * 1000;
      ground.change(sale, { settlementTime: momentText(settled as Instant) });
      return [{ rule: 'settled-before-processed', recordId: sale.id }];
    },
  },
  {
    name: 'disputed-and-refunded/half',
    sight: 'Half of a payment was refunded, and the dispute over it was lost as well.',
    plant(ground) {
      const [sale, later] = ground.pair();
      refund(ground, [sale, later], half(sale.row), disputed(sale.row, 'lost'));
      return [{ rule: 'disputed-and-refunded', recordId: sale.id }];
    },
  },
  {
    name: 'disputed-and-refunded/in-full',
    sight: 'A payment was refunded in full, and the dispute over it was forfeited as well.',
    plant(ground) {
      const [sale, later] = ground.pair();
      refund(ground, [sale, later], paidMinor(sale.row), disputed(sale.row, 'forfeited'));
      return [{ rule: 'disputed-and-refunded', recordId: sale.id }];
    },
  },
  {
    name: 'dispute-response-needed/waiting-for-us',
    sight: 'A payment is disputed, and the bank waits for the merchant to answer.',
    plant(ground) {
      const sale = ground.payment();
      ground.change(sale, disputed(sale.row, 'response-needed'));
      return [{ rule: 'dispute-response-needed', recordId: sale.id }];
    },
  },
];

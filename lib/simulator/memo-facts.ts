import type { Instant } from '../model/instant.ts';
import { chargeOfFamily, memoCustomer, partOf } from './charge.ts';
import { type Currency, chargeOf, currencyOf } from './currencies.ts';
import type { Family } from './families.ts';
import { firstChildAt, lifeOf } from './life.ts';
import { type MemoItem, memoItems, refundItem } from './memo-items.ts';
import type { MemoRuns, Pairing } from './memo-runs.ts';
import { after, DAY_MS, HOUR_MS, SECOND_MS } from './moments.ts';
import { below, chance, mix, unit } from './random.ts';
import type { Timeline } from './timeline.ts';
import type { TransactionWorld } from './transaction-facts.ts';

export interface MemoWorld extends TransactionWorld {
  readonly memoTimeline: Timeline;
  readonly memoRuns: MemoRuns;
  readonly pairing: Pairing;
}

/** What becomes of a memo in the end. */
export type Fate = 'draft' | 'quotation' | 'approved-quotation' | 'voided' | 'kept' | 'allocated';

export interface Allocation {
  /** A refund that paid the credit out, or an invoice it was spent on. */
  readonly to: 'transaction' | 'invoice';
  readonly id: string;
  /** Whole minor units of the memo's currency. */
  readonly amount: number;
  readonly at: Instant;
}

/** Everything there is to say about one credit memo, at any instant. */
export interface MemoFacts {
  readonly index: number;
  readonly hash: number;
  readonly number: number;
  readonly customerId: string;
  readonly currency: Currency;
  readonly invoiceId: string | undefined;
  readonly items: readonly MemoItem[];
  readonly shipping: number;
  readonly tax: number;
  readonly total: number;
  readonly fate: Fate;
  readonly createdAt: Instant;
  /** When a quotation is approved or a memo voided. */
  readonly turnsAt: Instant | undefined;
  /** In order of time. */
  readonly allocations: readonly Allocation[];
}

/** The refund that pays a memo out. */
interface Refund {
  readonly id: string;
  readonly amount: number;
  readonly processedAt: Instant;
  readonly invoiceId: string;
  /** Paid and not refunded: what another credit may still touch without paying twice. */
  readonly kept: number;
}

export function memoFacts(world: MemoWorld, index: number): MemoFacts {
  const { seed, memoTimeline, names } = world;
  const run = world.memoRuns.of(index);
  const hash = mix(seed ^ 0x3e30, index);
  const createdAt = memoTimeline.createdAt(index);
  const family = creditedFamily(world, run.number);
  const charge = family && chargeOfFamily(family, world.customers);
  const currency = charge?.currency ?? currencyOf(mix(seed ^ 0x3e31, run.number));
  const refund = family && run.place === 0 ? refundOf(world, family) : undefined;

  const items =
    refund && chance(mix(hash, 1), 0.6) ? refundItem(refund.amount) : memoItems(hash, currency);
  const isShipped = items[0]!.tax !== undefined && chance(mix(hash, 2), 0.3);
  const shipping = isShipped ? Math.ceil(chargeOf(mix(hash, 3), currency) / 4) : 0;
  const tax = items.reduce((sum, item) => sum + (item.tax?.amount ?? 0), 0);
  const total = items.reduce((sum, item) => sum + item.price, shipping + tax);

  const fate = refund ? 'allocated' : fateOf(mix(hash, 4));
  const turns = fate === 'approved-quotation' || fate === 'voided';
  const isAgainstPurchase = refund !== undefined && total <= refund.kept;
  const ownInvoice = chance(mix(hash, 6), 0.5) ? names.memoInvoice.of(index * 2) : undefined;
  return {
    index,
    hash,
    number: run.place + 1,
    customerId: names.customer.of(charge?.customer ?? memoCustomer(world.customers, run.number)),
    currency,
    invoiceId: isAgainstPurchase ? refund.invoiceId : ownInvoice,
    items,
    shipping,
    tax,
    total,
    fate,
    createdAt,
    turnsAt: turns ? later(createdAt, mix(hash, 5)) : undefined,
    allocations: fate === 'allocated' ? allocate(world, index, total, createdAt, refund) : [],
  };
}

function creditedFamily(world: MemoWorld, run: number): Family | undefined {
  const group = world.pairing.groupOf(run);
  const family = group === undefined ? undefined : world.families.firstOf(group);
  return family?.isCredited ? family : undefined;
}

function refundOf(world: MemoWorld, family: Family): Refund {
  const { timeline, names } = world;
  const charge = chargeOfFamily(family, world.customers);
  const member = { family, place: 1, role: family.pattern.roles[1]! };
  const createdAt = timeline.createdAt(family.rows[1]!);
  const life = lifeOf(member, charge, createdAt, firstChildAt(member, timeline.createdAt));
  const amount = partOf(charge.amount, member);
  return {
    id: names.transaction.of(family.rows[1]!),
    amount,
    processedAt: life.processedAt,
    invoiceId: names.invoice.of(family.rows[0]!),
    kept: charge.amount - amount,
  };
}

function fateOf(hash: number): Fate {
  const share = unit(hash);
  if (share < 0.04) return 'draft';
  if (share < 0.06) return 'quotation';
  if (share < 0.08) return 'approved-quotation';
  if (share < 0.13) return 'voided';
  return share < 0.35 ? 'kept' : 'allocated';
}

/** One to three steps; the last may leave some credit unused. */
function allocate(
  { names }: MemoWorld,
  index: number,
  total: number,
  createdAt: Instant,
  refund: Refund | undefined,
): readonly Allocation[] {
  const hash = mix(index, 0x3e32);
  const allocations: Allocation[] = [];
  let unused = total;
  let at = createdAt;
  if (refund) {
    const amount = Math.min(total, refund.amount);
    at = later(refund.processedAt > createdAt ? refund.processedAt : createdAt, hash);
    allocations.push({ to: 'transaction', id: refund.id, amount, at });
    unused -= amount;
    if (chance(mix(hash, 1), 0.5)) return allocations;
  }
  for (let step = 0; step < 2 && unused > 0; step++) {
    const isAll = chance(mix(hash, 2 + step), 0.55);
    const amount = isAll ? unused : Math.ceil(unused * unit(mix(hash, 4 + step)));
    at = later(at, mix(hash, 6 + step));
    const id = names.memoInvoice.of(index * 2 + step);
    if (amount > 0) allocations.push({ to: 'invoice', id, amount, at });
    unused -= amount;
  }
  return allocations;
}

/** From an hour to four days after. */
function later(at: Instant, hash: number): Instant {
  return after(at, HOUR_MS + below(hash, (4 * DAY_MS) / SECOND_MS) * SECOND_MS);
}

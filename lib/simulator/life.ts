import type { Instant } from '../model/instant.ts';
import { type Charge, type CreatedAt, partOf } from './charge.ts';
import type { Member } from './families.ts';
import { after, DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './moments.ts';
import { below, chance, mix } from './random.ts';

/**
 * Everything that will ever happen to one transaction. What an instant shows of it is `viewOf`
 * (view.ts): nothing is stored, so any night can be played again.
 */
export interface Life {
  readonly createdAt: Instant;
  readonly processedAt: Instant;
  readonly settledAt: Instant | undefined;
  readonly reconciledAt: Instant | undefined;
  readonly disputedAt: Instant | undefined;
  readonly disputeEndsAt: Instant | undefined;
}

/** A child as its parent sees it. */
export interface Child {
  readonly row: number;
  readonly life: Life;
  readonly isApproved: boolean;
  readonly type: string;
  readonly amount: number;
}

const MONEY_TYPES: ReadonlySet<string> = new Set(['sale', 'capture', 'refund', 'credit']);

/** Batches of the day before come in at five in the morning, UTC, and take some hours to match. */
const BATCH_MS = 5 * HOUR_MS;
const MATCHING_MS = 4 * HOUR_MS;
/** Longer than a void may take (patterns.ts), shorter than the week after which it is missed. */
const SETTLEMENT_MS = { least: 22 * HOUR_MS, most: 70 * HOUR_MS };
/** Bank debits are answered well within the week that other methods are given. */
const DEBIT_MS = { least: 26 * HOUR_MS, most: 80 * HOUR_MS };
/** Timeouts are cleared up by a later query, within the day that cards are given. */
const TIMEOUT_MS = { least: HOUR_MS, most: 6 * HOUR_MS };
const APPROVAL_MS = { least: MINUTE_MS, most: 20 * MINUTE_MS };
/** Rebilly's default `approvalWindowTtl`: offsite payments nobody approved are abandoned. */
const ABANDONED_MS = HOUR_MS;
const SLOW_REFUND_MS = { least: MINUTE_MS, most: 8 * HOUR_MS };
const DISPUTE_MS = { least: 5 * DAY_MS, most: 35 * DAY_MS };
const DISPUTE_LASTS_MS = { least: 8 * DAY_MS, most: 30 * DAY_MS };

/** `firstChildAt`: a row others already build upon has been processed by then. */
export function lifeOf(
  member: Member,
  charge: Charge,
  createdAt: Instant,
  firstChildAt: Instant | undefined,
): Life {
  const { family, role, place } = member;
  const hash = mix(family.hash, 16 + place);
  const own = after(createdAt, processingMs(member, hash));
  const processedAt = firstChildAt !== undefined && firstChildAt < own ? firstChildAt : own;
  const movesMoney =
    role.outcome === 'approved' && role.to > role.from && MONEY_TYPES.has(role.type);
  const isVoided = family.pattern.roles.some(
    ({ type, parent }) => type === 'void' && parent === place,
  );
  const isLive = movesMoney && !isVoided && charge.gateway !== undefined;
  const disputedAt =
    family.pattern.flavour === 'disputed'
      ? after(processedAt, within(DISPUTE_MS, mix(hash, 3)))
      : undefined;
  return {
    createdAt,
    processedAt,
    settledAt:
      isLive && charge.gateway!.settles
        ? after(processedAt, within(SETTLEMENT_MS, mix(hash, 1)))
        : undefined,
    reconciledAt: isLive && charge.gateway!.reconciles ? batchAfter(processedAt, hash) : undefined,
    disputedAt,
    disputeEndsAt: disputedAt && after(disputedAt, within(DISPUTE_LASTS_MS, mix(hash, 4))),
  };
}

function processingMs({ family, role }: Member, hash: number): number {
  if (role.type === 'refund' && chance(hash, 0.1)) return within(SLOW_REFUND_MS, hash);
  if (role.parent < 0) {
    const { flavour } = family.pattern;
    if (flavour === 'outside') return 0;
    if (flavour === 'debit') return within(DEBIT_MS, hash);
    if (flavour === 'timeout') return within(TIMEOUT_MS, hash);
    if (flavour === 'offsite') {
      return role.outcome === 'abandoned' ? ABANDONED_MS : within(APPROVAL_MS, hash);
    }
  }
  return below(hash, 4) * SECOND_MS;
}

/** Whole seconds in a range. */
function within(range: { readonly least: number; readonly most: number }, hash: number): number {
  return range.least + below(hash, (range.most - range.least) / SECOND_MS) * SECOND_MS;
}

function batchAfter(processedAt: Instant, hash: number): Instant {
  const midnight = Math.floor(processedAt / DAY_MS) * DAY_MS + DAY_MS;
  return (midnight +
    BATCH_MS +
    below(mix(hash, 2), MATCHING_MS / SECOND_MS) * SECOND_MS) as Instant;
}

/** Makes the lives of a family's rows; children first, for they hurry their parent. */
export function childrenOf(member: Member, charge: Charge, createdAt: CreatedAt): readonly Child[] {
  const { family, place } = member;
  const { roles } = family.pattern;
  if (roles.length === 1) return NONE;
  const children: Child[] = [];
  for (let at = place + 1; at < roles.length; at++) {
    const role = roles[at]!;
    if (role.parent !== place) continue;
    const child = { family, place: at, role };
    children.push({
      row: family.rows[at]!,
      life: lifeOf(child, charge, createdAt(family.rows[at]!), firstChildAt(child, createdAt)),
      isApproved: role.outcome === 'approved',
      type: role.type,
      amount: partOf(charge.amount, child),
    });
  }
  return children;
}

const NONE: readonly Child[] = [];

export function firstChildAt({ family, place }: Member, createdAt: CreatedAt): Instant | undefined {
  const at = family.pattern.roles.findIndex(({ parent }) => parent === place);
  return at < 0 ? undefined : createdAt(family.rows[at]!);
}

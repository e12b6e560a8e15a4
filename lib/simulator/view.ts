import type { Instant } from '../model/instant.ts';
import type { Member } from './families.ts';
import type { Child, Life } from './life.ts';

/** What a transaction shows at an instant. */
export interface View {
  readonly status: string;
  readonly result: string;
  readonly isProcessed: boolean;
  /** One more than what has happened to it by then. */
  readonly revision: number;
  readonly updatedAt: Instant;
}

/** What its children have made of a transaction. */
interface Undone {
  refunded: number;
  isVoided: boolean;
  isCaptured: boolean;
}

export function viewOf(
  member: Member,
  life: Life,
  children: readonly Child[],
  amount: number,
  asOf: Instant,
): View {
  let revision = 1;
  let updatedAt: Instant = life.createdAt;
  const happened = (at: Instant | undefined): boolean => {
    if (at === undefined || at > asOf) return false;
    revision++;
    if (at > updatedAt) updatedAt = at;
    return true;
  };
  const isProcessed = happened(life.processedAt);
  happened(life.settledAt);
  happened(life.reconciledAt);
  const isDisputed = happened(life.disputedAt);
  happened(life.disputeEndsAt);

  const undone: Undone = { refunded: 0, isVoided: false, isCaptured: false };
  for (const child of children) {
    happened(child.life.createdAt);
    if (!happened(child.life.processedAt) || !child.isApproved) continue;
    if (child.type === 'refund') undone.refunded += child.amount;
    else if (child.type === 'void') undone.isVoided = true;
    else undone.isCaptured = true;
  }
  return {
    status: isProcessed ? finalStatus(member, undone, amount, isDisputed) : waitingStatus(member),
    result: isProcessed ? member.role.outcome : 'unknown',
    isProcessed,
    revision,
    updatedAt,
  };
}

function waitingStatus({ family, role }: Member): string {
  if (role.type === 'refund') return 'waiting-refund';
  const { flavour } = family.pattern;
  if (flavour === 'debit') return 'waiting-gateway';
  if (flavour === 'timeout') return 'timeout';
  if (flavour === 'offsite') return 'offsite';
  return family.hash & 1 ? 'sending' : 'pending';
}

/** What came after completion overwrites it (contract 9.1); the result stays what it was. */
function finalStatus({ role }: Member, undone: Undone, amount: number, isDisputed: boolean) {
  if (undone.isVoided) return 'voided';
  if (isDisputed) return 'disputed';
  if (undone.refunded > 0) return undone.refunded === amount ? 'refunded' : 'partially-refunded';
  const isHeld = role.type === 'authorize' && role.outcome === 'approved' && !undone.isCaptured;
  return isHeld ? 'waiting-capture' : 'completed';
}

import { HOUR_MS } from './moments.ts';
import { pick } from './random.ts';

/** What becomes of a row once it was sent. */
export type Outcome = 'approved' | 'declined' | 'abandoned' | 'canceled';

export type TransactionType =
  | '3ds-authentication'
  | 'authorize'
  | 'capture'
  | 'credit'
  | 'refund'
  | 'sale'
  | 'setup'
  | 'void';

/** One row's part in its family. Money parts are eighths `[from, to)` of the family's charge. */
export interface Role {
  readonly type: TransactionType;
  /** Place of the parent among the roles; -1 without one. */
  readonly parent: number;
  readonly from: number;
  readonly to: number;
  readonly outcome: Outcome;
}

/** What is particular about a family's charge. */
export type Flavour =
  | 'card'
  | 'rebill'
  | 'retry'
  | 'debit'
  | 'offsite'
  | 'outside'
  | 'dcc'
  | 'dcc-rejected'
  | 'adjusted'
  | 'timeout'
  | 'deposit'
  | 'disputed'
  | 'payout';

export interface Pattern {
  readonly flavour: Flavour;
  readonly roles: readonly Role[];
  /** A family that would take longer is none: authorizations lapse, voids need an open batch. */
  readonly spanMsMax: number;
  /** How many of ten thousand choices. */
  readonly weight: number;
}

const ANY_SPAN = Number.POSITIVE_INFINITY;
/** Captured or voided well before the five days after which an authorization is called stale. */
const HOLD_MS = 96 * HOUR_MS;
/** Settlement takes 22 hours at least (life.ts); a void comes before it or not at all. */
const VOID_MS = 20 * HOUR_MS;

function role(type: TransactionType, parent = -1, from = 0, to = 8, outcome: Outcome = 'approved') {
  return { type, parent, from, to, outcome } satisfies Role;
}

function pattern(
  weight: number,
  flavour: Flavour,
  roles: readonly Role[],
  spanMsMax = ANY_SPAN,
): Pattern {
  return { weight, flavour, roles, spanMsMax };
}

const SALE = role('sale');
const DECLINE = role('sale', -1, 0, 8, 'declined');
const AUTHORIZE = role('authorize');

export const LONE_SALE = pattern(2600, 'card', [SALE]);
export const REFUNDED_SALE = pattern(250, 'card', [SALE, role('refund', 0)]);
export const PARTLY_REFUNDED_SALE = pattern(250, 'card', [SALE, role('refund', 0, 0, 3)]);

/** How a merchant's rows hang together. */
const PATTERNS: readonly Pattern[] = [
  LONE_SALE,
  REFUNDED_SALE,
  PARTLY_REFUNDED_SALE,
  pattern(2200, 'rebill', [SALE]),
  pattern(900, 'card', [DECLINE]),
  pattern(350, 'debit', [SALE]),
  pattern(40, 'debit', [DECLINE]),
  pattern(200, 'offsite', [SALE]),
  pattern(60, 'offsite', [role('sale', -1, 0, 8, 'abandoned')]),
  pattern(40, 'offsite', [role('sale', -1, 0, 8, 'canceled')]),
  pattern(120, 'outside', [SALE]),
  pattern(60, 'outside', [SALE, role('refund', 0)]),
  pattern(100, 'dcc', [SALE]),
  pattern(40, 'dcc', [SALE, role('refund', 0, 0, 5)]),
  pattern(80, 'dcc-rejected', [SALE]),
  pattern(60, 'adjusted', [SALE]),
  pattern(40, 'timeout', [SALE]),
  pattern(20, 'timeout', [DECLINE]),
  pattern(100, 'deposit', [SALE]),
  pattern(60, 'disputed', [SALE]),
  pattern(150, 'payout', [role('credit')]),
  pattern(20, 'payout', [role('credit', -1, 0, 8, 'declined')]),
  pattern(250, 'card', [role('setup', -1, 0, 0)]),
  pattern(40, 'card', [role('setup', -1, 0, 0, 'declined')]),
  pattern(150, 'card', [role('3ds-authentication', -1, 0, 0)]),
  pattern(100, 'card', [role('authorize', -1, 0, 8, 'declined')]),
  pattern(120, 'card', [SALE, role('refund', 0, 0, 2), role('refund', 0, 2, 8)]),
  pattern(80, 'card', [SALE, role('refund', 0, 0, 1), role('refund', 0, 1, 3)]),
  pattern(40, 'card', [SALE, role('refund', 0, 0, 8, 'declined'), role('refund', 0)]),
  pattern(500, 'card', [SALE, role('void', 0)], VOID_MS),
  pattern(700, 'card', [AUTHORIZE, role('capture', 0)], HOLD_MS),
  pattern(150, 'card', [AUTHORIZE, role('capture', 0, 0, 5)], HOLD_MS),
  pattern(200, 'card', [AUTHORIZE, role('capture', 0, 0, 3), role('capture', 0, 3, 8)], HOLD_MS),
  pattern(
    150,
    'card',
    [AUTHORIZE, role('capture', 0, 0, 2), role('capture', 0, 2, 5), role('capture', 0, 5, 7)],
    HOLD_MS,
  ),
  pattern(100, 'card', [AUTHORIZE, role('capture', 0, 0, 6), role('refund', 1, 0, 2)], HOLD_MS),
  pattern(100, 'card', [AUTHORIZE, role('void', 0)], HOLD_MS),
  pattern(
    100,
    'card',
    [role('setup', -1, 0, 0), role('authorize', 0), role('capture', 1)],
    HOLD_MS,
  ),
  pattern(300, 'retry', [DECLINE, SALE]),
  pattern(150, 'retry', [DECLINE, DECLINE, SALE]),
  pattern(80, 'retry', [DECLINE, DECLINE, DECLINE]),
];

/** Nobody captured or voided it: no clean shop has one, for every rule would flag it. */
const LAPSING = pattern(150, 'card', [AUTHORIZE]);

const CLEAN = dealt(PATTERNS);
const ODD = dealt([...PATTERNS, LAPSING]);

/** Every pattern as often as it weighs, so that one draw finds one. */
function dealt(patterns: readonly Pattern[]): readonly Pattern[] {
  return patterns.flatMap((one) => Array.from({ length: one.weight / 10 }, () => one));
}

export function patternOf(hash: number, lapses: boolean): Pattern {
  return pick(hash, lapses ? ODD : CLEAN);
}

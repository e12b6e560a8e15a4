import type { JsonObject } from '../../model/records.ts';
import { majorOf, minorOf, totalMinor } from './amounts.ts';
import type { Ground } from './ground.ts';
import type { Plant, Truth } from './plant.ts';
import type { Memo, MemoRow } from './rows.ts';
import { untouched } from './turned.ts';

/** What a memo's figures are set to, in whole minor units of its currency. */
interface Use {
  readonly status: string;
  readonly spent: number;
  readonly unused: number;
  /** Of the one allocation; the memo's own when left out. */
  readonly currency?: string;
}

/** Spends a memo on an invoice of which nothing else is known. */
export function used(ground: Ground, { row }: Memo, use: Use): JsonObject {
  const { currency, createdTime } = row;
  const invoice = {
    invoiceId: ground.freshId('in_'),
    amount: majorOf(use.spent, use.currency ?? currency),
    currency: use.currency ?? currency,
    createdTime,
    updatedTime: createdTime,
  };
  return {
    status: use.status,
    unusedAmount: majorOf(use.unused, currency),
    allocations: { transactions: [], invoices: [invoice] },
  };
}

/** A plant that tells one memo anew. */
function memoPlant(
  name: string,
  sight: string,
  tell: (memo: Memo, ground: Ground) => JsonObject,
  rules: readonly string[] = [name.slice(0, name.indexOf('/'))],
): Plant {
  return {
    name,
    sight,
    plant(ground) {
      const memo = ground.memo();
      ground.change(memo, { ...untouched(memo.row), ...tell(memo, ground) });
      return rules.map((rule) => aboutMemo(rule, memo));
    },
  };
}

export function aboutMemo(rule: string, memo: Memo): Truth {
  return { rule, collection: 'credit-memos', recordId: memo.id };
}

/** One major unit, or less in a memo of less: enough to differ whichever way it is read. */
function more(major: number, { currency }: MemoRow): number {
  return majorOf(minorOf(major, currency) + minorOf(1, currency), currency);
}

/** Of as many digits: the same minor units must not be a larger number, or more than the memo. */
const FOREIGN: Readonly<Record<string, string>> = { JPY: 'KRW', KWD: 'BHD' };

const halfOf = ({ row }: Memo) => Math.floor(totalMinor(row) / 2);

/** Credit memos whose own figures do not fit. */
export const MEMO_FIGURE_PLANTS: readonly Plant[] = [
  memoPlant(
    'memo-total/one-more',
    'A credit memo is for one unit of its currency more than its lines add up to.',
    ({ row }) => {
      const totalAmount = more(row.totalAmount, row);
      return { totalAmount, unusedAmount: totalAmount };
    },
  ),
  memoPlant(
    'memo-tax/one-more',
    'The tax of a credit memo is one unit more than the taxes of its lines add up to.',
    ({ row }) => ({ taxAmount: more(row.taxAmount, row) }),
  ),
  memoPlant(
    'memo-unused/one-cent-lost',
    'Half of a credit memo was spent; what is left of it is one minor unit short.',
    (memo, ground) => {
      const [spent, total] = [halfOf(memo), totalMinor(memo.row)];
      return used(ground, memo, { status: 'partially-applied', spent, unused: total - spent - 1 });
    },
  ),
  memoPlant(
    'memo-over-allocated/negative-rest',
    'More was spent of a credit memo than it was for, and less than nothing is left.',
    (memo, ground) => {
      const total = totalMinor(memo.row);
      const rest = { spent: total + 1, unused: -1 };
      return used(ground, memo, { status: 'partially-applied', ...rest });
    },
  ),
  memoPlant(
    'memo-over-allocated/nothing-left',
    'One minor unit more was spent of a credit memo than it was for; it shows nothing as left.',
    (memo, ground) => {
      const spent = totalMinor(memo.row) + 1;
      return used(ground, memo, { status: 'applied', spent, unused: 0 });
    },
    ['memo-over-allocated', 'memo-unused'],
  ),
  memoPlant(
    'memo-status/applied-but-whole',
    'A credit memo is called applied, but nothing of it was spent.',
    () => ({ status: 'applied' }),
  ),
  memoPlant(
    'memo-status/issued-but-spent',
    'A credit memo is called issued, but half of it was spent.',
    (memo, ground) => {
      const [spent, total] = [halfOf(memo), totalMinor(memo.row)];
      return used(ground, memo, { status: 'issued', spent, unused: total - spent });
    },
  ),
  memoPlant(
    'memo-status/partially-applied-but-whole',
    'A credit memo is called partially applied, but nothing of it was spent.',
    () => ({ status: 'partially-applied' }),
  ),
  memoPlant(
    'memo-status/partially-applied-but-gone',
    'A credit memo is called partially applied, but all of it was spent.',
    (memo, ground) => {
      const spent = totalMinor(memo.row);
      return used(ground, memo, { status: 'partially-applied', spent, unused: 0 });
    },
  ),
  memoPlant(
    'memo-voided-in-use/half-spent',
    'A credit memo was voided, but half of it is still spent on an invoice.',
    (memo, ground) => used(ground, memo, { status: 'voided', spent: halfOf(memo), unused: 0 }),
  ),
  memoPlant(
    'memo-allocation-currency/another',
    'Half of a credit memo was spent in another currency than its own.',
    (memo, ground) => {
      const [spent, total] = [halfOf(memo), totalMinor(memo.row)];
      const currency = FOREIGN[memo.row.currency] ?? 'CAD';
      const rest = { spent, unused: total - spent };
      return used(ground, memo, { status: 'partially-applied', ...rest, currency });
    },
  ),
];

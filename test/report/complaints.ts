import {
  type Discrepancy,
  type DiscrepancyStatus,
  SEVERITIES,
  type Severity,
} from '../../lib/model/discrepancy.ts';

/** What a discrepancy is about; the rest is told by its place in the list. */
type Case = Pick<
  Discrepancy,
  | 'rule'
  | 'severity'
  | 'class'
  | 'collection'
  | 'currency'
  | 'expected'
  | 'actual'
  | 'difference'
  | 'explanation'
  | 'action'
>;

const CASES: readonly Case[] = [
  {
    rule: 'refund-exceeds-parent',
    severity: 'critical',
    class: 'mismatch',
    collection: 'transactions',
    currency: 'USD',
    expected: '1240.00',
    actual: '2480.00',
    difference: '1240.00',
    explanation: 'Two refunds together exceed the sale that they pay back.',
    action: 'Ask the gateway which refund was paid out; void the other one.',
  },
  {
    rule: 'memo-exceeds-transaction',
    severity: 'critical',
    class: 'mismatch',
    collection: 'transactions',
    currency: 'KWD',
    expected: '89.250',
    actual: '133.875',
    difference: '44.625',
    explanation: 'Credit memos are allocated to this transaction for more than its amount.',
    action: 'Take the surplus allocation off one of the memos.',
  },
  {
    rule: 'duplicate-charge',
    severity: 'high',
    class: 'mismatch',
    collection: 'transactions',
    currency: 'JPY',
    expected: '48200',
    actual: '96400',
    difference: '48200',
    explanation:
      'One card was charged twice with the same amount for one invoice within 4 minutes.',
    action: 'Ask the customer or the shop whether both were meant; refund one if not.',
  },
  {
    rule: 'outcome-unknown',
    severity: 'high',
    class: 'timing',
    collection: 'transactions',
    currency: 'EUR',
    expected: 'approved or declined',
    actual: 'unknown',
    difference: '',
    explanation: 'The gateway never said whether this payment went through.',
    action: "Look the payment up in the gateway's own console, and set its result.",
  },
  {
    rule: 'unreconciled',
    severity: 'medium',
    class: 'timing',
    collection: 'transactions',
    currency: 'USD',
    expected: 'reconciled within 3 days',
    actual: 'not reconciled',
    difference: '',
    explanation: 'Other payments of this gateway account are reconciled; this one is not.',
    action: "Look for it in the gateway's settlement file.",
  },
  {
    rule: 'memo-total',
    severity: 'medium',
    class: 'mismatch',
    collection: 'credit-memos',
    currency: 'EUR',
    expected: '310.40',
    actual: '301.40',
    difference: '-9.00',
    explanation: 'Items, taxes and shipping add up to another amount than the memo says.',
    action: 'Correct the memo, or void it and issue it anew.',
  },
  {
    rule: 'report-rate-outlier',
    severity: 'low',
    class: 'mismatch',
    collection: 'transactions',
    currency: 'USD',
    expected: '106.21',
    actual: '131.87',
    difference: '25.66',
    explanation: 'The amount in the report currency was converted at another rate than the others.',
    action: 'Check the exchange rate of that day.',
  },
  {
    rule: 'rule-failed',
    severity: 'info',
    class: 'mismatch',
    collection: '',
    currency: '',
    expected: '',
    actual: 'Conversion Error',
    difference: '',
    explanation: 'The rule memo-tax could not be run over this snapshot.',
    action: 'Report this with the text of the error.',
  },
];

const STATUS_ROUND: readonly DiscrepancyStatus[] = [
  'new',
  'open',
  'new',
  'open',
  'acknowledged',
  'resolved',
];

const FIRST_SEEN = ['2026-11-20', '2026-11-09', '2026-11-18', '2026-10-31'];
const AGES = [0, 11, 2, 20];

/** Discrepancies of every severity and status, sorted as the file has them. */
export function complaints(count = 40): readonly Discrepancy[] {
  return Array.from({ length: count }, (_, at) => complaint(at)).sort(
    (a, b) => rank(a.severity) - rank(b.severity),
  );
}

function complaint(at: number): Discrepancy {
  const one = CASES[at % CASES.length]!;
  const status = STATUS_ROUND[Math.floor(at / 3) % STATUS_ROUND.length]!;
  const age = status === 'new' ? 0 : 1 + (at % (AGES.length - 1));
  const number = String(at).padStart(4, '0');
  const isMemo = one.collection === 'credit-memos';
  return {
    ...one,
    id: `d${number}f3a97c2b41e0`,
    status,
    firstSeen: FIRST_SEEN[age]!,
    lastSeen: '2026-11-20',
    ageDays: AGES[age]!,
    recordId:
      one.collection === '' ? '' : `${isMemo ? 'memo' : 'txn'}_0YAEGYZZAZS2CDVTWVKW${number}0V`,
    relatedIds: isMemo
      ? []
      : [`txn_0Y13C7WVW45A99R9DCQ4${number}VX`, `txn_0YH5QG6ZG0BENDQAHF${number}TQ`],
    customerId: one.collection === '' ? '' : `cus_0YN5DH0ESJ5209NPB4${number}FCG8`,
  };
}

function rank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

import {
  CONTROL_TOTAL_COLUMNS,
  type ControlTotalColumn,
} from '../../lib/columns/control-totals.ts';
import type { LaneProof, TotalLine } from '../../lib/contract.ts';
import type { OrganizationId, RunId } from '../../lib/model/ids.ts';
import type { Readiness } from '../../lib/model/readiness.ts';
import type { CollectionName } from '../../lib/model/records.ts';
import type { Restatement } from '../../lib/model/restatement.ts';
import type { RuleOutcome } from '../../lib/model/rule-outcome.ts';
import { dayFigures } from '../../lib/report/movement.ts';
import type { Findings } from '../../lib/report/summarize.ts';
import type { DayFigures } from '../../lib/report/summary.ts';
import { complaints } from './complaints.ts';

const DAY = '2026-11-20';
const MISSED_DAY = '2026-11-08';

type Cells = Partial<Record<ControlTotalColumn, string>>;

/** A line of control totals by the names of its columns. */
export function totalLine(cells: Cells, count: number, amount: string): TotalLine {
  const figures = ['count', 'amount', 'reportAmount'];
  const key = CONTROL_TOTAL_COLUMNS.filter((name) => !figures.includes(name));
  return { key: key.map((name) => cells[name] ?? ''), count, amount, reportAmount: '0' };
}

/** Type, result, voided, currency, gateway account, rows, amount. */
const TRANSACTIONS: readonly (readonly [string, string, string, string, string, number, string])[] =
  [
    ['sale', 'approved', 'false', 'USD', 'gw_acc_0YVCXMH9WSD2HBJYT3Z6QK81PC', 1841, '204310.27'],
    ['sale', 'approved', 'false', 'USD', 'gw_acc_0Y7M2C4SRXQ31GSN5V9KTEWJ60', 620, '61902.75'],
    ['sale', 'approved', 'true', 'USD', 'gw_acc_0YVCXMH9WSD2HBJYT3Z6QK81PC', 16, '3385.66'],
    ['sale', 'declined', 'false', 'USD', 'gw_acc_0YVCXMH9WSD2HBJYT3Z6QK81PC', 214, '31755.10'],
    ['sale', 'unknown', 'false', 'USD', 'gw_acc_0Y7M2C4SRXQ31GSN5V9KTEWJ60', 7, '1044.61'],
    ['capture', 'approved', 'false', 'USD', 'gw_acc_0Y7M2C4SRXQ31GSN5V9KTEWJ60', 88, '9401.00'],
    ['refund', 'approved', 'false', 'USD', 'gw_acc_0YVCXMH9WSD2HBJYT3Z6QK81PC', 97, '8816.44'],
    ['sale', 'approved', 'false', 'EUR', 'gw_acc_0YVCXMH9WSD2HBJYT3Z6QK81PC', 1109, '144762.95'],
    ['sale', 'declined', 'false', 'EUR', 'gw_acc_0YVCXMH9WSD2HBJYT3Z6QK81PC', 118, '13301.46'],
    ['refund', 'approved', 'false', 'EUR', 'gw_acc_0YVCXMH9WSD2HBJYT3Z6QK81PC', 44, '3212.64'],
    ['sale', 'approved', 'false', 'JPY', 'gw_acc_0Y3K8ZC0M5TQW2B7HJ6DR9XNVE', 211, '22871210'],
    ['refund', 'approved', 'false', 'JPY', 'gw_acc_0Y3K8ZC0M5TQW2B7HJ6DR9XNVE', 4, '23098'],
    ['sale', 'approved', 'false', 'KWD', '', 21, '889.271'],
    ['refund', 'approved', 'false', 'KWD', '', 12, '1097.394'],
    ['sale', 'approved', 'false', '', '', 2, '0'],
  ];

const MEMOS: readonly (readonly [string, string, number, string])[] = [
  ['issued', 'USD', 17, '5881.11'],
  ['allocated-to-invoices', 'USD', 1, '6.30'],
  ['allocated-to-transactions', 'USD', 4, '425.18'],
  ['unused', 'USD', 17, '5449.63'],
  ['brought-forward', 'USD', 612, '91201.50'],
  ['carried-forward', 'USD', 629, '96651.13'],
  ['issued', 'EUR', 3, '1124.51'],
  ['unused', 'EUR', 3, '1124.51'],
];

export function merchantTotals(day = DAY): readonly TotalLine[] {
  const transactions = TRANSACTIONS.map(([type, result, voided, currency, account, count, sum]) => {
    const key = { type, result, voided, currency, gatewayAccountId: account };
    return totalLine(
      { collection: 'transactions', measure: 'created', businessDate: day, ...key },
      count,
      sum,
    );
  });
  const memos = MEMOS.map(([measure, currency, count, sum]) =>
    totalLine({ collection: 'credit-memos', measure, businessDate: day, currency }, count, sum),
  );
  return [...memos, ...transactions];
}

function lane(
  collection: CollectionName,
  index: number,
  kept: number,
  received: number,
): LaneProof {
  return {
    collection,
    index,
    from: '2026-11-19T23:00:00Z',
    to: '2026-11-20T23:00:00Z',
    countedBefore: received,
    countedAfter: received,
    received,
    kept,
    readings: 1,
    requests: 3,
    denseSeconds: [],
  };
}

function lastDays(): readonly DayFigures[] {
  return Array.from({ length: 30 }, (_, at) => {
    const day = new Date(Date.UTC(2026, 9, 22 + at)).toISOString().slice(0, 10);
    if (day === MISSED_DAY) return { day, missing: true, moneyIn: [], discrepancyCount: 0 };
    // A week's rhythm with some unevenness, the same on every machine.
    const share = [62, 100, 93, 88, 91, 97, 70][at % 7]! - ((at * 37) % 11);
    const totals = merchantTotals(day).map((line, place) => ({
      ...line,
      amount: at === 29 ? line.amount : scaled(line.amount, share + ((at * place * 13) % 23) - 11),
    }));
    return dayFigures(day, totals, at === 29 ? 20 : (at * 5) % 9);
  });
}

/** Hundredths of a decimal text, cut to the digits it has. */
function scaled(amount: string, hundredths: number): string {
  const digits = amount.replace('.', '');
  const scale = amount.includes('.') ? amount.length - amount.indexOf('.') - 1 : 0;
  const units = String((BigInt(digits) * BigInt(hundredths)) / 100n).padStart(scale + 1, '0');
  return scale === 0 ? units : `${units.slice(0, -scale)}.${units.slice(-scale)}`;
}

const RESTATEMENTS: readonly Restatement[] = [
  {
    collection: 'transactions',
    recordId: 'txn_0Y5GZK2W8XEV0R1D3S7CNTQ4MH',
    businessDate: '2026-11-12',
    kind: 'correction',
    field: 'amount',
    old: '1200.00',
    new: '1020.00',
    effect: '-180.00',
    currency: 'USD',
  },
  {
    collection: 'transactions',
    recordId: 'txn_0Y8PKVA1D5RR3GQ5ZM0WXT72CE',
    businessDate: '2026-11-17',
    kind: 'correction',
    field: 'result',
    old: 'approved',
    new: 'declined',
    effect: '-22400',
    currency: 'JPY',
  },
  {
    collection: 'transactions',
    recordId: 'txn_0Y4GEXZQ7B9S2CV5T8RM1HKN6J',
    businessDate: '2026-11-18',
    kind: 'correction',
    field: 'settlementTime',
    old: '2026-11-19T04:00:00Z',
    new: '',
    effect: '',
    currency: '',
  },
  {
    collection: 'transactions',
    recordId: 'txn_0Y9NB6TQX2M4W7CV1KD5RZ8GHS',
    businessDate: '2026-11-19',
    kind: 'lifecycle',
    field: 'isReconciled',
    old: 'false',
    new: 'true',
    effect: '',
    currency: '',
  },
];

const READINESS: readonly Readiness[] = [
  {
    period: '2026-11-20',
    collection: 'transactions',
    state: 'provisional',
    reasons: '15 outcomes unknown beyond their grace; 2688 of 4310 reconciled',
    since: '2026-11-20',
  },
  {
    period: '2026-11-19',
    collection: 'transactions',
    state: 'provisional',
    reasons: '4101 of 4222 reconciled',
    since: '2026-11-19',
  },
  {
    period: '2026-11-20',
    collection: 'credit-memos',
    state: 'settled',
    reasons: '',
    since: '2026-11-20',
  },
  {
    period: '2026-11-13',
    collection: 'transactions',
    state: 'settled',
    reasons: '',
    since: '2026-11-20',
  },
];

const OUTCOMES: readonly RuleOutcome[] = [
  outcome('refund-exceeds-parent', 4310, 5, 0),
  outcome('unreconciled', 4310, 5, 402),
  { ...outcome('memo-tax', 0, 0, 0), error: 'Conversion Error: tax.' },
  { ...outcome('unapplied-payment', 0, 0, 0), isOn: false },
];

function outcome(
  rule: string,
  judgedCount: number,
  foundCount: number,
  notApplicableCount: number,
): RuleOutcome {
  return { rule, isOn: true, judgedCount, foundCount, notApplicableCount, error: undefined };
}

/** A merchant's night with something of everything: four currencies, one of them short of money. */
export function merchant(changes: Partial<Findings> = {}): Findings {
  return {
    manifest: {
      tieoutVersion: '0.1.0',
      runId: '20261121T061500Z' as RunId,
      scope: {
        organizationId: 'org_northwind' as OrganizationId,
        environment: 'live',
        timezone: 'Europe/Vienna',
        firstDay: DAY,
        lastDay: DAY,
        collections: ['transactions', 'credit-memos'],
        filter: '',
        columnsVersion: 1,
        addedColumns: [],
        csv: { delimiter: ',', lineEnd: 'crlf', bom: true },
      },
      period: { start: '2026-11-19T23:00:00Z', end: '2026-11-20T23:00:00Z' },
      view: '',
      startedAt: '2026-11-21T06:15:00Z',
      proof: [
        lane('transactions', 0, 2200, 2201),
        lane('transactions', 1, 2204, 2204),
        lane('credit-memos', 0, 20, 20),
      ],
      contractDrift: [
        { collection: 'transactions', kind: 'unknown-member', path: 'gateway.hue', count: 3 },
      ],
      cellFaultCount: 1,
    },
    judgedAt: '2026-11-21T06:15:00Z',
    totals: merchantTotals(),
    discrepancies: complaints(),
    restatements: RESTATEMENTS,
    readiness: READINESS,
    outcomes: OUTCOMES,
    days: lastDays(),
    remarks: [
      'The snapshot of 2026-11-08 cannot be read (SNAPSHOT_DAMAGED); the chain goes on from 2026-11-07.',
    ],
    linkTemplate: 'https://app.rebilly.com/{organization}/{collection}/{id}',
    ...changes,
  };
}

/** Ids as long as the API allows, amounts of a currency that has many zeros and of a crypto code. */
export function giant(): Findings {
  const id = 'W'.repeat(50);
  const sale = { ...SALE, gatewayAccountId: id };
  return merchant({
    totals: [
      ...merchantTotals(),
      totalLine({ ...sale, currency: 'IDR' }, 1234567, '987654321098765.43'),
      totalLine({ ...sale, currency: 'IDR', type: 'refund' }, 123456, '87654321098765.43'),
      totalLine({ ...sale, currency: 'ETH' }, 12, '1234.123456789012345678'),
    ],
    discrepancies: complaints().map((one, at) => ({
      ...one,
      recordId: id,
      customerId: id,
      relatedIds: [id, id],
      currency: 'IDR',
      expected: '987654321098765.43',
      // Every other one found a word that has no place to break.
      actual: at % 2 === 0 ? '-987654321098765.43' : id,
      difference: '-1975308642197530.86',
      explanation: `${one.explanation} ${id}${id}`,
    })),
    restatements: RESTATEMENTS.map((one) => ({
      ...one,
      recordId: id,
      old: id,
      effect: '-987654321098765.43',
      currency: 'IDR',
    })),
    remarks: [`${id}${id}${id}`],
  });
}

const SALE = {
  collection: 'transactions',
  measure: 'created',
  businessDate: DAY,
  type: 'sale',
  result: 'approved',
  voided: 'false',
};

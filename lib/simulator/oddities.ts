import { type Json, rawNumber } from '../model/records.ts';
import { ODD_TEXTS } from './odd-texts.ts';
import { below, mix, pick } from './random.ts';

/**
 * What the contract does not promise, or hardly: each odd row breaks one expectation. `id`,
 * `createdTime` and `updatedTime` stay readable, for without them there is nothing to read by.
 */
type Row = Record<string, Json>;
export type Oddity = (row: Row, hash: number) => void;

/** One row in so many is odd. */
const ODD_EVERY = 5;

/** Rewrites a row's JSON text with one oddity, or hands it back as it is. */
export function withOddity(text: string, hash: number, oddities: readonly Oddity[]): string {
  if ((hash >>> 0) % ODD_EVERY !== 0) return text;
  const row = JSON.parse(text) as Row;
  pick(mix(hash, 1), oddities)(row, mix(hash, 2));
  return JSON.stringify(row);
}

const MONEY = ['amount', 'purchaseAmount', 'requestAmount'] as const;
const NULLED = [
  'type',
  'status',
  'result',
  'amount',
  'currency',
  'requestAmount',
  'customerId',
  'websiteId',
  'childTransactions',
  'invoiceIds',
  'paymentInstrument',
  'billingAddress',
  'gateway',
  'isDisputed',
  'isReconciled',
  'reportAmount',
  'description',
  'customFields',
  '_links',
] as const;
const EXPLICIT_NULLS = {
  parentTransactionId: null,
  gatewayName: null,
  acquirerName: null,
  processedTime: null,
};

const anyText: Oddity = (row, hash) => {
  row['description'] = pick(hash, ODD_TEXTS);
};

const unknownMember: Oddity = (row, hash) => {
  row['loyalty'] = { tier: 'gold', points: below(hash, 1000), '=note': pick(hash, ODD_TEXTS) };
};

/** Readers differ on it: RFC 3339 allows both. */
const offsetTime: Oddity = (row) => {
  row['createdTime'] = `${row['createdTime']}`.replace('Z', '+00:00');
};

function lost(names: readonly string[]): Oddity {
  return (row, hash) => {
    delete row[pick(hash, names)];
  };
}

function nulled(names: readonly string[]): Oddity {
  return (row, hash) => {
    row[pick(hash, names)] = null;
  };
}

function renamed(values: Readonly<Record<string, string>>): Oddity {
  return (row, hash) => {
    const [name, value] = pick(hash, Object.entries(values));
    row[name] = value;
  };
}

/** The nearest doubles above: what sums of binary fractions look like once printed. */
function noisy(names: readonly string[]): Oddity {
  return (row) => {
    for (const name of names) row[name] = Number(row[name]) * (1 + 2 ** -52);
  };
}

function exponential(names: readonly string[]): Oddity {
  return (row) => {
    for (const name of names) row[name] = rawNumber(Number(row[name]).toExponential());
  };
}

function asText(names: readonly string[]): Oddity {
  return (row, hash) => {
    const name = pick(hash, names);
    row[name] = `${row[name]}`;
  };
}

function tooPrecise(name: string): Oddity {
  return (row) => {
    row[name] = rawNumber(`${Math.floor(Number(row[name]))}.98765`);
  };
}

/** Eighteen decimals, as a crypto currency's smallest unit has: no double can hold them. */
const cryptic: Oddity = (row, hash) => {
  const amount = rawNumber(`${below(hash, 40)}.${`${hash >>> 0}`.padStart(10, '0')}00000017`);
  for (const name of MONEY) row[name] = amount;
  for (const name of ['currency', 'purchaseCurrency', 'requestCurrency']) row[name] = 'ETH';
  row['paymentInstrument'] = { method: 'Ethereum' };
};

export const TRANSACTION_ODDITIES: readonly Oddity[] = [
  anyText,
  anyText,
  unknownMember,
  offsetTime,
  cryptic,
  lost(NULLED),
  nulled(NULLED),
  noisy(MONEY),
  exponential(MONEY),
  tooPrecise('amount'),
  asText(['amount', 'requestAmount', 'reportAmount', 'isDisputed', 'childTransactions']),
  renamed({ status: 'suspended', type: 'reversal', result: 'partially-approved' }),
  (row) => {
    Object.assign(row, { isDisputed: true, disputeStatus: 'response-needed' });
  },
  renamed({ gatewayName: 'GatewayOfTomorrow', disputeStatus: 'escalated', currency: 'XBT' }),
  renamed({ billingDescriptor: '=NORTHWND', orderId: '@order', requestId: '-1', arn: '+7483' }),
  (row) => {
    Object.assign(row, EXPLICIT_NULLS);
  },
  (row) => {
    row['amount'] = -Number(row['amount']);
  },
  (row, hash) => {
    row['customFields'] = { '=name': pick(hash, ODD_TEXTS), list: [1, null, { deep: '@x' }] };
  },
  (row) => {
    row['paymentInstrument'] = { method: 'martian-pay', paymentInstrumentId: null };
  },
];

const MEMO_MONEY = ['totalAmount', 'unusedAmount'] as const;
const MEMO_NULLED = [
  'items',
  'allocations',
  'status',
  'reason',
  'number',
  'customerId',
  'currency',
  'totalAmount',
  'taxAmount',
  'shippingAmount',
  'unusedAmount',
  'description',
  '_links',
] as const;

export const MEMO_ODDITIES: readonly Oddity[] = [
  anyText,
  anyText,
  unknownMember,
  offsetTime,
  lost(MEMO_NULLED),
  nulled(MEMO_NULLED),
  noisy(MEMO_MONEY),
  exponential(MEMO_MONEY),
  tooPrecise('totalAmount'),
  asText(['totalAmount', 'unusedAmount', 'number', 'items']),
  renamed({ status: 'superseded', reason: 'goodwill', invoiceId: '=in', quoteId: '@quote' }),
  (row) => {
    row['allocations'] = { transactions: null, invoices: null };
  },
  (row) => {
    row['items'] = [{ description: '=2*3', unitPrice: '1.5', quantity: 1.5, price: null }, null];
  },
];

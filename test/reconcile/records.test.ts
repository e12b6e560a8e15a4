import { amountAdjusted } from '../../lib/reconcile/rules/amount-adjusted.ts';
import { dccInconsistent } from '../../lib/reconcile/rules/dcc-inconsistent.ts';
import { disputeResponseNeeded } from '../../lib/reconcile/rules/dispute-response-needed.ts';
import { reportRateOutlier } from '../../lib/reconcile/rules/report-rate-outlier.ts';
import { settledBeforeProcessed } from '../../lib/reconcile/rules/settled-before-processed.ts';
import { unappliedPayment } from '../../lib/reconcile/rules/unapplied-payment.ts';
import { type Cells, payment } from './night.ts';
import { type Case, ruleFacts } from './rule-facts.ts';

/** A payment of the period that differs in these cells. */
const one = (cells: Cells = {}): Case => ({ transactions: [payment('a', cells)] });
const fires = (cells: Cells, said: Cells = {}): Case => ({ ...one(cells), fires: { a: said } });
const unclear = (cells: Cells): Case => ({ ...one(cells), unclear: 1 });

const processed = (settlementTime: string, processedTime?: string) => ({
  settlementTime,
  processedTime,
});
ruleFacts(settledBeforeProcessed, {
  'two days before': fires(processed('2026-11-18T23:59:59Z', '2026-11-20T00:00:00Z'), {
    actual: '2026-11-18',
  }),
  'a day before': one(processed('2026-11-19T00:00:00Z', '2026-11-20T23:59:59Z')),
  after: one(processed('2026-11-22T00:00:00Z', '2026-11-20T23:59:59Z')),
  'nobody knows when it was processed': unclear(processed('2026-11-18T00:00:00Z')),
});

ruleFacts(amountAdjusted, {
  'a cent less than asked for': fires(
    { amount: '99.99', requestAmount: '100.00' },
    { expected: '100.00', actual: '99.99', difference: '-0.01' },
  ),
  'an adjustment explains it': one({ requestAmount: '99.00', hasAmountAdjustment: 'true' }),
  'a chosen conversion explains it': one({
    requestAmount: '99.00',
    hasDcc: 'true',
    'dcc.outcome': 'selected',
  }),
  'a rejected one does not': fires({
    requestAmount: '99.00',
    hasDcc: 'true',
    'dcc.outcome': 'rejected',
  }),
  'it was asked for in another currency': one({ requestAmount: '9.00', requestCurrency: 'EUR' }),
  'the sign is no difference': one({ amount: '-100.00', requestAmount: '100.00' }),
  'nobody knows what was asked for': unclear({ requestAmount: undefined }),
  'nobody knows in which currency': unclear({
    requestAmount: '99.00',
    requestCurrency: undefined,
  }),
  'nobody knows of an adjustment': unclear({
    requestAmount: '99.00',
    hasAmountAdjustment: undefined,
  }),
});

const dcc = (outcome: string, cells: Cells): Cells => ({
  hasDcc: 'true',
  'dcc.outcome': outcome,
  'dcc.base.amount': '100.00',
  'dcc.base.currency': 'USD',
  'dcc.quote.amount': '90.00',
  'dcc.quote.currency': 'EUR',
  ...cells,
});

ruleFacts(dccInconsistent, {
  'chosen, and not the quote': fires(dcc('selected', { amount: '90.01', currency: 'EUR' }), {
    expected: '90.00 EUR',
    actual: '90.01 EUR',
    difference: '0.01',
  }),
  'chosen, and in the base currency': fires(dcc('selected', {}), {
    expected: '90.00 EUR',
    actual: '100.00 USD',
    difference: '',
  }),
  'chosen, and the quote': one(dcc('selected', { amount: '90.00', currency: 'EUR' })),
  'rejected, and the quote': fires(dcc('rejected', { amount: '90.00', currency: 'EUR' })),
  'rejected, and the base': one(dcc('rejected', {})),
  'unprocessed, and not the base': fires(dcc('unprocessed', { amount: '90.00' })),
  'adjusted afterwards': one(dcc('selected', { hasAmountAdjustment: 'true' })),
  declined: one(dcc('selected', { result: 'declined' })),
  'a refund': one(dcc('selected', { type: 'refund' })),
  'an authorization': fires(dcc('selected', { type: 'authorize' })),
  'nobody knows of an adjustment': unclear(dcc('selected', { hasAmountAdjustment: undefined })),
  'without a quote': unclear(dcc('selected', { 'dcc.quote.amount': undefined, currency: 'EUR' })),
});

ruleFacts(disputeResponseNeeded, {
  'an answer is due': fires({ disputeStatus: 'response-needed' }, { actual: 'response-needed' }),
  'it is under review': one({ disputeStatus: 'under-review' }),
  'it is not disputed': one(),
});

const reported = (id: string, reportAmount: string, cells: Cells = {}) =>
  payment(id, { currency: 'EUR', reportAmount, reportCurrency: 'USD', ...cells });
const FIVE = ['v', 'w', 'x', 'y', 'z'].map((id) => reported(id, '110.00'));
const dinars = { currency: 'BHD', amount: '0.100' };
const francs = { currency: 'CHF' };

ruleFacts(reportRateOutlier, {
  'over five per cent off': {
    transactions: [...FIVE, reported('a', '115.51')],
    fires: { a: { currency: 'USD', expected: '110.00', actual: '115.51', difference: '5.51' } },
  },
  'five per cent off': { transactions: [reported('a', '115.50')] },
  'five per cent below': { transactions: [reported('a', '104.50')] },
  'over five per cent below': { transactions: [reported('a', '104.49')], fires: { a: {} } },
  'no more than a cent off': {
    transactions: [
      ...FIVE.map((cells, at) => ({ ...cells, ...dinars, id: `d${at}`, reportAmount: '0.10' })),
      reported('a', '0.11', dinars),
    ],
  },
  'five rows make a median': {
    transactions: [
      ...FIVE.slice(0, 4).map((cells, at) => ({ ...cells, currency: 'CAD', id: `c${at}` })),
      reported('a', '900.00', { currency: 'CAD' }),
    ],
    fires: { a: { expected: '110.00' } },
  },
  'four rows make no median': {
    transactions: [
      ...FIVE.slice(0, 3).map((cells, at) => ({ ...cells, ...francs, id: `f${at}` })),
      reported('a', '900.00', francs),
    ],
    unclear: 4,
  },
  'context alone is not judged': {
    context: [reported('a', '100.01', { currency: 'USD' })],
  },
  'days of one period share its rates': {
    transactions: [
      ...FIVE.map((cells, at) => ({
        ...{ ...cells, currency: 'GBP', id: `g${at}` },
        businessDate: at < 3 ? '2026-11-20' : '2026-11-19',
      })),
      reported('a', '900.00', { currency: 'GBP' }),
    ],
    fires: { a: {} },
  },
  'in a currency without minor units': {
    transactions: [
      ...FIVE.map((cells, at) => ({
        ...{ ...cells, currency: 'JPY', reportCurrency: 'ETH', id: `e${at}` },
      })),
      reported('a', '900.00', { currency: 'JPY', reportCurrency: 'ETH' }),
    ],
    fires: { a: { expected: '110' } },
  },
  'equal currencies, unequal amounts': {
    transactions: [reported('a', '100.01', { currency: 'USD' })],
    fires: { a: { expected: '100.00', difference: '0.01' } },
  },
  'equal currencies, equal amounts': {
    transactions: [reported('a', '100.00', { currency: 'USD' })],
  },
  'another day has rates of its own': {
    changed: [reported('a', '300.00', { createdTime: '2026-11-10T10:00:00Z' })],
    unclear: 1,
  },
});

const unapplied = (cells: Cells = {}) => payment('a', { invoiceIds: '', ...cells });
const applied = (count: number, websiteId: string) =>
  Array.from({ length: count }, (_, at) => payment(`w${at}`, { websiteId }));

ruleFacts(unappliedPayment, {
  'without an invoice where four in five have one': {
    transactions: [...applied(4, 'web_1'), unapplied()],
    fires: { a: { expected: 'an invoice' } },
  },
  'without an invoice where fewer have one': {
    transactions: [...applied(3, 'web_2'), unapplied({ websiteId: 'web_2' })],
  },
  'for a deposit': {
    transactions: [
      ...applied(4, 'web_3'),
      unapplied({ websiteId: 'web_3', depositRequestId: 'd' }),
    ],
  },
  'for a transfer': {
    transactions: [...applied(4, 'web_4'), unapplied({ websiteId: 'web_4', transferId: 't' })],
  },
  'a refund': {
    transactions: [...applied(4, 'web_5'), unapplied({ websiteId: 'web_5', type: 'refund' })],
  },
  'without a result': {
    transactions: [...applied(4, 'web_6'), unapplied({ websiteId: 'web_6', result: undefined })],
    unclear: 1,
  },
  'nobody knows the website': { transactions: [unapplied({ websiteId: undefined })], unclear: 1 },
});

import { amountAdjusted } from '../../lib/reconcile/rules/amount-adjusted.ts';
import { amountPrecision } from '../../lib/reconcile/rules/amount-precision.ts';
import { currencyMissing } from '../../lib/reconcile/rules/currency-missing.ts';
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

ruleFacts(amountPrecision, {
  'a tenth of a cent': fires(
    { amount: '100.001' },
    { expected: '100.00', actual: '100.001', difference: '0.001' },
  ),
  'half a yen': fires({ amount: '100.5', currency: 'JPY' }, { expected: '101' }),
  'a fourth decimal of a dinar': fires({ amount: '1.0001', currency: 'KWD' }),
  'three decimals of a dinar': one({ amount: '1.001', currency: 'KWD' }),
  'whole yen': one({ amount: '100', currency: 'JPY' }),
  'a yen that was asked for in parts': fires(
    { requestAmount: '0.5', requestCurrency: 'JPY' },
    { currency: 'JPY', actual: '0.5' },
  ),
  'a purchase': fires({ purchaseAmount: '1.234' }, { actual: '1.234' }),
  'a quote': fires({ 'dcc.quote.amount': '1.234', 'dcc.quote.currency': 'EUR' }),
  'a base': fires({ 'dcc.base.amount': '1.234', 'dcc.base.currency': 'EUR' }),
  'a currency without minor units': unclear({ amount: '0.000000000000000001', currency: 'ETH' }),
});

ruleFacts(currencyMissing, {
  'an amount alone': fires({
    currency: undefined,
    purchaseCurrency: 'USD',
    requestCurrency: 'USD',
  }),
  'a currency alone': fires(
    { purchaseAmount: undefined },
    { actual: 'one of them: purchaseAmount' },
  ),
  'a report currency alone': fires({ reportCurrency: 'USD' }),
  'a request alone': fires({ requestCurrency: undefined }),
  'a base alone': fires({ 'dcc.base.amount': '1.00' }),
  'a quote alone': fires({ 'dcc.quote.currency': 'EUR' }),
  both: one(),
  neither: one({ purchaseAmount: undefined, purchaseCurrency: undefined }),
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
  'nobody knows the website': { transactions: [unapplied({ websiteId: undefined })], unclear: 1 },
});

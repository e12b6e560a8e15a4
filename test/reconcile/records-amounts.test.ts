import { amountPrecision } from '../../lib/reconcile/rules/amount-precision.ts';
import { currencyMissing } from '../../lib/reconcile/rules/currency-missing.ts';
import { type Cells, payment } from './night.ts';
import { type Case, ruleFacts } from './rule-facts.ts';

/** A payment of the period that differs in these cells. */
const one = (cells: Cells = {}): Case => ({ transactions: [payment('a', cells)] });
const fires = (cells: Cells, said: Cells = {}): Case => ({ ...one(cells), fires: { a: said } });
const unclear = (cells: Cells): Case => ({ ...one(cells), unclear: 1 });

ruleFacts(amountPrecision, {
  'a tenth of a cent': fires(
    { amount: '100.001' },
    { expected: '100.00', actual: '100.001', difference: '0.001' },
  ),
  'half a yen': fires({ amount: '100.5', currency: 'JPY' }, { expected: '101' }),
  'a fourth decimal of a dinar': fires({ amount: '1.0001', currency: 'KWD' }),
  'a tenth of a yen': fires({ amount: '100.1', currency: 'JPY' }, { expected: '100' }),
  'four decimals of a unit of account': one({ amount: '1.0001', currency: 'CLF' }),
  'a fifth decimal of a unit of account': fires(
    { amount: '1.00001', currency: 'CLF' },
    { expected: '1.0000' },
  ),
  'three decimals of a dinar': one({ amount: '1.001', currency: 'KWD' }),
  'whole yen': one({ amount: '100', currency: 'JPY' }),
  'a yen that was asked for in parts': fires(
    { requestAmount: '0.5', requestCurrency: 'JPY' },
    { currency: 'JPY', actual: '0.5' },
  ),
  'a purchase': fires({ purchaseAmount: '1.234' }, { actual: '1.234' }),
  'a request': fires({ requestAmount: '1.234' }, { actual: '1.234' }),
  'a base in the currency of the charge': fires({
    'dcc.base.amount': '1.234',
    'dcc.base.currency': 'USD',
  }),
  'a quote in the currency of the charge': fires({
    'dcc.quote.amount': '1.234',
    'dcc.quote.currency': 'USD',
  }),
  'zeros are no decimals': one({ amount: '100.0000' }),
  'the figure of the charge, asked for in yen': fires(
    { amount: '1.50', requestAmount: '1.50', requestCurrency: 'JPY' },
    { currency: 'JPY', actual: '1.5' },
  ),
  'the figure of the charge, bought in yen': fires({
    amount: '1.50',
    purchaseAmount: '1.50',
    purchaseCurrency: 'JPY',
  }),
  'the figure of the charge, with a base in yen': fires({
    amount: '1.50',
    'dcc.base.amount': '1.50',
    'dcc.base.currency': 'JPY',
  }),
  'the figure of the charge, with a quote in yen': fires({
    amount: '1.50',
    'dcc.quote.amount': '1.50',
    'dcc.quote.currency': 'JPY',
  }),
  'of nothing': one({ amount: undefined, currency: undefined }),
  'asked for nothing': one({ requestAmount: undefined, requestCurrency: undefined }),
  'bought nothing': one({ purchaseAmount: undefined, purchaseCurrency: undefined }),
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

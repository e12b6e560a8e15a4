import type { Instant } from '../../model/instant.ts';
import { DAY_MS, momentText } from '../moments.ts';
import { majorOf, minorOf, priced } from './amounts.ts';
import { decoy } from './decoy.ts';
import { plusOne } from './figures.ts';
import type { Plant } from './plant.ts';
import type { PaymentRow } from './rows.ts';
import { deposited, disputed, NO_BANK, paidOut } from './turned.ts';

/** A double's own dirt: far below any minor unit, as sums of cents leave it behind. */
const NOISE = 1e-10;
const NOISE_DIGITS = 10;
/** So many minor units are converted to about as many cents: a cent is a great part of them. */
const FEW_MINOR = 5;

const isOf = (code: string) => (row: PaymentRow) => row.currency === code;
const isMatched = ({ isReconciled }: PaymentRow) => isReconciled;
const isPaidUp = ({ settlementTime }: PaymentRow) => settlementTime !== null;

/** A conversion that went as it should: the charge is its quote, or, when rejected, its base. */
function conversion({ amount, currency }: PaymentRow, isSelected: boolean) {
  const other = { amount: 1234.56, currency: currency === 'EUR' ? 'USD' : 'EUR' };
  const own = { amount, currency };
  const [base, quote] = isSelected ? [other, own] : [own, other];
  const outcome = isSelected ? 'selected' : 'rejected';
  return { base, quote, usdMarkup: 0.5, outcome, isForceDcc: false };
}

/** Payments whose figures or standing are odd, and sound. */
export const PAYMENT_DECOYS: readonly Plant[] = [
  decoy(
    'outcome-unknown/declined-at-last',
    'A card payment timed out, but its result came: it was declined.',
    (ground) => ground.change(ground.payment(undefined, 'declined-card'), { status: 'timeout' }),
  ),
  decoy(
    'unreconciled/made-elsewhere',
    'A payment was processed elsewhere: no batch will match it.',
    (ground) => ground.change(ground.payment(isMatched), { isProcessedOutside: true, ...NO_BANK }),
  ),
  decoy('unreconciled/nothing-moved', 'A payment of nothing was never matched.', (ground) => {
    const sale = ground.payment(isMatched);
    ground.change(sale, { ...priced(sale.row, 0), isReconciled: false });
  }),
  decoy(
    'unsettled/payout',
    'A payout has no settlement time, although its gateway account reports settlements.',
    (ground) => {
      const payout = ground.payment(isPaidUp);
      ground.change(payout, { ...paidOut(ground), settlementTime: null });
    },
  ),
  decoy(
    'settled-before-processed/day-before',
    'A payment was settled in the first second of the day before it was processed.',
    (ground) => {
      const sale = ground.payment(isPaidUp);
      const processed = Date.parse(String(sale.row['processedTime']));
      const settled = Math.floor(processed / DAY_MS - 1) * DAY_MS;
      ground.change(sale, { settlementTime: momentText(settled as Instant) });
    },
  ),
  decoy(
    'amount-adjusted/on-record',
    'One minor unit less was charged than was asked for, and an adjustment is on record.',
    (ground) =>
      ground.change(ground.payment(), ({ amount, currency }) => ({
        requestAmount: plusOne(amount, currency),
        hasAmountAdjustment: true,
      })),
  ),
  decoy(
    'amount-adjusted/another-currency',
    'A payment was asked for in another currency than it was charged in.',
    (ground) => {
      const sale = ground.payment();
      const requestCurrency = sale.row.currency === 'EUR' ? 'USD' : 'EUR';
      ground.change(sale, { requestAmount: 1234.56, requestCurrency });
    },
  ),
  decoy(
    'dcc-inconsistent/as-quoted',
    'The customer accepted a conversion, and exactly its quote was charged.',
    (ground) => {
      const sale = ground.payment();
      const dcc = conversion(sale.row, true);
      const { amount, currency } = dcc.base;
      const asked = { requestAmount: amount, requestCurrency: currency };
      const bought = { purchaseAmount: amount, purchaseCurrency: currency };
      ground.change(sale, { hasDcc: true, dcc, ...asked, ...bought });
    },
  ),
  decoy(
    'dcc-inconsistent/as-asked',
    'The customer rejected a conversion, and exactly its base was charged.',
    (ground) => {
      const sale = ground.payment();
      ground.change(sale, { hasDcc: true, dcc: conversion(sale.row, false) });
    },
  ),
  decoy(
    'dispute-response-needed/answered',
    'A payment is disputed, and the bank is reading the merchant’s answer.',
    (ground) => {
      const sale = ground.payment();
      ground.change(sale, disputed(sale.row, 'under-review'));
    },
  ),
  decoy(
    'amount-precision/noise',
    'An amount has the dirt of a double after its last decimal.',
    (ground) =>
      ground.change(ground.payment(), ({ amount }) => ({
        amount: Number((amount + NOISE).toFixed(NOISE_DIGITS)),
      })),
  ),
  decoy(
    'currency-missing/neither',
    'A payment says nothing about its purchase: neither the amount nor the currency.',
    (ground) => ground.change(ground.payment(), { purchaseAmount: null, purchaseCurrency: null }),
  ),
  decoy(
    'report-rate-outlier/three-percent',
    'A payment in euro was converted at a rate three per cent above that of its day.',
    (ground) => {
      const sale = ground.payment(isOf('EUR'));
      const { reportAmount, reportCurrency } = sale.row;
      const minor = Math.round(minorOf(reportAmount, reportCurrency) * 1.03);
      ground.change(sale, { reportAmount: majorOf(minor, reportCurrency) });
    },
  ),
  decoy(
    'report-rate-outlier/one-cent',
    'A payment of five cents was converted to one cent more than the rate gives.',
    (ground) => {
      const sale = ground.payment(isOf('EUR'));
      const few = priced(sale.row, FEW_MINOR);
      const reportAmount = plusOne(Number(few['reportAmount']), sale.row.reportCurrency);
      ground.change(sale, { ...few, reportAmount });
    },
  ),
  decoy(
    'unapplied-payment/transfer',
    'A payment came in that belongs to no invoice, but to a transfer.',
    (ground) => {
      const { customerId } = deposited(ground);
      const transferId = ground.freshId('trf_');
      ground.change(ground.payment(), { customerId: customerId!, invoiceIds: [], transferId });
    },
  ),
];

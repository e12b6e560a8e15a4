import { minorUnits } from '../../model/currency.ts';
import type { JsonObject } from '../../model/records.ts';
import type { MemoRow, PaymentRow } from './rows.ts';

/** Whole minor units of an amount; worlds are made of such, so rounding only undoes the double. */
export function minorOf(major: number, currency: string): number {
  return Math.round(major * 10 ** digitsOf(currency));
}

/** The amount as the API writes it: the double nearest to the decimal. */
export function majorOf(minor: number, currency: string): number {
  const digits = digitsOf(currency);
  return Number((minor / 10 ** digits).toFixed(digits));
}

/** A number of digits more than the currency has minor units: half of one. */
export function halfMinorMore(major: number, currency: string): number {
  const digits = digitsOf(currency);
  return Number((major + 0.5 / 10 ** digits).toFixed(digits + 1));
}

/** A payment of another amount, in all its amounts and at its own rate. */
export function priced(row: PaymentRow, minor: number): JsonObject {
  const amount = majorOf(minor, row.currency);
  const share = minor / minorOf(row.amount, row.currency);
  const report = Math.round(minorOf(row.reportAmount, row.reportCurrency) * share);
  return {
    amount,
    purchaseAmount: amount,
    requestAmount: amount,
    reportAmount: majorOf(report, row.reportCurrency),
  };
}

export function paidMinor({ amount, currency }: PaymentRow): number {
  return minorOf(amount, currency);
}

export function totalMinor({ totalAmount, currency }: MemoRow): number {
  return minorOf(totalAmount, currency);
}

function digitsOf(currency: string): number {
  return minorUnits(currency)!;
}

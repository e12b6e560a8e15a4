import { WEBSITES } from '../gateways.ts';
import { halfMinorMore, majorOf, minorOf, paidMinor } from './amounts.ts';
import type { Plant } from './plant.ts';
import type { PaymentRow } from './rows.ts';

export const plusOne = (major: number, currency: string) =>
  majorOf(minorOf(major, currency) + 1, currency);

/** A conversion that a payment was never offered; its report amount stays that of the charge. */
function conversion({ amount, currency }: PaymentRow, isSelected: boolean) {
  const other = { amount: 1234.56, currency: currency === 'EUR' ? 'USD' : 'EUR' };
  const own = { amount: plusOne(amount, currency), currency };
  const [base, quote] = isSelected ? [other, own] : [own, other];
  const outcome = isSelected ? 'selected' : 'rejected';
  return { base, quote, usdMarkup: 0.5, outcome, isForceDcc: false };
}

/** Payments whose amounts, currencies or purposes do not fit. */
export const FIGURE_PLANTS: readonly Plant[] = [
  {
    name: 'amount-adjusted/without-a-reason',
    sight: 'One minor unit less was charged than was asked for, and nothing says why.',
    plant(ground) {
      const sale = ground.payment();
      ground.change(sale, ({ amount, currency }) => ({ requestAmount: plusOne(amount, currency) }));
      return [{ rule: 'amount-adjusted', recordId: sale.id }];
    },
  },
  {
    name: 'dcc-inconsistent/rejected',
    sight: 'The customer rejected a conversion, but something else than the base was charged.',
    plant(ground) {
      const sale = ground.payment();
      ground.change(sale, { hasDcc: true, dcc: conversion(sale.row, false) });
      return [{ rule: 'dcc-inconsistent', recordId: sale.id }];
    },
  },
  {
    name: 'dcc-inconsistent/selected',
    sight: 'The customer accepted a conversion, but something else than the quote was charged.',
    plant(ground) {
      const sale = ground.payment();
      const dcc = conversion(sale.row, true);
      ground.change(sale, {
        hasDcc: true,
        dcc,
        purchaseAmount: dcc.base.amount,
        purchaseCurrency: dcc.base.currency,
        requestAmount: dcc.base.amount,
        requestCurrency: dcc.base.currency,
      });
      return [{ rule: 'dcc-inconsistent', recordId: sale.id }];
    },
  },
  {
    name: 'amount-precision/all-amounts',
    sight: 'A payment has half a minor unit more than its currency can hold.',
    plant(ground) {
      const sale = ground.payment();
      ground.change(sale, ({ amount, currency, reportAmount, reportCurrency }) => {
        const more = halfMinorMore(amount, currency);
        const report = currency === reportCurrency ? more : reportAmount;
        return { amount: more, purchaseAmount: more, requestAmount: more, reportAmount: report };
      });
      return [{ rule: 'amount-precision', recordId: sale.id }];
    },
  },
  {
    name: 'amount-precision/purchase-amount',
    sight: 'The amount of a purchase has half a minor unit more than its currency can hold.',
    plant(ground) {
      const sale = ground.payment();
      ground.change(sale, ({ amount, currency }) => ({
        purchaseAmount: halfMinorMore(amount, currency),
      }));
      return [{ rule: 'amount-precision', recordId: sale.id }];
    },
  },
  {
    name: 'currency-missing/currency',
    sight: 'The amount of a purchase stands without its currency.',
    plant(ground) {
      const sale = ground.payment();
      ground.change(sale, { purchaseCurrency: undefined });
      return [{ rule: 'currency-missing', recordId: sale.id }];
    },
  },
  {
    name: 'currency-missing/amount',
    sight: 'A report currency stands without its amount.',
    plant(ground) {
      const sale = ground.payment();
      ground.change(sale, { reportAmount: null });
      return [{ rule: 'currency-missing', recordId: sale.id }];
    },
  },
  {
    name: 'report-rate-outlier/wrong-rate',
    sight: 'A payment in euro was converted at a rate a fifth above that of the others.',
    plant(ground) {
      const sale = ground.payment(({ currency }) => currency === 'EUR');
      const { reportAmount, reportCurrency } = sale.row;
      const minor = Math.round(minorOf(reportAmount, reportCurrency) * 1.2);
      ground.change(sale, { reportAmount: majorOf(minor, reportCurrency) });
      return [{ rule: 'report-rate-outlier', recordId: sale.id }];
    },
  },
  {
    name: 'report-rate-outlier/one-currency',
    sight: 'A payment is reported in its own currency, but as twice the amount.',
    plant(ground) {
      const sale = ground.payment((row) => row.currency === row.reportCurrency);
      const { reportCurrency } = sale.row;
      ground.change(sale, { reportAmount: majorOf(2 * paidMinor(sale.row), reportCurrency) });
      return [{ rule: 'report-rate-outlier', recordId: sale.id }];
    },
  },
  {
    name: 'unapplied-payment/for-nothing',
    sight: 'A payment came in that belongs to no invoice, deposit or transfer.',
    plant(ground, round) {
      // By turns: a website most of whose payments have no invoice is no longer judged.
      const website = WEBSITES[round % WEBSITES.length];
      const sale = ground.payment(({ websiteId }) => websiteId === website);
      ground.change(sale, { customerId: ground.freshId('cus_'), invoiceIds: [] });
      return [{ rule: 'unapplied-payment', recordId: sale.id }];
    },
  },
];

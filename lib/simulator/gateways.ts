import { type Currency, EUR, USD } from './currencies.ts';
import type { Flavour } from './patterns.ts';
import { pick } from './random.ts';

/** A merchant's account with a processor, and what that processor ever tells Rebilly. */
export interface Gateway {
  readonly id: string;
  readonly name: string;
  readonly acquirer: string;
  readonly descriptor: string;
  /** Batches come back and are matched: `isReconciled` turns true. */
  readonly reconciles: boolean;
  /** `settlementTime` is reported. */
  readonly settles: boolean;
}

const CARD_GATEWAYS: readonly Gateway[] = [
  {
    id: 'gw_acc_0YVCXMF26DDNKAERE5NW727S34',
    name: 'Stripe',
    acquirer: 'Stripe',
    descriptor: 'NORTHWND US',
    reconciles: true,
    settles: true,
  },
  {
    id: 'gw_acc_0YVCXMH9WSD2HBJYT3Z6QK81PC',
    name: 'Adyen',
    acquirer: 'Adyen',
    descriptor: 'NORTHWND EU',
    reconciles: true,
    settles: true,
  },
  {
    id: 'gw_acc_0YVD1A77ZKC4R8EVM2G5XBN09T',
    name: 'CheckoutCom',
    acquirer: 'CheckoutCom',
    descriptor: 'NORTHWND UK',
    reconciles: true,
    settles: false,
  },
  {
    id: 'gw_acc_0YVD3PK4Q2DJ69W8S7HTF1RCMB',
    name: 'Worldpay',
    acquirer: 'WorldPay',
    descriptor: 'NORTHWND*WP',
    reconciles: false,
    settles: false,
  },
];

const DEBIT_US: Gateway = {
  id: 'gw_acc_0YVE8N5GTYD9FV3XK1M4ZWQ62J',
  name: 'Forte',
  acquirer: 'Forte',
  descriptor: 'NORTHWND ACH',
  reconciles: false,
  settles: true,
};

const DEBIT_EU: Gateway = {
  id: 'gw_acc_0YVE8R2CQXC7MB6PJ5T9HD0S1K',
  name: 'GoCardless',
  acquirer: 'Other',
  descriptor: 'NORTHWND SEPA',
  reconciles: false,
  settles: true,
};

const OFFSITE: Gateway = {
  id: 'gw_acc_0YVFB6ZDKHDW3S8NQ4V1GTCX7R',
  name: 'PayPal',
  acquirer: 'PayPal',
  descriptor: 'PAYPAL *NWND',
  reconciles: false,
  settles: false,
};

export const GATEWAYS: readonly Gateway[] = [...CARD_GATEWAYS, DEBIT_US, DEBIT_EU, OFFSITE];

/** Undefined for payments that were only recorded, not processed. */
export function gatewayOf(flavour: Flavour, currency: Currency, hash: number): Gateway | undefined {
  if (flavour === 'outside') return undefined;
  if (flavour === 'debit') return currency === EUR ? DEBIT_EU : DEBIT_US;
  if (flavour === 'offsite') return OFFSITE;
  return pick(hash, CARD_GATEWAYS);
}

/** Bank debits know two currencies. */
export function debitCurrency(hash: number): Currency {
  return hash & 4 ? EUR : USD;
}

export const WEBSITES = ['northwind-us', 'northwind-eu', 'web_0YV8RMK5J6DX2GQ9S4TBVC7H31'] as const;
export const PLANS = ['basic-monthly', 'premium-monthly', 'premium-yearly', 'family'] as const;

/** The first digits of cards; leading zeros are part of them. */
export const BINS = [
  '411111',
  '424242',
  '400005',
  '510510',
  '552213',
  '222300',
  '601111',
  '00123456',
  '035678',
  '47617300',
] as const;

/** Codes and words with which issuers refuse. */
export const DECLINES = [
  { code: '51', message: 'Insufficient funds' },
  { code: '05', message: 'Do not honor' },
  { code: '54', message: 'Expired card' },
  { code: '14', message: 'Invalid card number' },
  { code: '61', message: 'Exceeds withdrawal limit' },
  { code: '41', message: 'Lost card, pick up' },
] as const;

import type { Instant } from '../model/instant.ts';
import { DAY_MS } from './moments.ts';
import { mix, pick, unit } from './random.ts';

/** Money in the simulated world: whole minor units, written as the API writes its numbers. */
export interface Currency {
  readonly code: string;
  readonly minorDigits: 0 | 2 | 3;
  /** Minor units that one US cent buys, before the day's wobble. */
  readonly minorPerCent: number;
}

export const USD: Currency = { code: 'USD', minorDigits: 2, minorPerCent: 1 };
export const EUR: Currency = { code: 'EUR', minorDigits: 2, minorPerCent: 0.92 };
const GBP: Currency = { code: 'GBP', minorDigits: 2, minorPerCent: 0.79 };
const JPY: Currency = { code: 'JPY', minorDigits: 0, minorPerCent: 1.5 };
const KWD: Currency = { code: 'KWD', minorDigits: 3, minorPerCent: 3.07 };

/** As often as a shop with these websites would see them. */
const MIX = [USD, USD, USD, USD, USD, USD, USD, USD, EUR, EUR, EUR, EUR, GBP, GBP, JPY, KWD];

/** Least whole-unit amount of a charge, so that an eighth of it is still money in any currency. */
const CHARGE_MIN = 100;
/** Rates move within 0.8 % of their mean: far from what an outlier rule may call unusual. */
const WOBBLE = 0.008;

const FRACTIONS = [[''], [], fractions(2), fractions(3)] as const;

function fractions(digits: number): readonly string[] {
  return Array.from({ length: 10 ** digits }, (_, n) =>
    n === 0 ? '' : `.${`${n}`.padStart(digits, '0').replace(/0+$/, '')}`,
  );
}

export function currencyOf(hash: number): Currency {
  return pick(hash, MIX);
}

/** Major units as a JSON number: 1999 cents are `19.99`, 2000 are `20`. */
export function amountText(minor: number, { minorDigits }: Currency): string {
  if (minorDigits === 0) return `${minor}`;
  const scale = minorDigits === 2 ? 100 : 1000;
  const major = Math.floor(minor / scale);
  return `${major}${FRACTIONS[minorDigits][minor - major * scale]}`;
}

/** Many small charges, few large ones; nearly half of them end in 99 as prices do. */
export function chargeOf(hash: number, currency: Currency): number {
  const share = unit(hash);
  const cents = 300 + Math.floor(share ** 4 * 60_000);
  const priced = hash & 1 ? Math.floor(cents / 100) * 100 + 99 : cents;
  return Math.max(CHARGE_MIN, Math.round(priced * currency.minorPerCent));
}

/** In the report currency, US cents, at the rate of the day it was created. */
export function reportCents(
  minor: number,
  currency: Currency,
  createdAt: Instant,
  seed: number,
): number {
  if (currency === USD) return minor;
  const day = Math.floor(createdAt / DAY_MS);
  const wobble = 1 + WOBBLE * (2 * unit(mix(seed ^ currency.code.charCodeAt(0), day)) - 1);
  return Math.round((minor / currency.minorPerCent) * wobble);
}

/** The same value in another currency, as a processor offers it: dearer by its markup. */
export function quoteOf(minor: number, from: Currency, to: Currency, markup: number): number {
  return Math.round(((minor * to.minorPerCent) / from.minorPerCent) * (1 + markup));
}

import { Fault } from './fault.ts';

/** An exact decimal number: `units` × 10^-`scale`. */
export interface Decimal {
  readonly units: bigint;
  /** Digits after the point, zeros at the end included; never negative. */
  readonly scale: number;
}

/** JSON's grammar of numbers (RFC 8259, section 6). */
const JSON_NUMBER = /^(-?(?:0|[1-9]\d*))(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** A double ends at 1e308; text beyond any double is no amount, and would expand without end. */
const EXPONENT_MAX = 400;
const TEXT_MAX = 1000;

/** Reads the text of a JSON number, exponents too; undefined when it is none or past all sense. */
export function parseDecimal(text: string): Decimal | undefined {
  const found = text.length <= TEXT_MAX ? JSON_NUMBER.exec(text) : null;
  if (!found) return undefined;
  const [, whole = '', fraction = '', exponentText = '0'] = found;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > EXPONENT_MAX) return undefined;
  const digits = BigInt(whole + fraction);
  const scale = fraction.length - exponent;
  return scale < 0 ? { units: digits * power(-scale), scale: 0 } : { units: digits, scale };
}

/** Plain decimal text, never an exponent, never `-0`. */
export function decimalText({ units, scale }: Decimal): string {
  const sign = units < 0n ? '-' : '';
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

export function rescale({ units, scale }: Decimal, larger: number): Decimal {
  return larger <= scale
    ? { units, scale }
    : { units: units * power(larger - scale), scale: larger };
}

export function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: rescale(a, scale).units + rescale(b, scale).units, scale };
}

/** An amount with its currency in its type: amounts of two currencies cannot be added. */
export interface Money<Currency extends string> extends Decimal {
  readonly currency: Currency;
}

export function money<const Currency extends string>(
  amount: Decimal,
  currency: Currency,
): Money<Currency> {
  return { units: amount.units, scale: amount.scale, currency };
}

/** Adds within one currency. Where the type is only `string`, the values are compared too. */
export function addMoney<Currency extends string>(
  a: Money<Currency>,
  b: Money<NoInfer<Currency>>,
): Money<Currency> {
  if (a.currency === b.currency) return money(plus(a, b), a.currency);
  throw new Fault(
    'INTERNAL',
    `An amount in '${b.currency}' was to be added to one in '${a.currency}'.`,
    'Please report this as a defect of Tieout.',
  );
}

/** Distance from a whole minor unit, in major units, below which digits are a double's noise. */
const NOISE_SCALE = 9;

/**
 * The nearest whole minor unit when the amount lies within 1e-9 of it (0.1 + 0.2 is sent as
 * 0.30000000000000004), else the amount as it is; zeros past the minor unit are no digits.
 */
export function settle(amount: Decimal, minorDigits: number): { amount: Decimal; noisy: boolean } {
  if (amount.scale <= minorDigits) return { amount: rescale(amount, minorDigits), noisy: false };
  const step = power(amount.scale - minorDigits);
  const nearest = roundedQuotient(amount.units, step);
  const rest = amount.units - nearest * step;
  const distance = rest < 0n ? -rest : rest;
  if (distance * power(NOISE_SCALE) > power(amount.scale)) {
    return { amount: withoutTrailingZeros(amount, minorDigits), noisy: false };
  }
  return { amount: { units: nearest, scale: minorDigits }, noisy: rest !== 0n };
}

/**
 * Text of an amount that needs no arithmetic: no exponent and at most the minor unit's digits. It
 * gives what `settle` and `decimalText` give, a hundred times as fast; undefined for all others.
 */
export function plainAmountText(sent: string, minorDigits: number): string | undefined {
  const point = sent.indexOf('.');
  if (point < 0) {
    if (sent.includes('e')) return undefined;
    return minorDigits === 0 ? sent : `${sent}.${'0'.repeat(minorDigits)}`;
  }
  const missing = minorDigits - (sent.length - point - 1);
  if (missing < 0 || sent.includes('e')) return undefined;
  return missing === 0 ? sent : sent + '0'.repeat(missing);
}

function withoutTrailingZeros(amount: Decimal, fewest: number): Decimal {
  let { units, scale } = amount;
  while (scale > fewest && units % 10n === 0n) {
    units /= 10n;
    scale -= 1;
  }
  return { units, scale };
}

/** Half goes away from zero: it only decides which neighbour the distance is measured to. */
function roundedQuotient(units: bigint, step: bigint): bigint {
  const half = units < 0n ? -step / 2n : step / 2n;
  return (units + half) / step;
}

function power(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

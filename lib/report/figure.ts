import { minorUnits } from '../model/currency.ts';
import { decimalText, parseDecimal, rescale } from '../model/money.ts';

/** U+2212: as wide as a figure and as high as a plus, where a hyphen is neither. */
const MINUS = '\u2212';

/** `12345` as `12,345`. */
export function countText(count: number): string {
  return grouped(String(count));
}

/** `1 row`, `12,345 rows`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/**
 * An amount with thousands apart, a true minus and the decimals of its currency; every further
 * digit that was sent stays. What is no number comes back as it is.
 */
export function amountText(amount: string, currency: string): string {
  const decimal = parseDecimal(amount);
  if (decimal === undefined) return amount;
  return grouped(decimalText(rescale(decimal, minorUnits(currency) ?? 0))).replace('-', MINUS);
}

export function isAmount(text: string): boolean {
  return parseDecimal(text) !== undefined;
}

/** `transactions` and `credit-memos` as a person calls one and many of them. */
export function recordNoun(collection: string, count: number): string {
  const many = collection.replaceAll('-', ' ');
  return count === 1 ? many.replace(/s$/, '') : many;
}

/** `refund-exceeds-parent` as `Refund exceeds parent`. */
export function title(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function grouped(figures: string): string {
  return figures.replace(/^-?\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
}

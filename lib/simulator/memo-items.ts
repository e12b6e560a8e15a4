import { type Currency, chargeOf, USD } from './currencies.ts';
import { below, chance, mix, pick } from './random.ts';

/** A line of a credit memo; amounts are whole minor units. */
export interface MemoItem {
  readonly description: string;
  readonly unitPrice: number;
  readonly quantity: number;
  readonly price: number;
  readonly tax: MemoTax | undefined;
}

export interface MemoTax {
  readonly amount: number;
  /** Overall rate as decimal text. */
  readonly rate: string;
  /** American sales tax goes to four treasuries; undefined elsewhere. */
  readonly shares:
    | readonly [state: number, county: number, city: number, special: number]
    | undefined;
}

/** Texas: 6.25 % for the state, 2 % for county, city and special district together. */
const SALES_TAX = { total: 825, shares: [625, 50, 125] } as const;
const VAT_BASIS_POINTS = 2000;
const TAXED_SHARE = 0.7;
const PRODUCTS = [
  'Headphones',
  'Desk lamp',
  'Yearly plan, unused months',
  'Coffee beans',
  'Gift card',
];

export function memoItems(hash: number, currency: Currency): readonly MemoItem[] {
  const isTaxed = chance(mix(hash, 1), TAXED_SHARE);
  return Array.from({ length: 1 + below(mix(hash, 2), 3) }, (_, line) => {
    const draw = mix(hash, 8 + line);
    const unitPrice = chargeOf(draw, currency);
    const quantity = chance(mix(draw, 1), 0.7) ? 1 : 2 + below(mix(draw, 2), 3);
    const price = unitPrice * quantity;
    const tax = isTaxed ? taxOf(price, currency) : undefined;
    return { description: pick(mix(draw, 3), PRODUCTS), unitPrice, quantity, price, tax };
  });
}

/** One untaxed line that credits exactly what a refund pays back. */
export function refundItem(price: number): readonly MemoItem[] {
  const description = 'Refunded purchase';
  return [{ description, unitPrice: price, quantity: 1, price, tax: undefined }];
}

function taxOf(price: number, currency: Currency): MemoTax {
  if (currency !== USD) {
    const amount = Math.round((price * VAT_BASIS_POINTS) / 10_000);
    return { amount, rate: '0.2', shares: undefined };
  }
  const amount = Math.round((price * SALES_TAX.total) / 10_000);
  const [state, county, city] = SALES_TAX.shares.map((share) =>
    Math.floor((amount * share) / SALES_TAX.total),
  ) as [number, number, number];
  return { amount, rate: '0.0825', shares: [state, county, city, amount - state - county - city] };
}

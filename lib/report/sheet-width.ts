import { amountText, countText } from './figure.ts';
import type { Movement, Volume } from './summary.ts';

type Figures = Volume & { readonly currency: string };

/** Characters of the widest count and amount: so much room has each sheet, and no line is broken. */
export function widest(figures: readonly Figures[]): number {
  const counts = figures.map(({ count }) => countText(count).length);
  const amounts = figures.map(({ amount, currency }) => amountText(amount, currency).length);
  return Math.max(0, ...counts) + Math.max(0, ...amounts);
}

export function volumesOf({ currency, moneyIn, moneyOut }: Movement): readonly Figures[] {
  return [moneyIn, moneyOut].map((volume) => ({ currency, ...volume }));
}

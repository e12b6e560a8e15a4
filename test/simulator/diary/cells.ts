import type { Row } from '../seen.ts';

export const DIGITS: Readonly<Record<string, number>> = { USD: 2, EUR: 2, GBP: 2, JPY: 0, KWD: 3 };

/** The currency that an amount is in, where it is not simply called `currency`. */
const CURRENCIES: Readonly<Record<string, string>> = {
  purchaseAmount: 'purchaseCurrency',
  requestAmount: 'requestCurrency',
  reportAmount: 'reportCurrency',
};

/** What a spreadsheet would take for a formula. */
const FORMULA = /^[=+\-@\t\r']/;

/** A member of a row as a CSV file shows it, by the name of its column. */
export function cellOf(row: Row, column: string): string {
  // biome-ignore lint/suspicious/noExplicitAny: whatever a row holds at that place.
  const value: any = column.split('.').reduce((part: any, name) => part?.[name], row);
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join(' ');
  if (typeof value === 'number') return numberText(row, column, value);
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return FORMULA.test(text) ? `'${text}` : text;
}

function numberText(row: Row, column: string, value: number): string {
  const isMoney = column === 'amount' || column.endsWith('Amount');
  if (!isMoney) return String(value);
  return value.toFixed(DIGITS[row[CURRENCIES[column] ?? 'currency']]);
}

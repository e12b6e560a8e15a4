import type { Row } from '../seen.ts';
import { DIGITS } from './cells.ts';

/** ` (-12.50 USD)`: what a change means in money; '' where it means nothing, or cannot be said. */
export function effectOf(old: Row, fresh: Row): string {
  const { currency } = fresh;
  if (old['currency'] !== currency) return '';
  const scale = 10 ** DIGITS[currency]!;
  const minor = Math.round(worthOf(fresh) * scale) - Math.round(worthOf(old) * scale);
  return minor === 0 ? '' : ` (${(minor / scale).toFixed(DIGITS[currency])} ${currency})`;
}

/** Money that came in, or went out; of a memo, the credit that it gives. */
function worthOf(row: Row): number {
  const { type, status, result, amount, totalAmount } = row;
  if (totalAmount !== undefined) {
    return ['draft', 'quotation', 'voided'].includes(status) ? 0 : totalAmount;
  }
  if (result !== 'approved' || status === 'voided') return 0;
  if (type === 'sale' || type === 'capture') return amount;
  return type === 'refund' || type === 'credit' ? -amount : 0;
}

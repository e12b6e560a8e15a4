import { MINOR_UNITS } from '../model/currency.ts';
import { COLLECTIONS } from '../model/records.ts';
import { MONEY } from './tables.ts';

interface Moment {
  /** ISO 8601. */
  readonly judgedAt: string;
  /** The business date of that instant. */
  readonly judgedDate: string;
  readonly isNight: boolean;
  readonly firstDay: string;
  readonly lastDay: string;
  readonly filter: string;
  readonly collections: readonly string[];
}

/** Currencies that ISO 4217 gives a minor unit; others (crypto) are not in it. */
export function minorUnitTable(): string {
  const rows = [...MINOR_UNITS].map(([currency, digits]) => `('${currency}', ${digits})`);
  return `CREATE TABLE minor_units AS
    SELECT * FROM (VALUES ${rows.join(', ')}) t(currency, digits)`;
}

/** The digits of the currency's minor unit, and further ones only where they are not zero. */
export const MONEY_TEXT: readonly string[] = [
  // No join: what nobody looks at must cost nothing, and texts of amounts are hardly ever looked at.
  // No map: each of its entries would be planned anew wherever the macro stands.
  `CREATE MACRO minor_digits(code) AS
     TRY_CAST(left(split_part('${digitsByCurrency()}', ' ' || code, 2), 1) AS INTEGER)`,
  // An argument is planned as often as it is named.
  `CREATE MACRO number_text(whole, decimals, digits) AS
     rtrim(whole || '.' || rpad(decimals, greatest(length(decimals), digits)::INTEGER, '0'), '.')`,
  `CREATE MACRO money_text(amount, code) AS number_text(
     split_part(amount::VARCHAR, '.', 1),
     rtrim(split_part(amount::VARCHAR, '.', 2), '0'),
     coalesce(minor_digits(code), 0)
   )`,
];

/** ` AED2 AFN2 ALL2`: the digit stands right after the code. */
function digitsByCurrency(): string {
  return [...MINOR_UNITS].map(([currency, digits]) => ` ${currency}${digits}`).join('');
}

/** Words that questions have in common. */
export function macros(moment: Moment): readonly string[] {
  return [
    `CREATE MACRO judged_at() AS TIMESTAMP '${moment.judgedAt}'`,
    `CREATE MACRO judged_date() AS DATE '${moment.judgedDate}'`,
    `CREATE MACRO first_day() AS DATE '${moment.firstDay}'`,
    `CREATE MACRO last_day() AS DATE '${moment.lastDay}'`,
    `CREATE MACRO is_whole() AS ${isWhole(moment)}`,
    isDue(moment),
    // Each rounding has a type of its own, and none of them holds the others.
    `CREATE MACRO rounded(amount, digits) AS CASE digits
       ${[0, 2, 3, 4].map((n) => `WHEN ${n} THEN round(amount, ${n})::${MONEY}`).join(' ')} END`,
    ...MONEY_TEXT,
  ];
}

/** Whether no row was left out: else none can be said to be missing. */
function isWhole({ filter, collections, judgedDate, lastDay }: Moment): boolean {
  return (
    filter === '' && lastDay < judgedDate && COLLECTIONS.every((name) => collections.includes(name))
  );
}

/**
 * Whether a row is past its grace. The night judges each business day once, when all of it is past;
 * a run by hand judges whatever is past when it starts.
 */
function isDue({ isNight }: Moment): string {
  const body = isNight
    ? `businessDate + (days)::INTEGER < judged_date()`
    : `createdTime + to_days((days)::INTEGER) <= judged_at()`;
  return `CREATE MACRO is_due(createdTime, businessDate, days) AS (${body})`;
}

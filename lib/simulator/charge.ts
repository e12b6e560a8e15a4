import type { Instant } from '../model/instant.ts';
import { type Currency, chargeOf, currencyOf, EUR, quoteOf, USD } from './currencies.ts';
import type { Family, Member } from './families.ts';
import { debitCurrency, type Gateway, gatewayOf } from './gateways.ts';
import { chance, mix, unit } from './random.ts';

/** What the rows of a family have in common: who pays what, with what, through whom. */
export interface Charge {
  readonly customer: number;
  /** Charged, whole minor units. */
  readonly amount: number;
  readonly currency: Currency;
  /** Asked for; differs from what was charged after a currency conversion or an adjustment. */
  readonly requestAmount: number;
  readonly requestCurrency: Currency;
  readonly dcc: Conversion | undefined;
  readonly gateway: Gateway | undefined;
}

export interface Conversion {
  readonly quoteAmount: number;
  readonly quoteCurrency: Currency;
  readonly isSelected: boolean;
}

/** Whom a world's rows belong to: a crowd that comes again, and people who come once. */
export interface Customers {
  readonly crowdCount: number;
  readonly rowCount: number;
}

/** What the processor earns on a conversion. */
export const DCC_MARKUP = 0.03;
/** The amount of every row in a dense second that is to have but one. */
const UNIFORM_CENTS = 1999;
/** One in six rows is somebody new; the power makes a few come back very often. */
const ROWS_PER_CUSTOMER = 6;
const CROWD_SKEW = 2.5;
const CROWD_MIN = 20;

export function createCustomers(rowCount: number): Customers {
  const crowdCount = Math.max(CROWD_MIN, Math.floor(rowCount / ROWS_PER_CUSTOMER));
  return { crowdCount, rowCount };
}

/** Memos that no refund pays out belong to people of their own. */
export function memoCustomer({ crowdCount, rowCount }: Customers, run: number): number {
  return crowdCount + rowCount + run;
}

export function chargeOfFamily(family: Family, customers: Customers): Charge {
  const { hash, pattern, isUniform } = family;
  const customer = customerOf(family, customers);
  const kind = mix(hash, 2);
  const requestCurrency = isUniform
    ? USD
    : pattern.flavour === 'debit'
      ? debitCurrency(kind)
      : currencyOf(kind);
  const requestAmount = isUniform ? UNIFORM_CENTS : chargeOf(mix(hash, 3), requestCurrency);
  const plain = { customer, requestAmount, requestCurrency, dcc: undefined };
  const charged = { amount: requestAmount, currency: requestCurrency };
  const gateway = gatewayOf(pattern.flavour, requestCurrency, mix(hash, 4));

  if (pattern.flavour === 'adjusted') {
    const amount = Math.ceil(requestAmount * (0.5 + unit(mix(hash, 5)) / 4));
    return { ...plain, ...charged, amount, gateway };
  }
  if (pattern.flavour === 'dcc' || pattern.flavour === 'dcc-rejected') {
    const quoteCurrency = requestCurrency === EUR ? USD : EUR;
    const quoteAmount = quoteOf(requestAmount, requestCurrency, quoteCurrency, DCC_MARKUP);
    const isSelected = pattern.flavour === 'dcc';
    const dcc = { quoteAmount, quoteCurrency, isSelected };
    const taken = isSelected ? { amount: quoteAmount, currency: quoteCurrency } : charged;
    return { ...plain, ...taken, dcc, gateway };
  }
  return { ...plain, ...charged, gateway };
}

function customerOf(family: Family, { crowdCount }: Customers): number {
  const { flavour } = family.pattern;
  // Deposits carry no invoice to tell two of one person apart; credited customers' memos are
  // numbered within one family. Both belong to people who come once.
  if (family.isCredited || flavour === 'deposit') return crowdCount + family.rows[0]!;
  return Math.floor(unit(mix(family.hash, 1)) ** CROWD_SKEW * crowdCount);
}

/** Minor units of one row: its eighths of the charge, so that parts never exceed the whole. */
export function partOf(amount: number, { role }: Pick<Member, 'role'>): number {
  return Math.floor((amount * role.to) / 8) - Math.floor((amount * role.from) / 8);
}

/** Whether the instrument a hash stands for is the customer's second card. */
export function usesSecondCard(hash: number): boolean {
  return chance(mix(hash, 6), 0.2);
}

export type CreatedAt = (index: number) => Instant;

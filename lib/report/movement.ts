import { CONTROL_TOTAL_COLUMNS, type ControlTotalColumn } from '../columns/control-totals.ts';
import type { TotalLine } from '../contract.ts';
import { minorUnits } from '../model/currency.ts';
import { type Decimal, decimalText, parseDecimal, plus, rescale } from '../model/money.ts';
import type {
  DayFigures,
  GatewayMovement,
  MemoTotal,
  Movement,
  TransactionTotal,
} from './summary.ts';

/** A line of control totals by the names of its columns; every cell of the key is text. */
type Key = Readonly<Record<ControlTotalColumn, string>>;

const FIGURES: readonly ControlTotalColumn[] = ['count', 'amount', 'reportAmount'];
const KEY_COLUMNS = CONTROL_TOTAL_COLUMNS.filter((name) => !FIGURES.includes(name));

const MONEY_IN = new Set(['sale', 'capture']);
const MONEY_OUT = new Set(['refund', 'credit']);

/** Types in the order of a payment's life; others come after them. */
const TYPES = ['sale', 'authorize', 'capture', 'refund', 'credit', 'void'];

/** What went through stands first. */
const RESULTS = ['approved', 'declined', 'unknown'];

/** Measures of memos in the order in which a credit comes and goes. */
const MEMO_MEASURES = [
  'issued',
  'allocated-to-invoices',
  'allocated-to-transactions',
  'voided',
  'unused',
  'brought-forward',
  'carried-forward',
];

/** Days cannot be added up where a balance is handed from one to the next. */
const BALANCES = new Set(['brought-forward', 'carried-forward']);

interface Entry {
  readonly key: Key;
  readonly count: number;
  readonly amount: Decimal;
}

/** Transactions by the day they were created, by type and result, largest currency first. */
export function transactionTotals(totals: readonly TotalLine[]): readonly TransactionTotal[] {
  const created = entries(totals, (key) => key.measure === 'created');
  const groups = grouped(created, ({ currency, type, result, voided }) => [
    currency,
    type,
    result,
    voided,
  ]);
  const rank = currencyRank(created);
  return groups
    .map(({ key, count, amount }) => ({
      currency: key.currency,
      type: key.type,
      result: key.result,
      voided: key.voided === 'true',
      count,
      amount: moneyText(amount, key.currency),
    }))
    .sort(
      (a, b) =>
        rank(a.currency) - rank(b.currency) ||
        place(TYPES, a.type) - place(TYPES, b.type) ||
        byText(a.type, b.type) ||
        place(RESULTS, a.result) - place(RESULTS, b.result) ||
        byText(a.result, b.result) ||
        Number(a.voided) - Number(b.voided),
    );
}

/** A range has the balance brought forward to its first day and carried forward from its last. */
export function memoTotals(totals: readonly TotalLine[]): readonly MemoTotal[] {
  const memos = entries(totals, (key) => key.collection === 'credit-memos');
  const days = memos.map(({ key }) => key.businessDate).sort();
  const [firstDay, lastDay] = [days[0], days.at(-1)];
  const counted = memos.filter(({ key }) => {
    if (!BALANCES.has(key.measure)) return true;
    return key.businessDate === (key.measure === 'brought-forward' ? firstDay : lastDay);
  });
  const rank = currencyRank(memos.filter(({ key }) => key.measure === 'issued'));
  return grouped(counted, ({ currency, measure }) => [currency, measure])
    .map(({ key, count, amount }) => ({
      currency: key.currency,
      measure: key.measure,
      count,
      amount: moneyText(amount, key.currency),
    }))
    .sort(
      (a, b) =>
        rank(a.currency) - rank(b.currency) ||
        byText(a.currency, b.currency) ||
        place(MEMO_MEASURES, a.measure) - place(MEMO_MEASURES, b.measure),
    );
}

/** What came in and went out, by currency. */
export function movements(totals: readonly TotalLine[]): readonly Movement[] {
  const moving = entries(totals, isMoney);
  const rank = currencyRank(moving);
  return grouped(moving, ({ currency }) => [currency])
    .map(({ key }) => key.currency)
    .sort((a, b) => rank(a) - rank(b))
    .map((currency) => movement(moving, currency));
}

/** The same by gateway account within each currency, the account with most money in first. */
export function gatewayMovements(totals: readonly TotalLine[]): readonly GatewayMovement[] {
  const moving = entries(totals, isMoney);
  const rank = currencyRank(moving);
  return grouped(moving, ({ currency, gatewayAccountId }) => [currency, gatewayAccountId])
    .map(({ key: { currency, gatewayAccountId } }) => {
      const own = moving.filter(({ key }) => key.gatewayAccountId === gatewayAccountId);
      return { gatewayAccountId, ...movement(own, currency) };
    })
    .sort(
      (a, b) =>
        rank(a.currency) - rank(b.currency) ||
        -compareAmounts(a.moneyIn.amount, b.moneyIn.amount) ||
        byText(a.gatewayAccountId, b.gatewayAccountId),
    );
}

/** A day of the picture, from the control totals of its snapshot. */
export function dayFigures(
  day: string,
  totals: readonly TotalLine[],
  discrepancyCount: number,
): DayFigures {
  const moneyIn = movements(totals).map(({ currency, moneyIn }) => ({ currency, ...moneyIn }));
  return { day, missing: false, moneyIn, discrepancyCount };
}

function movement(moving: readonly Entry[], currency: string): Movement {
  const own = moving.filter(({ key }) => key.currency === currency);
  const moneyIn = added(own.filter(({ key }) => MONEY_IN.has(key.type)));
  const moneyOut = added(own.filter(({ key }) => MONEY_OUT.has(key.type)));
  const net = plus(moneyIn.amount, { ...moneyOut.amount, units: -moneyOut.amount.units });
  return {
    currency,
    moneyIn: { count: moneyIn.count, amount: moneyText(moneyIn.amount, currency) },
    moneyOut: { count: moneyOut.count, amount: moneyText(moneyOut.amount, currency) },
    net: moneyText(net, currency),
  };
}

function isMoney({ measure, type, result, voided, currency }: Key): boolean {
  const moves = MONEY_IN.has(type) || MONEY_OUT.has(type);
  return (
    measure === 'created' && result === 'approved' && voided !== 'true' && moves && currency !== ''
  );
}

function entries(totals: readonly TotalLine[], wanted: (key: Key) => boolean): readonly Entry[] {
  return totals
    .map(({ key, count, amount }) => ({
      key: Object.fromEntries(KEY_COLUMNS.map((name, at) => [name, key[at] ?? ''])) as Key,
      count,
      amount: parseDecimal(amount) ?? { units: 0n, scale: 0 },
    }))
    .filter(({ key }) => wanted(key));
}

/** Adds up what shares the named cells; the first key of a group stands for it. */
function grouped(lines: readonly Entry[], cells: (key: Key) => readonly string[]): Entry[] {
  const groups = new Map<string, Entry[]>();
  for (const line of lines) {
    const name = JSON.stringify(cells(line.key));
    const group = groups.get(name);
    if (group) group.push(line);
    else groups.set(name, [line]);
  }
  return [...groups.values()].map((group) => ({ key: group[0]!.key, ...added(group) }));
}

function added(lines: readonly Entry[]): { count: number; amount: Decimal } {
  return lines.reduce(
    (sum, { count, amount }) => ({ count: sum.count + count, amount: plus(sum.amount, amount) }),
    { count: 0, amount: { units: 0n, scale: 0 } },
  );
}

/** Amounts of two currencies have no order; how often a currency is used has. None comes last. */
function currencyRank(lines: readonly Entry[]): (currency: string) => number {
  const counts = grouped(lines, ({ currency }) => [currency]).sort(
    (a, b) =>
      Number(a.key.currency === '') - Number(b.key.currency === '') ||
      b.count - a.count ||
      byText(a.key.currency, b.key.currency),
  );
  const ranks = new Map(counts.map(({ key }, at) => [key.currency, at]));
  return (currency) => ranks.get(currency) ?? ranks.size;
}

function moneyText(amount: Decimal, currency: string): string {
  return decimalText(rescale(amount, minorUnits(currency) ?? 0));
}

function compareAmounts(a: string, b: string): number {
  const [x, y] = [parseDecimal(a)!, parseDecimal(b)!];
  const { units } = plus(x, { ...y, units: -y.units });
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

function place(order: readonly string[], name: string): number {
  const at = order.indexOf(name);
  return at < 0 ? order.length : at;
}

/** By code units, not by a language: the same order on every machine. */
function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

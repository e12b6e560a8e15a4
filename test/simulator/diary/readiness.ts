import { COLLECTIONS } from '../../../lib/model/records.ts';
import type { World } from '../../../lib/simulator/table.ts';
import type { Row } from '../seen.ts';
import { type Chain, daysAfter, type Played, type Ready, rowsOn } from './chain.ts';

/** What is unknown after a week is a discrepancy, and waits for nobody. */
const SETTLE_DAYS = 7;
const CARD_DAYS = 1;
const OTHER_DAYS = 7;
/** How long a gateway account counts as one that reconciles. */
const MEMORY_NIGHTS = 30;

export interface Readiness {
  /** `day collection: state since`, in order. */
  readonly lines: readonly string[];
  readonly readiness: ReadonlyMap<string, Ready>;
  readonly accounts: ReadonlySet<string>;
}

/** Of the night's own day and those that were not settled yet: whether anything may still come. */
export function readinessOn(world: World, before: Chain, night: Played): Readiness {
  const rowsOf = (day: string) => shown(world, day, night);
  const matched = rowsOf(night.day).filter((row) => row['isReconciled']);
  const accounts = new Set<string>(matched.map((row) => row['gatewayAccountId']));
  const known = new Set(
    [accounts, ...before.accounts.slice(-MEMORY_NIGHTS)].flatMap((one) => [...one]),
  );
  const waiting = [...before.readiness].filter(([, { state }]) => state === 'provisional');
  const own = COLLECTIONS.map((collection) => `${night.day} ${collection}`);
  const readiness = new Map(
    [...waiting.map(([name]) => name), ...own].map((name): [string, Ready] => {
      const [day, collection] = name.split(' ') as [string, string];
      const isReady =
        collection === 'credit-memos' ||
        daysAfter(day, SETTLE_DAYS) <= night.day ||
        isDone(world, rowsOf(day), night, known);
      const state = isReady ? 'settled' : 'provisional';
      const prior = before.readiness.get(name);
      return [name, { state, since: prior?.state === state ? prior.since : night.day }];
    }),
  );
  const lines = [...readiness].map(([name, { state, since }]) => `${name}: ${state} ${since}`);
  return { lines: lines.sort(), readiness, accounts };
}

function shown({ transactions }: World, day: string, { at }: Played): readonly Row[] {
  const missing = new Set(transactions.missingAt?.(at));
  return rowsOn(transactions, day)
    .filter((index) => !missing.has(index))
    .map((index) => transactions.row(index, at) as Row);
}

function isDone(
  world: World,
  rows: readonly Row[],
  night: Played,
  accounts: ReadonlySet<string>,
): boolean {
  const isOverdue = (row: Row) => {
    const graceDays = row['paymentInstrument'].method === 'payment-card' ? CARD_DAYS : OTHER_DAYS;
    const day = row['createdTime'].slice(0, 10);
    return row['result'] === 'unknown' && daysAfter(day, graceDays) <= night.day;
  };
  const money = rows.filter(
    (row) =>
      accounts.has(row['gatewayAccountId']) &&
      row['result'] === 'approved' &&
      ['sale', 'capture', 'refund', 'credit'].includes(row['type']) &&
      !row['isProcessedOutside'] &&
      !isVoided(world, row, night),
  );
  const matched = money.filter((row) => row['isReconciled']);
  return !rows.some(isOverdue) && matched.length >= money.length * 0.99;
}

function isVoided({ transactions }: World, row: Row, { at }: Played): boolean {
  if (row['status'] === 'voided') return true;
  return row['childTransactions'].some((id: string) => {
    const child = transactions.row(transactions.indexOf(id)!, at);
    return child['type'] === 'void' && child['result'] === 'approved';
  });
}

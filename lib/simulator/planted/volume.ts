import { Fault } from '../../model/fault.ts';
import type { Instant } from '../../model/instant.ts';
import { COLLECTIONS, type CollectionName, type JsonObject } from '../../model/records.ts';
import { HOUR_MS, momentText } from '../moments.ts';
import { THE_BEGINNING, THE_END } from './bed.ts';
import type { Ground } from './ground.ts';
import type { Plant } from './plant.ts';

/** Half of what the rule calls an outlier: weekdays differ, and so do weeks. */
const LEFT_SHARE = 0.1;
/** Midday is of the same date in UTC as where the day begins, wherever on Earth that is. */
const MIDDAY_MS = 12 * HOUR_MS;

/** One day can have too little money in only once, however many plants are asked for. */
export const VOLUME_PLANTS: readonly Plant[] = [
  {
    name: 'volume-outlier/hardly-any-money-in',
    sight: 'A day has fewer than a fifth of the payments that such days have.',
    plant(ground, round) {
      if (round > 0) return [];
      empty(ground);
      const midday = (ground.day.start + MIDDAY_MS) as Instant;
      const recordId = momentText(midday).slice(0, 10);
      return [{ rule: 'volume-outlier', collection: 'days', recordId }];
    },
  },
];

/** Takes whole families out of the world, so that nobody misses a parent, a child or a refund. */
function empty(ground: Ground): void {
  const { transactions } = ground.world;
  const [from, to] = [ground.day.start, ground.day.end].map((at) => transactions.firstAt(at));
  const hidden = { transactions: new Set<number>(), 'credit-memos': new Set<number>() };
  let [count, left] = [0, 0];
  for (let index = from!; index < to!; index++) {
    if (!isMoneyIn(transactions.row(index, THE_END))) continue;
    count += 1;
    if (hidden.transactions.has(index)) continue;
    const family = familyOf(ground, index);
    if (isNeeded(ground, family)) left += 1;
    else {
      for (const row of family.transactions) hidden.transactions.add(row);
      for (const memo of family['credit-memos']) hidden['credit-memos'].add(memo);
    }
  }
  if (left > count * LEFT_SHARE) {
    throw new Fault(
      'WORLD_TOO_SMALL',
      `${left} of the day's ${count} payments are needed by other faults.`,
      'Plant volume-outlier by itself, or into a day of more rows.',
    );
  }
  for (const collection of COLLECTIONS) {
    for (const index of hidden[collection]) {
      ground.hide(collection, { index, since: THE_BEGINNING, until: THE_END });
    }
  }
}

function isMoneyIn(row: JsonObject): boolean {
  return row['result'] === 'approved' && (row['type'] === 'sale' || row['type'] === 'capture');
}

/** A row with all that its parents and children lead to, and the memos they paid out. */
type Family = Readonly<Record<CollectionName, ReadonlySet<number>>>;

function isNeeded(ground: Ground, family: Family): boolean {
  return COLLECTIONS.some((collection) =>
    [...family[collection]].some((index) => ground.isTaken(collection, index)),
  );
}

function familyOf({ world, memos }: Ground, index: number): Family {
  const found = new Set<number>();
  const credits = new Set<number>();
  const open = [index];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    const row = world.transactions.row(next, THE_END);
    for (const memo of memos.behind(String(row['id']))) credits.add(memo);
    const named = [row['parentTransactionId'], ...(row['childTransactions'] as string[])];
    for (const id of named) {
      const relative = typeof id === 'string' ? world.transactions.indexOf(id) : undefined;
      if (relative !== undefined) open.push(relative);
    }
  }
  return { transactions: found, 'credit-memos': credits };
}

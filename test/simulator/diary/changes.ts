import { COLLECTIONS, type CollectionName } from '../../../lib/model/records.ts';
import type { World } from '../../../lib/simulator/table.ts';
import { isStatusBackwards } from '../judge/nights.ts';
import type { Row } from '../seen.ts';
import { cellOf } from './cells.ts';
import { type Chain, type Played, rowsOn, tableOf } from './chain.ts';
import { effectOf } from './effect.ts';

/** A night looks back that far beyond the one before it. */
const OVERLAP_MS = 5 * 60_000;

/** Members that move with any other: alone they say nothing. */
const NO_NEWS = ['id', 'businessDate', 'createdTime', 'updatedTime', 'revision'];

/** Not to be changed once they were there. */
const FINAL = ['amount', 'currency', 'type', 'parentTransactionId', 'customerId', 'totalAmount'];

/** The first of these that changed is told what the change means in money. */
const BEARERS = ['amount', 'totalAmount', 'result', 'status', 'type'];

export type Columns = Readonly<Record<CollectionName, readonly string[]>>;

export interface Changes {
  /** `collection record day: kind field old -> new (effect)`, in order. */
  readonly lines: readonly string[];
  readonly texts: Chain['texts'];
  /** Rows that changed, whether or not it shows. */
  readonly rowCount: number;
}

/** Lays what was published beside what the night sees. */
export function changesOn(world: World, before: Chain, night: Played, columns: Columns): Changes {
  const lines: string[] = [];
  const texts = {
    transactions: new Map<number, string>(),
    'credit-memos': new Map<number, string>(),
  };
  let rowCount = 0;
  for (const collection of COLLECTIONS) {
    const table = tableOf(world, collection);
    const missing = new Set(table.missingAt?.(night.at));
    for (const day of [...before.nights.map((one) => one.day), night.day]) {
      for (const index of rowsOn(table, day)) {
        if (missing.has(index)) continue;
        const known = before.texts[collection].get(index);
        const text = table.text(index, night.at);
        // The same text is kept once for all nights.
        texts[collection].set(index, known === text ? known : text);
        if (known === undefined || known === text) continue;
        rowCount += 1;
        const [old, fresh] = [JSON.parse(known), JSON.parse(text)] as [Row, Row];
        assertSwept(fresh, before);
        const head = `${collection} ${fresh['id']} ${day}`;
        lines.push(...differing(old, fresh, columns[collection]).map((said) => `${head}: ${said}`));
      }
    }
  }
  return { lines: lines.sort(), texts, rowCount };
}

/** The world is to play by the rules: what changes says when. */
function assertSwept(fresh: Row, { nights }: Chain): void {
  const from = nights.at(-1)!.at - OVERLAP_MS;
  if (Date.parse(fresh['updatedTime']) >= from) return;
  throw new Error(`${fresh['id']} changed after ${fresh['updatedTime']}.`);
}

function differing(old: Row, fresh: Row, columns: readonly string[]): readonly string[] {
  const changed = columns
    .filter((name) => !NO_NEWS.includes(name))
    .map((name) => [name, cellOf(old, name), cellOf(fresh, name)] as const)
    .filter(([, was, is]) => was !== is);
  const names = changed.map(([name]) => name);
  const bearer = BEARERS.find((name) => names.includes(name));
  const effect = effectOf(old, fresh);
  return changed.map(
    ([name, was, is]) =>
      `${kindOf(name, was, is)} ${name} ${was} -> ${is}${name === bearer ? effect : ''}`,
  );
}

function kindOf(name: string, was: string, is: string): 'correction' | 'lifecycle' {
  const isCorrection =
    (FINAL.includes(name) && was !== '') ||
    (name === 'result' && was !== 'unknown') ||
    (name === 'settlementTime' && was !== '') ||
    (name === 'status' && isStatusBackwards(was, is));
  return isCorrection ? 'correction' : 'lifecycle';
}

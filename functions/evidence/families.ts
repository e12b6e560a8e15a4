import { isId } from '../../lib/model/ids.ts';
import type { CollectionName } from '../../lib/model/records.ts';
import { lookup } from '../../lib/rebilly/lookup.ts';
import type { Database } from '../../lib/reconcile/duckdb.ts';
import type { Layer } from '../../lib/reconcile/layers.ts';
import { namedIds, recordIds } from '../../lib/reconcile/named-ids.ts';
import type { Station } from '../station.ts';
import type { Pile } from './pile.ts';

/** A row's parent, that one's parent, and the children of either. */
const GENERATIONS = 3;

/** Records that are held at once. */
const BATCH_IDS = 1000;

/** Records that were asked for by id. */
export interface Fetched {
  readonly pile: Pile;
  /** Ids that the API does not return, by collection. */
  readonly absent: ReadonlyMap<CollectionName, Set<string>>;
  /** Asks for records, those that were asked for before too: their newest state counts. */
  fetch(collection: CollectionName, ids: readonly string[]): Promise<void>;
}

export function createFetched({ source }: Station, pile: Pile): Fetched {
  const absent = new Map<CollectionName, Set<string>>([
    ['transactions', new Set()],
    ['credit-memos', new Set()],
  ]);
  return {
    pile,
    absent,
    async fetch(collection, ids) {
      // An id that the API itself could not have names nothing that could be asked for.
      const askable = ids.filter(isId);
      for (let at = 0; at < askable.length; at += BATCH_IDS) {
        const found = await lookup(source, collection, askable.slice(at, at + BATCH_IDS));
        await pile.add(collection, [...found.records.values()]);
        for (const id of found.absent) absent.get(collection)!.add(id);
      }
    },
  };
}

/** Closes rows over their families: fetches whoever they name and is not among them. */
export async function fetchFamilies(
  database: Database,
  fetched: Fetched,
  seeds: readonly Layer[],
): Promise<void> {
  let naming = seeds;
  for (let generation = 1; generation <= GENERATIONS; generation += 1) {
    const known = recordIds([...seeds, fetched.pile.layer()], 'transactions');
    const answers = await database.ask(`${namedIds(naming)} EXCEPT (${known}) ORDER BY 1`);
    const gone = fetched.absent.get('transactions')!;
    const unknown = answers.map(({ id }) => id!).filter((id) => !gone.has(id));
    if (unknown.length === 0) return;
    await fetched.fetch('transactions', unknown);
    naming = [fetched.pile.layer()];
  }
}

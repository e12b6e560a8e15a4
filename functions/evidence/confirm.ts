import { unguard } from '../../lib/model/guard.ts';
import { COLLECTIONS, type CollectionName } from '../../lib/model/records.ts';
import { quoted } from '../../lib/reconcile/csv-text.ts';
import type { Database } from '../../lib/reconcile/duckdb.ts';
import { type Layer, layeredRows } from '../../lib/reconcile/layers.ts';
import { recordIds } from '../../lib/reconcile/named-ids.ts';
import type { FoundRecords } from '../../lib/reconcile/reconcile.ts';
import { unguarded } from '../../lib/reconcile/tables.ts';
import { fetchFamilies } from './families.ts';
import type { Ground } from './ground.ts';
import { fillIdTable } from './id-table.ts';
import type { JudgedDays } from './judged-days.ts';

/** Records that were read again, all in one go, before anything is said of them. */
export interface Confirmed {
  readonly ids: Set<string>;
  /** Those of them that are judged because they came of age. */
  readonly agedIds: Set<string>;
}

export interface ConfirmQuestion {
  readonly found: readonly FoundRecords[];
  /** Rows of this run: of the period, and changed ones. */
  readonly tonight: readonly Layer[];
  readonly earlier: readonly Layer[];
  readonly days: JudgedDays;
}

/**
 * A live shop moves while it is read, and what is known of an earlier day is a night old. Findings
 * on several records, and on what came of age, are judged again by what those records say now.
 * False when there was nothing left to ask.
 */
export async function confirm(
  ground: Ground,
  confirmed: Confirmed,
  { found, tonight, earlier, days }: ConfirmQuestion,
): Promise<boolean> {
  const { database, fetched } = ground;
  await fillIdTable(database, 'suspects', [
    ...found.flatMap(({ recordIds }) => recordIds),
    ...openIds(ground),
  ]);
  const aged = await ofAge(database, earlier, days);
  const several = found.filter(({ recordIds }) => recordIds.length > 1);
  const wanted = new Set([...several.flatMap(({ recordIds }) => recordIds), ...aged]);
  const unasked = [...wanted.difference(confirmed.ids)];
  if (unasked.length === 0) return false;

  await fillIdTable(database, 'suspects', unasked);
  const known = [...tonight, ...earlier, fetched.pile.layer()];
  const memoIds = await among(database, recordIds(known, 'credit-memos'));
  const isMemo = new Set(memoIds);
  await fetched.fetch('credit-memos', memoIds);
  await fetched.fetch(
    'transactions',
    unasked.filter((id) => !isMemo.has(id)),
  );
  for (const id of unasked) confirmed.ids.add(id);
  for (const id of aged) confirmed.agedIds.add(id);
  await fetchFamilies(database, fetched, [...tonight, fetched.pile.layer()]);
  return true;
}

/** What was wrong before may be over for no other reason than its age. */
function openIds({ carried }: Ground): string[] {
  return carried['prior-discrepancies'].map(({ recordId }) => unguard(recordId!));
}

/** Suspects among the rows that come of age tonight. */
async function ofAge(
  database: Database,
  earlier: readonly Layer[],
  { aged }: JudgedDays,
): Promise<readonly string[]> {
  if (aged.length === 0) return [];
  const onDays = `"businessDate" IN (${aged.map(quoted).join(', ')})`;
  const ids = COLLECTIONS.map(
    (collection: CollectionName) =>
      `SELECT ${unguarded('id')} AS id FROM ${layeredRows(earlier, collection, [])} WHERE ${onDays}`,
  );
  return among(database, ids.join(' UNION '));
}

async function among(database: Database, ids: string): Promise<string[]> {
  const answers = await database.ask(
    `SELECT id FROM suspects WHERE id IN (SELECT id FROM (${ids})) ORDER BY id`,
  );
  return answers.map(({ id }) => id!);
}

import { businessDate, type TimeZone } from '../calendar/business-day.ts';
import type { Manifest } from '../contract.ts';
import { type Instant, instantText } from '../model/instant.ts';
import { type Database, type DatabaseLimits, openDuckdb } from './duckdb.ts';
import { families } from './families.ts';
import type { LocalFile } from './files.ts';
import { loadInputs, loadTables } from './load.ts';
import { macros, minorUnitTable } from './macros.ts';
import { restatementTables } from './restatement.ts';

/** What the database is made from. */
export interface DatabaseOptions extends DatabaseLimits {
  readonly files: readonly LocalFile[];
  readonly manifest: Pick<Manifest, 'scope' | 'period'>;
  readonly judgedAt: Instant;
  /** The scheduled run judges timing by business day; one by hand judges by the hour. */
  readonly isNight: boolean;
}

/**
 * Opens a database in memory that holds a snapshot, for rules to ask:
 * - `all_transactions`, `all_memos`: every row known tonight, once: rows to judge, their context,
 *   and what earlier nights knew. `judged_transactions`, `judged_memos`: those to judge.
 * - `memo_items`, `memo_allocations`: of the rows in `all_memos`.
 * - `parents`: transactions with what is known of their children; `links`: whose child is whose.
 * - `comparisons`, `restatements`, `published_rows`: see restatement.ts.
 * - `absent`: what the API's own GET does not return; `gateways`, `published`, `volumes`,
 *   `prior_discrepancies`, `acknowledgements`: the files of `inputs/`.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const database = await openDuckdb(options);
  try {
    for (const statement of statements(options)) await database.run(statement);
  } catch (error) {
    database.close();
    throw error;
  }
  return database;
}

function statements(options: DatabaseOptions): readonly string[] {
  const { files, manifest, judgedAt, isNight } = options;
  const { scope, period } = manifest;
  const judgedDate = businessDate(judgedAt, scope.timezone as TimeZone);
  return [
    minorUnitTable(),
    ...macros({ judgedAt: instantText(judgedAt), judgedDate, isNight, ...scope, ...period }),
    ...loadInputs(files, scope),
    ...loadTables(files, scope),
    ...families(),
    ...restatementTables(files, scope),
  ];
}

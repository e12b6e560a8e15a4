import { quoted } from '../../lib/reconcile/csv-text.ts';
import type { Database } from '../../lib/reconcile/duckdb.ts';

/** Rows of one statement: its text stays short enough to be parsed at once. */
const ROWS_AT_ONCE = 1000;

/** Makes a table `name (id)` of these ids, each once, in place of what was there. */
export async function fillIdTable(
  database: Database,
  name: string,
  ids: Iterable<string>,
): Promise<void> {
  await database.run(`CREATE OR REPLACE TABLE ${name} (id VARCHAR)`);
  const each = [...new Set(ids)];
  for (let at = 0; at < each.length; at += ROWS_AT_ONCE) {
    const rows = each.slice(at, at + ROWS_AT_ONCE).map((id) => `(${quoted(id)})`);
    await database.run(`INSERT INTO ${name} VALUES ${rows.join(', ')}`);
  }
}

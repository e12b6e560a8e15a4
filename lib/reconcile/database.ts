import { businessDate, type TimeZone } from '../calendar/business-day.ts';
import type { Manifest } from '../contract.ts';
import { type Instant, instantText } from '../model/instant.ts';
import { families } from './families.ts';
import type { LocalFile } from './files.ts';
import { loadInputs, loadTables } from './load.ts';
import { macros, minorUnitTable } from './macros.ts';
import { restatementTables } from './restatement.ts';

/** What the database is made from and how much of the machine it may take. */
export interface DatabaseOptions {
  readonly files: readonly LocalFile[];
  readonly manifest: Pick<Manifest, 'scope' | 'period'>;
  readonly judgedAt: Instant;
  /** The scheduled run judges timing by business day; one by hand judges by the hour. */
  readonly isNight: boolean;
  /** `1GB`: beyond it, DuckDB writes to `spillDirectory`. */
  readonly memoryLimit: string;
  readonly spillDirectory: string;
  readonly threadCount: number;
}

/** A row of an answer, by column. Figures come as text: an exact decimal never becomes a double. */
export type Answer = Readonly<Record<string, string | null>>;

export interface Database {
  run(sql: string): Promise<void>;
  ask(sql: string): Promise<readonly Answer[]>;
  close(): void;
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
  // Commands that judge nothing need not load it: that costs 140 ms and 30 MB.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: options.memoryLimit,
    temp_directory: options.spillDirectory,
    threads: String(options.threadCount),
    // Answers are sorted where order matters; keeping that of insertion costs memory.
    preserve_insertion_order: 'false',
  });
  const connection = await instance.connect();
  const database: Database = {
    async run(sql) {
      await connection.run(sql);
    },
    async ask(sql) {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjectsJson() as Answer[];
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
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

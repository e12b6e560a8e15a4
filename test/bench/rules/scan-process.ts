import { DuckDBInstance } from '@duckdb/node-api';
import { rowsIn } from '../../../lib/reconcile/files.ts';
import { header } from '../../../lib/snapshot/shape.ts';
import { type RulesTask, snapshotIn, TABLES } from './task.ts';

/**
 * The plain scan that the rules are measured against: DuckDB reads the same files, every cell of
 * every column as text, and does the least that makes it read them: it counts the rows and folds
 * a hash of each column into one.
 */
const { folder, spill, memoryLimit, threadCount } = JSON.parse(process.argv[2]!) as RulesTask;
const { files, manifest } = snapshotIn(folder);
const instance = await DuckDBInstance.create(':memory:', {
  memory_limit: memoryLimit,
  temp_directory: spill,
  threads: String(threadCount),
  preserve_insertion_order: 'false',
});
const connection = await instance.connect();
let rowCount = 0;
for (const table of TABLES) {
  const hashes = header(table, []).map((name) => `bit_xor(hash("${name}"))`);
  const rows = rowsIn(files, 'period', table, manifest.scope);
  const reader = await connection.runAndReadAll(`SELECT count(*), ${hashes} FROM ${rows}`);
  rowCount += Number(reader.getRowsJson()[0]![0]);
}
process.stdout.write(JSON.stringify({ rowCount }));

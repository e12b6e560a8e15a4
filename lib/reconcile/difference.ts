import type { Scope, SnapshotFile } from '../contract.ts';
import { guard, unguard } from '../model/guard.ts';
import { type CollectionName, TABLES } from '../model/records.ts';
import type { Restatement } from '../model/restatement.ts';
import { compareBatch, DIFFERENCES, type Sides, standingTables } from './difference-tables.ts';
import { type Answer, type Database, type DatabaseLimits, openDuckdb } from './duckdb.ts';
import { type LocalFile, SOURCES } from './files.ts';
import { MONEY_TEXT } from './macros.ts';
import { RESTATEMENT_COLUMNS, RESTATEMENTS } from './restatement.ts';
import { unguarded } from './tables.ts';

/**
 * One way in which two snapshots of a period differ. Beside those of a restatement there are the
 * kinds `only-in-first` and `only-in-second`: they tell the amount of what only one has.
 */
export interface DifferenceLine extends Restatement {
  /** Of an item its place in the memo; of an allocation what it pays; '' for a record itself. */
  readonly line: string;
}

/** Columns as in restatements.csv, and one more. */
export const DIFFERENCE_COLUMNS = [...RESTATEMENT_COLUMNS, 'line'] as const;

/** Records or lines of one table. */
export interface DifferenceCount {
  readonly table: string;
  readonly inBoth: number;
  readonly onlyInFirst: number;
  readonly onlyInSecond: number;
  /** Of those in both: with at least one changed field. */
  readonly changed: number;
  readonly corrections: number;
  readonly lifecycles: number;
}

/** What a collection means in money, in and less out, or the credit that memos give. */
export interface MoneyDifference {
  readonly collection: string;
  readonly currency: string;
  /** Decimal texts. */
  readonly first: string;
  readonly second: string;
  readonly effect: string;
}

export interface Difference {
  readonly counts: readonly DifferenceCount[];
  readonly money: readonly MoneyDifference[];
  readonly lineCount: number;
  /** Some of them: corrections first, then what is missing or new, then what moved money. */
  worst(count: number): Promise<readonly DifferenceLine[]>;
  /** All of them in the order of the file, some thousand at a time. */
  lines(): AsyncGenerator<readonly DifferenceLine[]>;
  close(): void;
}

/** A snapshot's files on this machine's disk, each with the table that it holds. */
export interface DifferenceSide {
  readonly files: readonly (LocalFile & Pick<SnapshotFile, 'table' | 'rowCount'>)[];
  readonly scope: Pick<Scope, 'csv' | 'addedColumns' | 'collections'>;
}

/** All columns of so many rows, twice, and all their changes take half a gigabyte at most. */
const BATCH_ROWS = 20_000;

export interface DifferenceLimits extends DatabaseLimits {
  /** Rows that are compared at once. */
  readonly batchRows?: number;
}

/** Compares the rows of two whole snapshots of one period; memory holds none but those asked for. */
export async function openDifference(
  first: DifferenceSide,
  second: DifferenceSide,
  { batchRows = BATCH_ROWS, ...limits }: DifferenceLimits,
): Promise<Difference> {
  const database = await openDuckdb(limits);
  try {
    await compare(database, {
      files: [...filesAs('earlier', first), ...filesAs('period', second)],
      first: first.scope,
      second: second.scope,
      batchRows,
      lineRowCount: Math.max(lineRowsOf(first), lineRowsOf(second)),
    });
    const counts = (await database.ask(COUNTS)).map(countOf);
    const [total] = await database.ask('SELECT count(*)::VARCHAR AS n FROM differences');
    return {
      counts: counts.sort((a, b) => placeOf(a.table) - placeOf(b.table)),
      money: (await database.ask(MONEY_SUMS)) as unknown as readonly MoneyDifference[],
      lineCount: Number(total!['n']),
      async worst(count) {
        const answers = await database.ask(`${LINES} ORDER BY ${GRAVITY}, ${ORDER} LIMIT ${count}`);
        return answers.map((answer) =>
          lineOf(DIFFERENCE_COLUMNS.map((name) => answer[name] ?? '')),
        );
      },
      async *lines() {
        for await (const rows of database.rows(`${LINES} ORDER BY ${ORDER}`))
          yield rows.map(lineOf);
      },
      close: database.close,
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

async function compare(database: Database, sides: Sides): Promise<void> {
  for (const statement of [...MONEY_TEXT, ...standingTables(sides)]) {
    await database.run(statement);
  }
  const batches = await database.ask('SELECT DISTINCT collection, batch FROM moved ORDER BY ALL');
  for (const { collection, batch } of batches) {
    for (const statement of compareBatch(sides, collection as CollectionName, Number(batch))) {
      await database.run(statement);
    }
  }
  await database.run(RESTATEMENTS);
  await database.run(DIFFERENCES);
}

/** Cells of a line for a CSV file; old and new come from such files and are guarded already. */
export function differenceCells(line: DifferenceLine): readonly string[] {
  return DIFFERENCE_COLUMNS.map((name) =>
    name === 'recordId' || name === 'line' ? guard(line[name]) : line[name],
  );
}

/** What the API sent, for readers that are no spreadsheets. */
export function plainLine(line: DifferenceLine): DifferenceLine {
  return { ...line, old: unguard(line.old), new: unguard(line.new) };
}

/** Only the rows that a run read of its period: what else lies there is about other days. */
function filesAs(source: 'earlier' | 'period', { files }: DifferenceSide): LocalFile[] {
  return files
    .filter(({ table }) => placeOf(table) >= 0)
    .map(({ name, path }) => ({ name: `${SOURCES[source]}${name}`, path }));
}

function lineRowsOf({ files }: DifferenceSide): number {
  const counts = TABLES.map((name) =>
    files.filter(({ table }) => table === name).reduce((sum, { rowCount }) => sum + rowCount, 0),
  );
  return Math.max(...counts.slice(placeOf('credit-memo-items')));
}

function placeOf(table: string): number {
  return (TABLES as readonly string[]).indexOf(table);
}

function lineOf(cells: readonly string[]): DifferenceLine {
  const named = DIFFERENCE_COLUMNS.map((name, at) => [name, cells[at] ?? '']);
  return Object.fromEntries(named) as DifferenceLine;
}

function countOf({ table, ...counts }: Answer): DifferenceCount {
  const numbers = Object.entries(counts).map(([name, count]) => [name, Number(count)]);
  return { table: table!, ...Object.fromEntries(numbers) } as DifferenceCount;
}

const LINES = `SELECT collection, recordId, businessDate::VARCHAR AS businessDate, kind, field, old,
  "new", currency, money_text(effect, currency) AS effect, line
  FROM differences`;

const ORDER = `businessDate, collection, recordId, TRY_CAST(line AS BIGINT), line, kind, field, old,
  "new"`;

/** That a memo's credit is used, and whatever moves no money, is normal life. */
const GRAVITY = `CASE
  WHEN kind = 'correction' THEN 0
  WHEN kind = 'only-in-first' OR kind = 'only-in-second' AND line IS NULL THEN 1
  WHEN effect IS NOT NULL THEN 2
  ELSE 3 END`;

const COUNTS = `
  WITH members AS (
    SELECT s.collection, inFirst, inSecond, coalesce(changeCount, 0) > 0 AS isChanged
    FROM standing s LEFT JOIN comparisons c
      ON c.collection = s.collection AND c.recordId = ${unguarded('s.id')}
    UNION ALL
    SELECT collection, inFirst, inSecond, inFirst AND inSecond AND len(changes) > 0 FROM lines
  ),
  counts AS (
    SELECT collection, count(*) FILTER (inFirst AND inSecond) AS inBoth,
      count(*) FILTER (NOT inSecond) AS onlyInFirst, count(*) FILTER (NOT inFirst) AS onlyInSecond,
      count(*) FILTER (isChanged) AS changed
    FROM members GROUP BY collection
  ),
  fields AS (
    SELECT collection, count(*) FILTER (kind = 'correction') AS corrections,
      count(*) FILTER (kind = 'lifecycle') AS lifecycles
    FROM differences GROUP BY collection
  )
  SELECT c.collection AS "table", inBoth::VARCHAR AS inBoth, onlyInFirst::VARCHAR AS onlyInFirst,
    onlyInSecond::VARCHAR AS onlyInSecond, changed::VARCHAR AS changed,
    coalesce(corrections, 0)::VARCHAR AS corrections, coalesce(lifecycles, 0)::VARCHAR AS lifecycles
  FROM counts c LEFT JOIN fields f ON f.collection = c.collection`;

/** From the rows themselves: it ties even where a change of currency has no effect in one. */
const MONEY_SUMS = `
  WITH worths AS (
    SELECT collection, firstCurrency AS currency, firstWorth AS first, 0 AS second FROM standing
    UNION ALL
    SELECT collection, secondCurrency, 0, secondWorth FROM standing
  ),
  sums AS (
    SELECT collection, currency, sum(first) AS first, sum(second) AS second
    FROM worths WHERE first <> 0 OR second <> 0 GROUP BY collection, currency
  )
  SELECT collection, coalesce(currency, '') AS currency, money_text(first, currency) AS first,
    money_text(second, currency) AS second, money_text(second - first, currency) AS effect
  FROM sums ORDER BY collection DESC, currency`;

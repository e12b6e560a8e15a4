import { chosenColumns } from '../columns/tables.ts';
import type { Scope } from '../contract.ts';
import type { CollectionName, TableName } from '../model/records.ts';
import { type LocalFile, rowsIn } from './files.ts';
import { AMOUNT, COMPARISONS, changeOf, comparison, facts, WORTH } from './restatement.ts';
import { MONEY, unguarded } from './tables.ts';

type Format = Pick<Scope, 'csv' | 'addedColumns' | 'collections'>;

/** What a line of a memo may be told by, and what is said of it. Rows are `e` and `n` once more. */
interface LineTable {
  readonly table: TableName;
  /** SQL of what never changes in a line. */
  readonly key: string;
  /** Decides among lines with the same key. */
  readonly order: string;
  /** SQL of what a person calls the line. */
  readonly name: (row: string) => string;
  readonly amount: string;
  /** Columns that are no news: the key, and what comes with every change. */
  readonly silent: readonly string[];
  /** A change of these is a correction, unless the memo was no credit yet. */
  readonly figures: readonly string[];
}

/**
 * Lines of an invoice-like list are told by their ids, not by their places: a line put in front
 * changes none of those behind it. An allocation has no id; what it pays and when it was made never
 * changes.
 */
const LINE_TABLES: readonly LineTable[] = [
  {
    table: 'credit-memo-items',
    key: `coalesce(id, '')`,
    order: `TRY_CAST("position" AS BIGINT)`,
    name: (row) => `${row}."position"`,
    amount: 'price',
    silent: ['creditMemoId', 'position', 'id'],
    figures: ['quantity', 'unitPrice', 'price', 'currency', 'tax.amount'],
  },
  {
    table: 'credit-memo-allocations',
    key: `concat_ws(' ', target, "transactionId", "invoiceId", "createdTime")`,
    order: 'amount',
    name: (row) =>
      `concat_ws(' ', ${row}.target, ${unguarded(`${row}."transactionId"`)},
        ${unguarded(`${row}."invoiceId"`)})`,
    amount: 'amount',
    silent: ['creditMemoId', 'target', 'transactionId', 'invoiceId', 'createdTime', 'updatedTime'],
    figures: ['amount', 'currency'],
  },
];

/** A table's rows of the first and of the second snapshot, in SQL. */
interface Pair {
  readonly earlier: string;
  readonly newer: string;
  /** Columns that both have. */
  readonly columns: readonly string[];
}

/** The two snapshots: files of the first are the source `earlier`, those of the second `period`. */
export interface Sides {
  readonly files: readonly LocalFile[];
  readonly first: Format;
  readonly second: Format;
  /** Rows of the largest table of lines. */
  readonly lineRowCount: number;
  /** Rows of which all columns are held against each other at once. */
  readonly batchRows: number;
}

/**
 * Tables of two snapshots side by side:
 * - `standing`: every record of either, once, with what it means in money.
 * - `moved`: records of both that do not read the same, in batches.
 * - `lines`: every line and allocation of the memos that both have, once.
 */
export function standingTables(sides: Sides): readonly string[] {
  const { collections } = sides.second;
  return [
    COMPARISONS,
    `CREATE TABLE standing (collection VARCHAR, id VARCHAR, businessDate DATE, inFirst BOOLEAN,
       inSecond BOOLEAN, wasDraft BOOLEAN, amountName VARCHAR, firstAmount VARCHAR,
       secondAmount VARCHAR, firstCurrency VARCHAR, secondCurrency VARCHAR, firstWorth ${MONEY},
       secondWorth ${MONEY})`,
    'CREATE TABLE moved (collection VARCHAR, id VARCHAR, batch BIGINT)',
    `CREATE TABLE lines (collection VARCHAR, memoId VARCHAR, businessDate DATE, inFirst BOOLEAN,
       inSecond BOOLEAN, line VARCHAR, amountName VARCHAR, firstAmount VARCHAR,
       secondAmount VARCHAR, currency VARCHAR,
       changes STRUCT(field VARCHAR, kind VARCHAR, old VARCHAR, "new" VARCHAR)[])`,
    ...collections.flatMap((collection) => [standing(sides, collection), moved(sides, collection)]),
    ...(collections.includes('credit-memos')
      ? LINE_TABLES.flatMap((table) => pairedLines(sides, table))
      : []),
  ];
}

/** Fills `comparisons` with a batch of the records that moved. */
export function compareBatch(
  sides: Sides,
  collection: CollectionName,
  batch: number,
): readonly string[] {
  const { earlier, newer, columns } = pairOf(sides, collection);
  const wanted = `SELECT id FROM moved WHERE collection = '${collection}' AND batch = ${batch}`;
  const only = (rows: string) => `(SELECT * FROM ${rows} WHERE id IN (${wanted}))`;
  return comparison(collection, only(earlier), only(newer), columns);
}

function pairOf({ files, first, second }: Sides, table: TableName): Pair {
  const both = first.addedColumns.filter((name) => second.addedColumns.includes(name));
  return {
    earlier: rowsIn(files, 'earlier', table, first)!,
    newer: rowsIn(files, 'period', table, second)!,
    columns: chosenColumns(table, both).map(({ name }) => name),
  };
}

function standing(sides: Sides, collection: CollectionName): string {
  const { earlier, newer } = pairOf(sides, collection);
  const amount = AMOUNT[collection];
  return `INSERT INTO standing
    SELECT '${collection}', coalesce(n.id, e.id),
      TRY_CAST(coalesce(n."businessDate", e."businessDate") AS DATE), e.id IS NOT NULL,
      n.id IS NOT NULL, coalesce(e.status IN ('draft', 'quotation'), false), '${amount}',
      e."${amount}", n."${amount}", e.currency, n.currency, ${WORTH[collection]('e')},
      ${WORTH[collection]('n')}
    FROM ${latest(earlier)} e FULL JOIN ${latest(newer)} n ON n.id = e.id`;
}

/** One row an id: the highest revision of those at hand. */
function latest(rows: string): string {
  return `(SELECT * FROM ${rows}
    QUALIFY row_number() OVER (PARTITION BY id ORDER BY TRY_CAST(revision AS BIGINT) DESC) = 1)`;
}

/** By a digest of each row: memory need not hold all columns of all rows to find the few. */
function moved(sides: Sides, collection: CollectionName): string {
  const { earlier, newer, columns } = pairOf(sides, collection);
  const cells = facts(columns).map((name) => `"${name}"`);
  const digests = (rows: string) => `(SELECT id, md5([${cells}]::VARCHAR) AS digest FROM ${rows})`;
  return `INSERT INTO moved
    SELECT '${collection}', id, (row_number() OVER () - 1) // ${sides.batchRows}
    FROM (
      SELECT DISTINCT e.id FROM ${digests(earlier)} e JOIN ${digests(newer)} n ON n.id = e.id
      WHERE n.digest <> e.digest
    )`;
}

/** The lines of some memos at a time; a memo that only one of the two has says all about its own. */
function pairedLines(
  sides: Sides,
  { table, key, order, name, amount, silent, figures }: LineTable,
): readonly string[] {
  const { earlier, newer, columns } = pairOf(sides, table);
  const changes = columns
    .filter((column) => !silent.includes(column))
    .map((column) => {
      const correction = `e."${column}" IS NOT NULL AND NOT s.wasDraft`;
      return changeOf(column, figures.includes(column) ? correction : 'false');
    });
  const batchCount = Math.ceil(sides.lineRowCount / sides.batchRows);
  return Array.from({ length: batchCount }, (_, batch) => {
    const numbered = (rows: string) => `(
      SELECT *, ${key} AS lineKey,
        row_number() OVER (PARTITION BY "creditMemoId", ${key} ORDER BY ${order}) AS nth
      FROM ${rows} WHERE hash("creditMemoId") % ${batchCount} = ${batch})`;
    return `INSERT INTO lines
      SELECT '${table}', s.id, s.businessDate, e."creditMemoId" IS NOT NULL,
        n."creditMemoId" IS NOT NULL,
        CASE WHEN n."creditMemoId" IS NULL THEN ${name('e')} ELSE ${name('n')} END, '${amount}',
        e."${amount}", n."${amount}", coalesce(n.currency, e.currency),
        list_filter([${changes.join(', ')}],
          lambda change: change.old IS DISTINCT FROM change."new")
      FROM ${numbered(earlier)} e FULL JOIN ${numbered(newer)} n
        ON n."creditMemoId" = e."creditMemoId" AND n.lineKey = e.lineKey AND n.nth = e.nth
      JOIN standing s
        ON s.collection = 'credit-memos' AND s.inFirst AND s.inSecond
        AND s.id = coalesce(n."creditMemoId", e."creditMemoId")`;
  });
}

/** What only one of the two has, told by its amount. Lines have no effect: their memo's total has. */
export const DIFFERENCES = `CREATE TABLE differences AS
  WITH alone AS (
    SELECT collection, ${unguarded('id')} AS recordId, businessDate, inFirst, amountName,
      firstAmount, secondAmount, coalesce(secondCurrency, firstCurrency) AS currency,
      nullif(secondWorth - firstWorth, 0) AS effect, NULL AS line
    FROM standing WHERE NOT (inFirst AND inSecond)
    UNION ALL
    SELECT collection, ${unguarded('memoId')}, businessDate, inFirst, amountName, firstAmount,
      secondAmount, currency, NULL, line
    FROM lines WHERE NOT (inFirst AND inSecond)
  ),
  found AS (
    SELECT collection, recordId, businessDate, kind, field, old, "new",
      CASE WHEN effect IS NOT NULL THEN currency END AS currency, effect, NULL AS line
    FROM restatements
    UNION ALL
    SELECT collection, ${unguarded('memoId')}, businessDate, change.kind, change.field, change.old,
      change."new", NULL, NULL, line
    FROM (
      SELECT *, unnest(changes) AS change FROM lines WHERE inFirst AND inSecond
    )
    UNION ALL
    SELECT collection, recordId, businessDate,
      CASE WHEN inFirst THEN 'only-in-first' ELSE 'only-in-second' END, amountName, firstAmount,
      secondAmount, currency, effect, line
    FROM alone
  )
  SELECT * FROM found`;

import { chosenColumns } from '../columns/tables.ts';
import type { Scope } from '../contract.ts';
import type { CollectionName } from '../model/records.ts';
import type { Restatement } from '../model/restatement.ts';
import { ALL_SOURCES, type LocalFile, rowsIn, type SourceName } from './files.ts';
import { MONEY, unguarded } from './tables.ts';

type Format = Pick<Scope, 'csv' | 'addedColumns'>;

/** Changes that come with any other: a record that only these moved was not changed at all. */
const NO_CHANGE = ['id', 'businessDate', 'createdTime', 'updatedTime', 'revision'];

/** Rows that earlier nights knew. */
const KNOWN: readonly SourceName[] = ['earlier', 'aged'];

/** Rows that may say something else than what was published. */
const NEWER: readonly SourceName[] = ['period', 'changed'];

/** Where each status stands on its way; one that is not in it has no place to go back to. */
const STAGES: Readonly<Record<CollectionName, Readonly<Record<string, number>>>> = {
  transactions: {
    'never-sent': 0,
    pending: 0,
    sending: 0,
    offsite: 0,
    timeout: 0,
    'conn-error': 0,
    'waiting-approval': 0,
    'waiting-gateway': 0,
    'waiting-refund': 0,
    'waiting-capture': 1,
    completed: 2,
    disputed: 2,
    'partially-refunded': 3,
    refunded: 4,
    voided: 4,
  },
  'credit-memos': {
    draft: 0,
    quotation: 0,
    issued: 1,
    'partially-applied': 2,
    applied: 3,
    voided: 4,
  },
};

/** When a change of a field is a correction, in SQL over the rows `e` (earlier) and `n` (newer). */
const CORRECTIONS: Readonly<Record<CollectionName, Readonly<Record<string, string>>>> = {
  transactions: {
    amount: 'e.amount IS NOT NULL',
    currency: 'e.currency IS NOT NULL',
    type: 'e.type IS NOT NULL',
    parentTransactionId: 'e."parentTransactionId" IS NOT NULL',
    customerId: 'e."customerId" IS NOT NULL',
    result: "e.result <> 'unknown'",
    settlementTime: 'e."settlementTime" IS NOT NULL',
    // A dispute takes any status over, and gives it back when it is won.
    status: `n.status <> 'disputed' AND ${fellBack('transactions')}`,
  },
  'credit-memos': {
    // What is no credit yet may still be edited.
    totalAmount: "e.\"totalAmount\" IS NOT NULL AND e.status NOT IN ('draft', 'quotation')",
    currency: "e.currency IS NOT NULL AND e.status NOT IN ('draft', 'quotation')",
    customerId: 'e."customerId" IS NOT NULL',
    status: fellBack('credit-memos'),
  },
};

/** The column that says how much a record is about. */
export const AMOUNT: Readonly<Record<CollectionName, string>> = {
  transactions: 'amount',
  'credit-memos': 'totalAmount',
};

/** What a row means in money: in, out, or nothing. Memos: the credit they give. */
export const WORTH: Readonly<Record<CollectionName, (row: string) => string>> = {
  transactions: (row) => `CASE
    WHEN ${row}.result = 'approved' AND ${row}.status <> 'voided' THEN
      CASE WHEN ${row}.type IN ('sale', 'capture') THEN abs(TRY_CAST(${row}.amount AS ${MONEY}))
        WHEN ${row}.type IN ('refund', 'credit') THEN -abs(TRY_CAST(${row}.amount AS ${MONEY}))
        ELSE 0 END
    ELSE 0 END`,
  'credit-memos': (row) => `CASE WHEN ${row}.status NOT IN ('draft', 'quotation', 'voided')
    THEN TRY_CAST(${row}."totalAmount" AS ${MONEY}) ELSE 0 END`,
};

/** Fields that tell where the money changed; the first of them that did carries the effect. */
const BEARERS = ['amount', 'totalAmount', 'result', 'status', 'type'];

/**
 * What became of published rows:
 * - `published_rows`: rows as earlier nights knew them.
 * - `comparisons`: each of them that was read again tonight.
 * - `restatements`: every field of those that changed. Cells stand as in the files they come from.
 */
export function restatementTables(files: readonly LocalFile[], scope: Format): readonly string[] {
  return [
    `CREATE TABLE published_rows (collection VARCHAR, id VARCHAR, businessDate DATE,
       updatedTime TIMESTAMP, customerId VARCHAR, currency VARCHAR, amount ${MONEY})`,
    COMPARISONS,
    ...comparisons(files, scope, 'transactions'),
    ...comparisons(files, scope, 'credit-memos'),
    RESTATEMENTS,
  ];
}

export const COMPARISONS = `CREATE TABLE comparisons (collection VARCHAR, recordId VARCHAR,
  businessDate DATE, instant TIMESTAMP, customerId VARCHAR, currency VARCHAR, oldRevision BIGINT,
  newRevision BIGINT, effect ${MONEY},
  changes STRUCT(field VARCHAR, kind VARCHAR, old VARCHAR, "new" VARCHAR)[], changeCount BIGINT)`;

function comparisons(
  files: readonly LocalFile[],
  scope: Format,
  collection: CollectionName,
): readonly string[] {
  const earlier = rowsIn(files, 'earlier', collection, scope);
  const published = KNOWN.map((source) => rowsIn(files, source, collection, scope))
    .filter((rows) => rows !== undefined)
    .map((rows) => insertPublished(collection, rows));
  if (earlier === undefined) return published;
  const newer = ALL_SOURCES.filter((source) => NEWER.includes(source))
    .map((source) => rowsIn(files, source, collection, scope))
    .filter((rows) => rows !== undefined);
  if (newer.length === 0) return published;
  const rows = newer.map((one) => `SELECT * FROM ${one}`).join(' UNION ALL ');
  // Columns that are let in by name may have come in since then: their cells were no figures.
  const names = chosenColumns(collection, []).map(({ name }) => name);
  return [...published, ...comparison(collection, earlier, `(${rows})`, names)];
}

function insertPublished(collection: CollectionName, rows: string): string {
  const published = once(`
    SELECT ${unguarded('id')} AS id, TRY_CAST("businessDate" AS DATE) AS businessDate,
      TRY_CAST("updatedTime" AS TIMESTAMP) AS updatedTime,
      ${unguarded('"customerId"')} AS customerId, currency,
      abs(TRY_CAST("${AMOUNT[collection]}" AS ${MONEY})) AS amount,
      TRY_CAST(revision AS BIGINT) AS oldRevision, NULL AS newRevision
    FROM ${rows}`);
  return `INSERT INTO published_rows
    SELECT '${collection}', * EXCLUDE (oldRevision, newRevision) FROM (${published})`;
}

/** SQL that holds newer rows of a collection against earlier ones, by these of their columns. */
export function comparison(
  collection: CollectionName,
  earlier: string,
  newer: string,
  columns: readonly string[],
): readonly string[] {
  const fields = facts(columns).map((name) =>
    changeOf(name, CORRECTIONS[collection][name] ?? 'false'),
  );
  const compared = once(`
    SELECT ${unguarded('e.id')} AS id, TRY_CAST(n."businessDate" AS DATE) AS businessDate,
      TRY_CAST(n."updatedTime" AS TIMESTAMP) AS instant,
      ${unguarded('n."customerId"')} AS customerId, n.currency,
      TRY_CAST(e.revision AS BIGINT) AS oldRevision,
      TRY_CAST(n.revision AS BIGINT) AS newRevision,
      CASE WHEN n.currency = e.currency
        THEN ${WORTH[collection]('n')} - ${WORTH[collection]('e')} END AS effect,
      list_filter([${fields.join(', ')}],
        lambda change: change.old IS DISTINCT FROM change."new") AS changes
    FROM ${earlier} e JOIN ${newer} n ON n.id = e.id`);
  return [
    // How many rows a CSV file has DuckDB does not know, and of two it may hold the longer one in
    // memory. Here the right side of a join is held: what changed.
    "SET disabled_optimizers = 'build_side_probe_side'",
    `INSERT INTO comparisons SELECT '${collection}', *, len(changes) FROM (${compared})`,
    'RESET disabled_optimizers',
  ];
}

/** Columns whose change is one. */
export function facts(columns: readonly string[]): readonly string[] {
  return columns.filter((name) => !NO_CHANGE.includes(name));
}

/** SQL of one field of the rows `e` (earlier) and `n` (newer); `correction` tells its kind. */
export function changeOf(name: string, correction: string): string {
  const kind = `CASE WHEN ${correction} THEN 'correction' ELSE 'lifecycle' END`;
  return `{'field': '${name}', 'kind': ${kind}, 'old': e."${name}", 'new': n."${name}"}`;
}

/**
 * One row an id: of the highest revisions of those at hand. Putting rows in order holds them in
 * memory, so it comes last, when of a row's eighty cells only what is asked for is left.
 */
function once(rows: string): string {
  return `SELECT * FROM (${rows}) QUALIFY row_number() OVER (
    PARTITION BY id ORDER BY oldRevision DESC NULLS LAST, newRevision DESC NULLS LAST) = 1`;
}

function fellBack(collection: CollectionName): string {
  const cases = Object.entries(STAGES[collection]).map(
    ([status, stage]) => `WHEN '${status}' THEN ${stage}`,
  );
  return `CASE n.status ${cases.join(' ')} END < CASE e.status ${cases.join(' ')} END`;
}

export const RESTATEMENTS = `CREATE TABLE restatements AS
  WITH fields AS (
    SELECT collection, recordId, businessDate, customerId, currency, instant, effect,
      unnest(changes, recursive := true),
      list_transform(changes, lambda change: change.field) AS names
    FROM comparisons
  )
  SELECT * EXCLUDE (names, effect),
    CASE WHEN effect <> 0 AND field = coalesce(
      ${BEARERS.map((name) => `CASE WHEN list_contains(names, '${name}') THEN '${name}' END`)}
    ) THEN effect END AS effect
  FROM fields`;

/** A line of restatements.csv; cells as they stand in it. */
export const RESTATEMENT_COLUMNS = [
  'collection',
  'recordId',
  'businessDate',
  'kind',
  'field',
  'old',
  'new',
  'currency',
  'effect',
] as const satisfies readonly (keyof Restatement)[];

export const RESTATEMENT_QUESTION = `
  SELECT collection, recordId, businessDate::VARCHAR AS businessDate, kind, field, old, "new",
    CASE WHEN effect IS NOT NULL THEN currency END AS currency,
    money_text(effect, currency) AS effect
  FROM restatements
  ORDER BY businessDate, collection, recordId, field`;

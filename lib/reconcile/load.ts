import type { Scope } from '../contract.ts';
import type { TableName } from '../model/records.ts';
import {
  ALL_INPUTS,
  ALL_SOURCES,
  type InputName,
  inputColumns,
  inputIn,
  type LocalFile,
  rowsIn,
  type SourceName,
} from './files.ts';
import { decimalCount, loadedColumns, unguarded } from './tables.ts';

type Format = Pick<Scope, 'csv' | 'addedColumns'>;

/** Rows of these are judged; those of the others help to judge them. */
const JUDGED: readonly SourceName[] = ['period', 'changed', 'aged'];

/** What a confirmed row says goes before what was read in passing, that before what was known. */
const PRECEDENCE: Readonly<Record<SourceName, number>> = {
  context: 0,
  period: 1,
  changed: 1,
  aged: 1,
  earlier: 2,
};

/** Tables of the files in `inputs/`; those that are absent are empty. All text, guard undone. */
export function loadInputs(files: readonly LocalFile[], scope: Format): readonly string[] {
  return ALL_INPUTS.map((input) => {
    const table = input.replaceAll('-', '_');
    const names = inputColumns(input);
    const source = inputIn(files, input, scope);
    const types = names.map((name) => `"${name}" ${INPUT_TYPES[input]?.[name] ?? 'VARCHAR'}`);
    if (source === undefined) return `CREATE TABLE ${table} (${types.join(', ')})`;
    const values = names.map((name) => inputValue(name, INPUT_TYPES[input]?.[name]));
    return `CREATE TABLE ${table} AS SELECT ${values.join(', ')} FROM ${source}`;
  });
}

const INPUT_TYPES: Partial<Record<InputName, Readonly<Record<string, string>>>> = {
  gateways: { reconciles: 'BOOLEAN', settles: 'BOOLEAN' },
  published: {
    businessDate: 'DATE',
    rowCount: 'BIGINT',
    unknownCount: 'BIGINT',
    moneyCount: 'BIGINT',
    reconciledCount: 'BIGINT',
  },
  volumes: { businessDate: 'DATE', moneyInCount: 'BIGINT' },
};

function inputValue(name: string, type: string | undefined): string {
  const cell = `"${name}"`;
  return `${type === undefined ? unguarded(cell) : `TRY_CAST(${cell} AS ${type})`} AS ${cell}`;
}

/** The four tables, each record once. */
export function loadTables(files: readonly LocalFile[], scope: Format): readonly string[] {
  const load = (table: TableName, name: string) => loadRows(files, scope, table, name);
  return [
    ...load('transactions', 'known_transactions'),
    ...onceEach('known_transactions', 'transactions'),
    // A payment with an approved void moved nothing, whatever its own status still says.
    `UPDATE known_transactions SET isVoided = true WHERE id IN (
       SELECT parentTransactionId FROM known_transactions
       WHERE type = 'void' AND result = 'approved'
     )`,
    `CREATE VIEW all_transactions AS SELECT *,
       result = 'approved' AND type IN ('sale', 'capture') AND NOT isVoided AS moneyIn,
       result = 'approved' AND type IN ('refund', 'credit') AND NOT isVoided AS moneyOut
     FROM known_transactions`,
    'CREATE VIEW judged_transactions AS SELECT * FROM all_transactions WHERE isJudged',
    ...load('credit-memos', 'known_memos'),
    ...onceEach('known_memos', 'credit-memos'),
    // Drafts and quotations are no credit yet.
    `CREATE VIEW all_memos AS SELECT *, status NOT IN ('draft', 'quotation') AS isCredit
     FROM known_memos`,
    'CREATE VIEW judged_memos AS SELECT * FROM all_memos WHERE isJudged',
    ...load('credit-memo-items', 'known_items'),
    ...load('credit-memo-allocations', 'known_allocations'),
    // The lines of a memo are those that came with the row that counts.
    `CREATE VIEW memo_items AS SELECT i.* EXCLUDE (source)
     FROM known_items i JOIN known_memos m ON m.id = i.creditMemoId AND m.source = i.source`,
    `CREATE VIEW memo_allocations AS SELECT a.* EXCLUDE (source)
     FROM known_allocations a JOIN known_memos m ON m.id = a.creditMemoId AND m.source = a.source`,
    MEMO_SUMS,
  ];
}

function loadRows(
  files: readonly LocalFile[],
  scope: Format,
  table: TableName,
  name: string,
): readonly string[] {
  const columns = loadedColumns(table);
  const flags = FLAGS[table] ?? [];
  const types = [...columns, ...flags].map((column) => `${column.name} ${column.type}`);
  const inserts = ALL_SOURCES.flatMap((source) => {
    const rows = rowsIn(files, source, table, scope);
    if (rows === undefined) return [];
    const values = columns.map(({ value }) => value);
    const flagged = flags.map(({ value }) => value(source));
    return [`INSERT INTO ${name} SELECT ${[`'${source}'`, ...values, ...flagged]} FROM ${rows}`];
  });
  return [`CREATE TABLE ${name} (source VARCHAR, ${types.join(', ')})`, ...inserts];
}

interface Flag {
  readonly name: string;
  readonly type: string;
  readonly value: (source: SourceName) => string;
}

const IS_JUDGED: Flag = {
  name: 'isJudged',
  type: 'BOOLEAN',
  value: (source) => String(JUDGED.includes(source)),
};
const IN_PERIOD: Flag = {
  name: 'inPeriod',
  type: 'BOOLEAN',
  value: (source) => String(source === 'period'),
};
const IS_VOIDED: Flag = { name: 'isVoided', type: 'BOOLEAN', value: () => "status = 'voided'" };

/** As written: to round an exact decimal costs more than all else that is asked of an amount. */
const DECIMALS: Flag = {
  name: 'decimals',
  type: 'INTEGER',
  value: () => decimalCount('amount'),
};

/**
 * What a conversion came to; null where there was none. A rate is no amount, so a double will do,
 * and read from the cells it costs a tenth of what dividing exact decimals does.
 */
const REPORT_RATE: Flag = {
  name: 'reportRate',
  type: 'DOUBLE',
  value: () => `CASE WHEN currency <> "reportCurrency"
    THEN abs(TRY_CAST("reportAmount" AS DOUBLE) / TRY_CAST(amount AS DOUBLE)) END`,
};

const FLAGS: Partial<Record<TableName, readonly Flag[]>> = {
  transactions: [IS_JUDGED, IN_PERIOD, IS_VOIDED, DECIMALS, REPORT_RATE],
  'credit-memos': [IS_JUDGED, IN_PERIOD],
};

/**
 * Leaves each record once: as it was confirmed, else at its highest revision. It stays judged when
 * any of its rows was. What the API no longer returns is nowhere but in `absent`.
 */
function onceEach(table: string, collection: string): readonly string[] {
  const precedence = ALL_SOURCES.map((source) => `WHEN '${source}' THEN ${PRECEDENCE[source]}`);
  return [
    `CREATE TEMP TABLE repeated AS
     SELECT rowid AS row, id, bool_or(isJudged) OVER same AS isJudged,
       bool_or(inPeriod) OVER same AS inPeriod, row_number() OVER (
         PARTITION BY id
         ORDER BY CASE source ${precedence.join(' ')} END, revision DESC NULLS LAST, source
       ) AS place
     FROM ${table}
     WHERE id IN (SELECT id FROM ${table} GROUP BY id HAVING count(*) > 1)
     WINDOW same AS (PARTITION BY id)`,
    `UPDATE ${table} SET isJudged = r.isJudged, inPeriod = r.inPeriod
     FROM repeated r WHERE ${table}.rowid = r.row AND r.place = 1`,
    `DELETE FROM ${table} WHERE rowid IN (SELECT row FROM repeated WHERE place > 1)`,
    'DROP TABLE repeated',
    `DELETE FROM ${table} WHERE id IN (SELECT id FROM absent WHERE collection = '${collection}')`,
  ];
}

/**
 * What a memo's lines and allocations add up to; null where an amount is absent, or where
 * allocations are in another currency than the memo. Absent tax is 0.
 */
const MEMO_SUMS = `CREATE VIEW memo_sums AS
  WITH items AS (
    SELECT creditMemoId, count(*) = count(price) AS isClear, sum(price) AS prices,
      sum(coalesce(taxAmount, 0)) AS taxes
    FROM memo_items GROUP BY creditMemoId
  ),
  uses AS (
    SELECT a.creditMemoId, count(*) AS useCount, sum(a.amount) AS allocated,
      bool_and(a.amount IS NOT NULL AND coalesce(a.currency = m.currency, false)) AS isClear,
      list(a.transactionId) AS transactionIds
    FROM memo_allocations a JOIN all_memos m ON m.id = a.creditMemoId GROUP BY a.creditMemoId
  )
  SELECT m.*, CASE WHEN i.isClear THEN i.prices END AS prices,
    CASE WHEN i.isClear THEN i.taxes END AS taxes,
    CASE WHEN u.creditMemoId IS NULL THEN 0 WHEN u.isClear THEN u.allocated END AS allocated,
    coalesce(u.useCount, 0) AS useCount, u.transactionIds
  FROM all_memos m
  LEFT JOIN items i ON i.creditMemoId = m.id
  LEFT JOIN uses u ON u.creditMemoId = m.id`;

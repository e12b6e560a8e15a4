import type { Column, Kind } from '../columns/column.ts';
import { chosenColumns } from '../columns/tables.ts';
import type { TableName } from '../model/records.ts';

/**
 * The columns that rules read, by the names they read them under: a dot in a name would have to be
 * quoted in every question. What no rule reads is not loaded.
 */
const LOADED: Readonly<Record<TableName, readonly string[]>> = {
  transactions: [
    'id type status result amount currency createdTime processedTime settlementTime businessDate',
    'paymentInstrument.method method gatewayAccountId gatewayTransactionId customerId',
    'invoiceIds parentTransactionId childTransactions websiteId requestId requestAmount',
    'requestCurrency purchaseAmount purchaseCurrency hasAmountAdjustment reportAmount',
    'reportCurrency isReconciled hadDiscrepancy discrepancyTime isProcessedOutside isDisputed',
    'disputeStatus bin paymentInstrument.paymentInstrumentId hasDcc dcc.outcome dcc.base.amount',
    'dcc.base.currency dcc.quote.amount dcc.quote.currency revision depositRequestId transferId',
  ],
  'credit-memos': [
    'id number status reason currency totalAmount unusedAmount taxAmount shippingAmount',
    'customerId invoiceId createdTime revision businessDate',
  ],
  'credit-memo-items': ['creditMemoId price tax.amount'],
  'credit-memo-allocations': ['creditMemoId transactionId invoiceId amount currency'],
};

/** Amounts of transactions are compared by absolute value: their signs are undocumented. */
const UNSIGNED: readonly TableName[] = ['transactions'];

export interface LoadedColumn {
  /** As rules name it: `dcc.base.amount` is `dccBaseAmount`. */
  readonly name: string;
  readonly type: string;
  /** SQL that makes its value from the cell's text. */
  readonly value: string;
}

export function loadedColumns(table: TableName): readonly LoadedColumn[] {
  const names = LOADED[table].flatMap((line) => line.split(' '));
  const columns = chosenColumns(table, []).filter(({ name }) => names.includes(name));
  return columns.map((column) => {
    const value = VALUES[column.kind](`"${column.name}"`);
    const isUnsigned = column.kind === 'money' && UNSIGNED.includes(table);
    return {
      name: plainName(column),
      type: TYPES[column.kind],
      value: isUnsigned ? `abs(${value})` : value,
    };
  });
}

/**
 * Eighteen decimals hold the smallest unit of every currency in use (a wei of ether is one), and
 * twenty digits stand before the point. Sums of such decimals are exact; none is ever a double.
 */
export const MONEY = 'DECIMAL(38, 18)';
const DECIMALS = 18;
/**
 * Nearly every amount is short and has at most four decimals. Read as a 64-bit decimal first, it
 * costs a tenth of what reading 128 bits does.
 */
const SHORT = { type: 'DECIMAL(18, 4)', length: 14, decimals: 4 } as const;

const TYPES: Readonly<Record<Kind, string>> = {
  id: 'VARCHAR',
  ids: 'VARCHAR[]',
  text: 'VARCHAR',
  enum: 'VARCHAR',
  json: 'VARCHAR',
  money: MONEY,
  decimal: MONEY,
  integer: 'BIGINT',
  boolean: 'BOOLEAN',
  time: 'TIMESTAMP',
  date: 'DATE',
};

/** The apostrophe that keeps spreadsheets from reading text as a formula. */
export function unguarded(cell: string): string {
  return `CASE WHEN starts_with(${cell}, '''') THEN ${cell}[2:] ELSE ${cell} END`;
}

/** How many digits are written after the point. */
export function decimalCount(cell: string): string {
  return `CASE strpos(${cell}, '.') WHEN 0 THEN 0 ELSE length(${cell}) - strpos(${cell}, '.') END`;
}

/** What cannot be held exactly is no amount here: rules that need it do not apply. */
function exact(cell: string): string {
  return `CASE
    WHEN length(${cell}) <= ${SHORT.length} AND ${decimalCount(cell)} <= ${SHORT.decimals}
      THEN TRY_CAST(${cell} AS ${SHORT.type})::${MONEY}
    WHEN ${decimalCount(cell)} <= ${DECIMALS} THEN TRY_CAST(${cell} AS ${MONEY})
  END`;
}

function cast(type: string): (cell: string) => string {
  return (cell) => `TRY_CAST(${cell} AS ${type})`;
}

const VALUES: Readonly<Record<Kind, (cell: string) => string>> = {
  id: unguarded,
  text: unguarded,
  enum: unguarded,
  json: unguarded,
  // An empty list and an absent one are both an empty cell; either names nothing.
  ids: (cell) => `coalesce(string_split(${unguarded(cell)}, ' '), []::VARCHAR[])`,
  money: exact,
  decimal: exact,
  integer: cast('BIGINT'),
  boolean: cast('BOOLEAN'),
  time: cast('TIMESTAMP'),
  date: cast('DATE'),
};

function plainName({ name }: Column): string {
  return name.replace(/\.(\w)/g, (_, letter: string) => letter.toUpperCase());
}

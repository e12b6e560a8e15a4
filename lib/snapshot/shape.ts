import { checkAddedColumns, chosenColumns } from '../columns/tables.ts';
import type { LaneReceipt } from '../contract.ts';
import type { ApiRecord } from '../model/api-record.ts';
import type { Members } from '../model/members.ts';
import { type CollectionName, TABLES_OF, type TableName } from '../model/records.ts';
import { createCreditMemoRows } from './credit-memo-rows.ts';
import type { LinesOf } from './row-maker.ts';
import { createFindings, type ShaperOptions } from './table-reader.ts';
import { createTransactionRows } from './transaction-rows.ts';

/** Makes a collection's records into rows of its tables, and remembers what they add up to. */
export interface Shaper {
  readonly tables: readonly TableName[];
  /** What records will be asked for: whoever reads them may note it on the way. */
  readonly members: Members;
  /** Adds a row for each record to the lines of its table, and rows of its lists to theirs. */
  shape(records: readonly ApiRecord[], linesOf: LinesOf): void;
  /** What the rows so far added up to. */
  summary(): Pick<LaneReceipt, 'totals' | 'drift' | 'cellFaults' | 'cellFaultCount'>;
}

const MAKERS = {
  transactions: createTransactionRows,
  'credit-memos': createCreditMemoRows,
} as const;

export function createShaper(collection: CollectionName, options: ShaperOptions): Shaper {
  checkAddedColumns(options.addedColumns);
  const findings = createFindings(collection);
  const maker = MAKERS[collection](options, findings);
  return {
    tables: TABLES_OF[collection],
    members: maker.members,
    shape: maker.shape,
    summary: () => ({
      totals: maker.totals(),
      drift: findings.drift.entries(),
      cellFaults: findings.faults.kept(),
      cellFaultCount: findings.faults.count(),
    }),
  };
}

/** The header's names, in the order of the cells. */
export function header(table: TableName, addedColumns: readonly string[]): readonly string[] {
  return chosenColumns(table, addedColumns).map(({ name }) => name);
}

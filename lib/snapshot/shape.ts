import { checkAddedColumns, chosenColumns } from '../columns/tables.ts';
import type { Stretch } from '../contract.ts';
import type { ApiRecord } from '../model/api-record.ts';
import type { Members } from '../model/members.ts';
import { type CollectionName, TABLES_OF, type TableName } from '../model/records.ts';
import { createCreditMemoRows } from './credit-memo-rows.ts';
import { CsvLines, type Lines } from './csv-lines.ts';
import { createFindings, type ShaperOptions } from './table-reader.ts';
import { createTransactionRows } from './transaction-rows.ts';

/** Lines of one of a collection's tables. */
export interface ShapedLines extends Lines {
  readonly table: TableName;
}

/** Makes a collection's records into rows of its tables, and remembers what they add up to. */
export interface Shaper {
  readonly tables: readonly TableName[];
  /** What records will be asked for: whoever reads them may note it on the way. */
  readonly members: Members;
  /**
   * A line for each record, and those of its lists in tables of their own; tables without rows too.
   * `lead` is a cell in front of each line.
   */
  shape(records: readonly ApiRecord[], lead?: string): readonly ShapedLines[];
  /** What the rows so far added up to. */
  summary(): Pick<Stretch, 'totals' | 'drift' | 'cellFaults' | 'cellFaultCount'>;
}

const MAKERS = {
  transactions: createTransactionRows,
  'credit-memos': createCreditMemoRows,
} as const;

export function createShaper(collection: CollectionName, options: ShaperOptions): Shaper {
  checkAddedColumns(options.addedColumns);
  const findings = createFindings(collection);
  const maker = MAKERS[collection](options, findings);
  const tables = TABLES_OF[collection];
  const lines = new Map(tables.map((table) => [table, new CsvLines(options.csv)]));
  return {
    tables,
    members: maker.members,
    shape(records, lead) {
      for (const some of lines.values()) some.lead = lead;
      maker.shape(records, (table) => lines.get(table)!);
      return [...lines].map(([table, some]) => ({ table, ...some.take() }));
    },
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

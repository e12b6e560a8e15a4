import type { TotalLine } from '../contract.ts';
import type { ApiRecord } from '../model/api-record.ts';
import type { Members } from '../model/members.ts';
import type { TableName } from '../model/records.ts';
import type { CsvLines } from './csv-lines.ts';

/** The lines that a table's rows are added to. */
export type LinesOf = (table: TableName) => CsvLines;

/** The part of a shaper that knows its collection. */
export interface RowMaker {
  readonly members: Members;
  shape(records: readonly ApiRecord[], linesOf: LinesOf): void;
  totals(): readonly TotalLine[];
}

import type { TotalLine } from '../contract.ts';
import type { ApiRecord } from '../model/api-record.ts';
import type { Members } from '../model/members.ts';
import type { TableName } from '../model/records.ts';

/** Cells, formula-guarded, not yet quoted. */
export interface ShapedRows {
  readonly table: TableName;
  readonly rows: readonly (readonly string[])[];
}

/** The part of a shaper that knows its collection. */
export interface RowMaker {
  readonly members: Members;
  shape(records: readonly ApiRecord[]): readonly ShapedRows[];
  totals(): readonly TotalLine[];
}

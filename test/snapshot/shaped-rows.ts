import { parse } from 'csv-parse/sync';
import type { ApiRecord } from '../../lib/model/api-record.ts';
import type { TableName } from '../../lib/model/records.ts';
import type { Shaper } from '../../lib/snapshot/shape.ts';

/** Rows of one table, as another reader finds them in its lines. */
interface ShapedRows {
  readonly table: TableName;
  readonly rows: readonly (readonly string[])[];
}

/** Has records shaped, and gives the rows of every table of theirs; the format is the usual one. */
export function shapedRows(shaper: Shaper, records: readonly ApiRecord[]): readonly ShapedRows[] {
  return shaper
    .shape(records)
    .map(({ table, bytes }) => ({ table, rows: parse(bytes, { record_delimiter: '\r\n' }) }));
}

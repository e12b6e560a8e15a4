import { parse } from 'csv-parse/sync';
import type { ApiRecord } from '../../lib/model/api-record.ts';
import type { TableName } from '../../lib/model/records.ts';
import { CsvLines } from '../../lib/snapshot/csv-lines.ts';
import type { Shaper } from '../../lib/snapshot/shape.ts';

/** Rows of one table, as another reader finds them in its lines. */
interface ShapedRows {
  readonly table: TableName;
  readonly rows: readonly (readonly string[])[];
}

const FORMAT = { delimiter: ',', lineEnd: 'crlf', bom: true } as const;

/** Has records shaped, and gives the rows of every table of theirs. */
export function shapedRows(shaper: Shaper, records: readonly ApiRecord[]): readonly ShapedRows[] {
  const lines = new Map(shaper.tables.map((table) => [table, new CsvLines(FORMAT)]));
  shaper.shape(records, (table) => lines.get(table)!);
  return [...lines].map(([table, some]) => {
    const { bytes } = some.take();
    return { table, rows: parse(bytes, { record_delimiter: '\r\n' }) };
  });
}

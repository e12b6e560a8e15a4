import { stringify } from 'csv-stringify/sync';

export interface CsvFormat {
  /** Comma, semicolon, tab or bar. */
  readonly delimiter: string;
  readonly lineEnd: 'crlf' | 'lf';
  readonly bom: boolean;
}

type Rows = readonly (readonly string[])[];

export const LINE_ENDS = { crlf: '\r\n', lf: '\n' } as const;

/**
 * Body lines, each with its line end (RFC 4180); no header, no BOM. Rows of records, of which there
 * are many, are encoded as they are read (`csv-lines.ts`); these bytes are what theirs are held to.
 */
export function encodeRows(rows: Rows, { delimiter, lineEnd }: CsvFormat): string {
  return stringify(rows as string[][], {
    delimiter,
    record_delimiter: LINE_ENDS[lineEnd],
    quote_record_delimiter: true,
  });
}

/** The header line, with the BOM in front where the format has one. */
export function encodeHeader(names: readonly string[], format: CsvFormat): Buffer {
  return Buffer.from((format.bom ? '\uFEFF' : '') + encodeRows([names], format));
}

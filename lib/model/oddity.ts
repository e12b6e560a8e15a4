import type { CollectionName, TableName } from './records.ts';

/** Members, values and counts of what the contract does not know; see `snapshot/drift.ts`. */
export interface DriftEntry {
  readonly collection: CollectionName;
  readonly kind:
    | 'unknown-member'
    | 'unknown-value'
    | 'missing-member'
    | 'unexpected-null'
    | 'unusual-sign'
    | 'binary-noise';
  /** JSON path with dots, list positions left out: `gateway.response.code`. */
  readonly path: string;
  /** The unknown value, cut to 100 characters; only for `unknown-value`. */
  readonly value?: string;
  readonly count: number;
}

/** A value of the wrong kind: its cell is empty, its raw text stands here (cut to 200 characters). */
export interface CellFault {
  readonly table: TableName;
  readonly recordId: string;
  readonly column: string;
  readonly raw: string;
}

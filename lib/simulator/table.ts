import type { Instant } from '../model/instant.ts';
import type { JsonObject } from '../model/records.ts';

/**
 * One collection of a world, as the server sees it: rows in order of `createdTime`, each made from
 * its index whenever it is asked for. What a row shows depends on the instant it is seen at.
 */
export interface Table {
  /** Rows `[0, count)` exist over the whole life of the world. */
  readonly count: number;
  /** `createdTime` of a row; never falls from one index to the next. */
  createdAt(index: number): Instant;
  /** First index whose `createdTime` is at or after the instant; `count` when there is none. */
  firstAt(instant: Instant): number;
  /** The row as the API would show it at `asOf`; only asked for rows that exist by then. */
  row(index: number, asOf: Instant): JsonObject;
  /** The same row as JSON text: for worlds that are served fast. */
  text(index: number, asOf: Instant): string;
  /** The index of an id of this world, whether or not the row exists yet. */
  indexOf(id: string): number | undefined;
  /**
   * Indexes, rising, of rows that the API does not return at that instant although they were
   * created by then: planted faults. Absent where every row is always returned.
   */
  missingAt?(asOf: Instant): readonly number[];
}

export interface World {
  readonly organizationId: string;
  readonly transactions: Table;
  readonly creditMemos: Table;
}

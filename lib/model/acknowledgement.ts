/** What one object in the acknowledgements says of its discrepancy; the newest one counts. */
export const DECISIONS = ['accepted', 'taken-back'] as const;

/** Somebody's word on a discrepancy. Written once; whoever changes their mind writes another. */
export interface AcknowledgementRecord {
  readonly decision: (typeof DECISIONS)[number];
  /** The discrepancy's. */
  readonly id: string;
  readonly rule: string;
  readonly collection: string;
  readonly recordId: string;
  /** The figures that were accepted: when either changes, the discrepancy is open again. */
  readonly expected: string;
  readonly actual: string;
  readonly reason: string;
  /** Who says so; '' where nobody was named. */
  readonly by: string;
  /** ISO 8601, to the second; also its name, and later than any before it. */
  readonly at: string;
}

/** One line of readiness.csv: whether a business day may still change by itself. */
export interface Readiness {
  /** The business date. */
  readonly period: string;
  readonly collection: string;
  /** `provisional` while Rebilly's own clocks may still change the period. */
  readonly state: 'provisional' | 'settled';
  /** Why it is provisional, or what settled it; parts set apart by `; `. */
  readonly reasons: string;
  /** The business date of the night since which the state holds. */
  readonly since: string;
}

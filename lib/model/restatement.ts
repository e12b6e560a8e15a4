/** One line of restatements.csv: one field of a published row that reads differently now. */
export interface Restatement {
  readonly collection: string;
  readonly recordId: string;
  /** Whose snapshot published the row. */
  readonly businessDate: string;
  /**
   * `lifecycle`: normal life (null gets a value, `unknown` becomes final, a status moves forward);
   * `correction`: a published figure was changed.
   */
  readonly kind: string;
  /** The column of the CSV file. */
  readonly field: string;
  /** Cells as they stand in the files; '' is null or absent. */
  readonly old: string;
  readonly new: string;
  /** Currency of the effect; '' where there is none. */
  readonly currency: string;
  /** What the change means in money, decimal text; '' where it means nothing. */
  readonly effect: string;
}

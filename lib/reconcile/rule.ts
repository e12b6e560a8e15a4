import type { DiscrepancyClass, Nature, Severity } from '../model/discrepancy.ts';

/** A number that a merchant may set; the rule's own holds where the configuration is silent. */
export interface Threshold {
  readonly value: number;
  readonly unit: 'days' | 'hours' | 'minutes' | 'percent' | 'rows';
  readonly meaning: string;
  /** The rule judges a business day again when it is older than this many days. */
  readonly isGrace?: true;
}

export type Thresholds = Readonly<Record<string, Threshold>>;

/** What a rule is about. An invoice, a day or a rule has no row of its own in the snapshot. */
export const SUBJECTS = ['transactions', 'credit-memos', 'invoices', 'days', 'rules'] as const;
export type Subject = (typeof SUBJECTS)[number];

/**
 * One thing that has to be so in sound books, as a question to the database.
 *
 * The question gives one row for each key subject that it concerns and that is judged tonight, or
 * has a judged record in it, with these columns:
 * - `differs`: true, false, or null where it does not apply, since a field is absent or a side is
 *   not fully known. SQL's own three-valued logic gives the null.
 * - `recordId`, `relatedIds` (a list of ids of rows; a null in it is none), `customerId`,
 *   `currency`
 * - `expected`, `actual`, `difference`: text; amounts by `money_text`. They never hold an age.
 * - `instant`, of events only: when it happened. It is a part of the discrepancy's identity.
 * - `severity`, optional: where it depends on the case.
 *
 * database.ts tells which tables there are. In the sentences, `{expected}` stands for that column
 * of the finding or that threshold of the rule.
 */
export interface Rule {
  /** Kebab-case: the file's name, the value in the CSV file, the test's title. */
  readonly id: string;
  readonly severity: Severity;
  readonly class: DiscrepancyClass;
  readonly nature: Nature;
  readonly collection: Subject;
  /** Which record it is about, in words: the others that take part are its related ones. */
  readonly keySubject: string;
  /** When it differs, for the catalogue. */
  readonly differsWhen: string;
  readonly thresholds: Thresholds;
  /**
   * It compares rows of one period with each other. A later night that sees some of them does not
   * ask, and cannot tell that it is over.
   */
  readonly ofOnePeriod?: true;
  readonly question: (threshold: Readonly<Record<string, number>>) => string;
  /** What sound books look like, for an accountant. */
  readonly expected: string;
  readonly found: string;
  /** What to do about it. */
  readonly action: string;
}

/** A rule as it is written: its question knows the names of its own thresholds. */
interface RuleDraft<Names extends string> extends Omit<Rule, 'thresholds' | 'question'> {
  readonly thresholds?: Readonly<Record<Names, Threshold>>;
  readonly question: (threshold: Readonly<Record<NoInfer<Names>, number>>) => string;
}

export function rule<Names extends string = never>(draft: RuleDraft<Names>): Rule {
  const { question } = draft;
  return { thresholds: {}, ...draft, question: question as Rule['question'] };
}

import type { Severity } from './discrepancy.ts';

/** What a merchant wants of one rule. Beyond these two keys: thresholds, numbers by name. */
export interface RuleWish {
  readonly enabled?: boolean | undefined;
  readonly severity?: Severity | undefined;
  readonly [threshold: string]: number | string | boolean | undefined;
}

/** By rule id; a rule that is not named is as docs/rules.md says. */
export type RuleWishes = Readonly<Record<string, RuleWish>>;

/** How one rule fared in one run: the numbers that show that it was asked at all. */
export interface RuleOutcome {
  readonly rule: string;
  readonly isOn: boolean;
  /** Key subjects that it looked at; of those, how many differ and to how many it does not apply. */
  readonly judgedCount: number;
  readonly foundCount: number;
  readonly notApplicableCount: number;
  /** Why it could not be asked. */
  readonly error: string | undefined;
}

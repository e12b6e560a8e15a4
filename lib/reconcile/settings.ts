import type { Config } from '../config.ts';
import type { Severity } from '../model/discrepancy.ts';
import { Fault } from '../model/fault.ts';
import { nearest } from '../model/nearest.ts';
import { ROSTER } from './roster.ts';
import type { Rule } from './rule.ts';

/** A rule as the merchant wants it. */
export interface RuleInForce {
  readonly rule: Rule;
  readonly isOn: boolean;
  readonly severity: Severity;
  readonly thresholds: Readonly<Record<string, number>>;
}

type Wishes = Config['rules'];
/** The configuration's schema lets nothing else in beside the two named keys. */
type Numbers = Readonly<Record<string, number>>;

/**
 * The roster with the configuration's word on it. Fault: `CONFIG_INVALID`, for a rule or a
 * threshold that does not exist.
 */
export function rulesInForce(wishes: Wishes, roster: readonly Rule[] = ROSTER): RuleInForce[] {
  for (const id of Object.keys(wishes)) {
    assertKnown(
      `rules.${id}`,
      id,
      roster.map((rule) => rule.id),
    );
  }
  return roster.map((rule) => inForce(rule, wishes));
}

export function inForce(rule: Rule, wishes: Wishes): RuleInForce {
  const { enabled = true, severity = rule.severity, ...numbers } = wishes[rule.id] ?? {};
  const names = Object.keys(rule.thresholds);
  for (const name of Object.keys(numbers)) {
    assertKnown(`rules.${rule.id}.${name}`, name, [...names, 'enabled', 'severity']);
  }
  const own = Object.fromEntries(names.map((name) => [name, rule.thresholds[name]!.value]));
  return { rule, isOn: enabled, severity, thresholds: { ...own, ...(numbers as Numbers) } };
}

/** Ages in days at which a business day is judged again; each once, youngest first. */
export function gracesInForce(wishes: Wishes): readonly number[] {
  const days = rulesInForce(wishes)
    .filter(({ isOn }) => isOn)
    .flatMap(({ rule, thresholds }) =>
      Object.keys(rule.thresholds)
        .filter((name) => rule.thresholds[name]!.isGrace)
        .map((name) => thresholds[name]!),
    );
  return [...new Set(days)].sort((a, b) => a - b);
}

function assertKnown(path: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const near = nearest(name, known);
  throw new Fault(
    'CONFIG_INVALID',
    `The configuration names '${path}', which does not exist.`,
    near === undefined ? 'docs/rules.md lists what there is.' : `Did you mean '${near}'?`,
  );
}

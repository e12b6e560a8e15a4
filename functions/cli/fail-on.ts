import { type Command, Option } from 'commander';
import { SEVERITIES, type Severity } from '../../lib/model/discrepancy.ts';
import { Fault } from '../../lib/model/fault.ts';
import type { Summary } from '../../lib/report/summary.ts';
import { activeCount } from '../../lib/report/verdict.ts';

export interface FailOnFlag {
  readonly failOn?: Severity;
}

export function addFailOnFlag(command: Command): Command {
  const meaning = 'End with exit code 3 when a new or open discrepancy is that severe, or worse.';
  return command.addOption(new Option('--fail-on <severity>', meaning).choices(SEVERITIES));
}

/** Everything is done and written by now: only the exit code tells. Fault: `DISCREPANCIES_FOUND`. */
export function failOn({ discrepancies }: Summary, severity: Severity | undefined): void {
  if (severity === undefined) return;
  const severe = SEVERITIES.slice(0, SEVERITIES.indexOf(severity) + 1);
  const count = activeCount(discrepancies.filter((group) => severe.includes(group.severity)));
  if (count === 0) return;
  const what = count === 1 ? '1 discrepancy is' : `${count} discrepancies are`;
  const orWorse = severe.length === 1 ? severity : `${severity} or worse`;
  throw new Fault(
    'DISCREPANCIES_FOUND',
    `${what} ${orWorse}.`,
    'report.html says what to do about each.',
  );
}

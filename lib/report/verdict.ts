import type { Severity } from '../model/discrepancy.ts';
import { counted, countText } from './figure.ts';
import { periodText } from './moment.ts';
import type { SeverityGroup, Summary } from './summary.ts';

/** `unproven`: the figures themselves cannot be trusted, so nothing is said about differences. */
export type Outcome = 'unproven' | 'differs' | 'ties';

export interface Verdict {
  readonly outcome: Outcome;
  /** One sentence. */
  readonly sentence: string;
}

/** Worth a look, but no reason to say that the books differ. */
const MINOR: readonly Severity[] = ['low', 'info'];

/** What a person has to know who reads one sentence only. */
export function verdict(summary: Summary): Verdict {
  const period = periodText(summary.firstDay, summary.lastDay);
  if (!summary.completeness.every(({ agrees }) => agrees)) {
    const sentence = `${period} is not proven complete: rows counted and rows received differ.`;
    return { outcome: 'unproven', sentence };
  }
  const failed = summary.outcomes.filter(({ error }) => error !== undefined).length;
  const doubt = failed === 0 ? '' : `, and ${counted(failed, 'rule')} could not be judged`;
  const grave = summary.discrepancies.filter(({ severity }) => !MINOR.includes(severity));
  const graveCount = activeCount(grave);
  const allCount = activeCount(summary.discrepancies);
  if (graveCount > 0) {
    const many = allCount === 1 ? 'discrepancy waits' : 'discrepancies wait';
    const what = `${countText(allCount)} ${many} for you, ${extent(summary.discrepancies)}`;
    const sentence = `${period} does not tie out: ${what}${doubt}.`;
    return { outcome: 'differs', sentence };
  }
  if (failed > 0) {
    const sentence = `${period} is not judged in full: ${counted(failed, 'rule')} failed.`;
    return { outcome: 'unproven', sentence };
  }
  const minor = counted(allCount, 'matter');
  const sentence =
    allCount === 0
      ? `${period} ties out: nothing differs.`
      : `${period} ties out, with ${minor} worth a look.`;
  return { outcome: 'ties', sentence };
}

/** Those that wait for somebody. */
export function activeCount(groups: readonly SeverityGroup[]): number {
  return groups.reduce((sum, { counts }) => sum + counts.new + counts.open, 0);
}

function extent(groups: readonly SeverityGroup[]): string {
  const critical = activeCount(groups.filter(({ severity }) => severity === 'critical'));
  const fresh = groups.reduce((sum, { counts }) => sum + counts.new, 0);
  const worst = critical === 0 ? 'none critical' : `${countText(critical)} critical`;
  return `${worst}, ${fresh === 0 ? 'none' : countText(fresh)} new`;
}

import { SEVERITIES } from '../../lib/model/discrepancy.ts';
import { periodName } from '../../lib/object-keys.ts';
import { counted, countText } from '../../lib/report/figure.ts';
import { visible } from '../../lib/report/markup.ts';
import type { RemoteAnswer } from '../remote/door-answer.ts';
import { forecastLines } from './forecast-lines.ts';

type Entry = RemoteAnswer[number];
type Run = Entry['run'] & {};

/** What a person reads at the end of a run on AWS. */
export function answerText(answer: RemoteAnswer): string {
  if (answer.length === 0) return 'No night is missing: all up to yesterday are published.\n';
  const blocks = answer.map((entry) => entryLines(entry).map(visible).join('\n'));
  return `${blocks.join('\n\n')}\n`;
}

function entryLines({ firstDay, lastDay, outcome, run, forecast, fault }: Entry): string[] {
  const period = periodName(firstDay, lastDay);
  if (run) return runLines(period, run);
  if (forecast) {
    const { rowCount, laneCount } = forecast;
    const head = `${period}: ${counted(rowCount, 'row')} in ${counted(laneCount, 'lane')}.`;
    return [head, ...forecastLines(forecast)];
  }
  if (outcome === 'failed') return [`${period}: not published. ${fault ?? ''}`.trim()];
  return [`${period}: ${outcome === 'underway' ? 'another run is at it' : 'published before'}.`];
}

function runLines(period: string, { rowCount, discrepancies, view, address }: Run): string[] {
  return [
    `${period}: ${counted(rowCount, 'row')}, proven complete.`,
    ...(discrepancies ? [discrepancyText(discrepancies)] : []),
    view === '' ? `Published: ${address}` : `Published as a view, not as the night: ${address}`,
    `Report: ${address}/report.html`,
  ];
}

function discrepancyText(counts: Run['discrepancies'] & {}): string {
  const some = SEVERITIES.filter((severity) => (counts[severity] ?? 0) > 0);
  if (some.length === 0) return 'It ties out.';
  const sum = some.reduce((total, severity) => total + counts[severity]!, 0);
  const parts = some.map((severity) => `${countText(counts[severity]!)} ${severity}`);
  const wait = sum === 1 ? 'discrepancy waits' : 'discrepancies wait';
  return `${countText(sum)} ${wait} for you: ${parts.join(', ')}.`;
}

import { SEVERITIES } from '../model/discrepancy.ts';
import type { Fault } from '../model/fault.ts';
import { amountText, counted, countText, recordNoun } from './figure.ts';
import { periodText } from './moment.ts';
import type { Summary } from './summary.ts';
import { activeCount, verdict } from './verdict.ts';

/** A message to people who did not ask: short, plain, and with what to do. */
export interface Notice {
  /** One line of printable ASCII, 100 characters at most: more is refused by the topic. */
  readonly subject: string;
  readonly text: string;
}

const MOST_SUBJECT = 99;

/** Lines of a list; the rest is in the report. */
const MOST_LINES = 20;

/** What a run came to. Where the files are is an address, never a link that dies. */
export function publishedNotice(summary: Summary, address: string): Notice {
  const { organizationId, environment, firstDay, lastDay, view, runId } = summary;
  const waiting = activeCount(summary.discrepancies);
  const days = daysText(summary);
  return {
    subject: oneLine(
      `Tieout ${organizationId} ${days}: ${waiting === 0 ? 'ties out' : counted(waiting, 'discrepancy', 'discrepancies')}`,
    ),
    text: blocks([
      [verdict(summary).sentence],
      [
        `${organizationId} (${environment}), ${periodText(firstDay, lastDay)}, run ${runId}.`,
        ...(view === '' ? [] : ['This is a view: it shows less than the night, and is not it.']),
      ],
      rowLines(summary),
      moneyLines(summary),
      discrepancyLines(summary),
      readinessLines(summary),
      summary.remarks.slice(0, MOST_LINES),
      ['Files and report:', `  ${address}`, `  ${address}/report.html`],
    ]),
  };
}

/** What failed, in the order in which a person needs it. */
export interface Failure {
  /** Left out where it is the configuration that cannot be read. */
  readonly organizationId?: string | undefined;
  /** Left out where the run failed before it was known of what. */
  readonly period?: { readonly firstDay: string; readonly lastDay: string };
  readonly fault: Pick<Fault, 'code' | 'message' | 'remedy'>;
  /** How the same run is asked for again. */
  readonly again: string;
}

export function failureNotice({ organizationId, period, fault, again }: Failure): Notice {
  const what = [organizationId, period && daysText(period)].filter((text) => text !== undefined);
  return {
    subject: oneLine(['Tieout', ...what, `FAILED: ${fault.code}`].join(' ')),
    text: blocks([
      [missedText(organizationId, period)],
      [`${fault.code}: ${fault.message}`],
      ['Nothing of this run was published, and every earlier snapshot is as it was.'],
      ['What to do:', `  ${fault.remedy}`, `  Then: ${again}`],
    ]),
  };
}

function missedText(organizationId: Failure['organizationId'], period: Failure['period']): string {
  const whose = organizationId === undefined ? '' : ` of ${organizationId}`;
  if (period === undefined) return `No night${whose} was begun.`;
  return `${periodText(period.firstDay, period.lastDay)}${whose} was not published.`;
}

function daysText({ firstDay, lastDay }: NonNullable<Failure['period']>): string {
  return firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`;
}

function rowLines({ completeness }: Summary): readonly string[] {
  return completeness.map(
    ({ collection, rowCount, agrees }) =>
      `${countText(rowCount)} ${recordNoun(collection, rowCount)}, ` +
      `${agrees ? 'proven complete' : 'NOT PROVEN: counts and rows differ'}.`,
  );
}

function moneyLines({ movements }: Summary): readonly string[] {
  if (movements.length === 0) return [];
  const lines = movements.map(({ currency, moneyIn, moneyOut, net }) => {
    const [into, out, rest] = [moneyIn.amount, moneyOut.amount, net].map((amount) =>
      amountText(amount, currency),
    );
    return `  ${currency}: ${into} in, ${out} out, ${rest} net`;
  });
  return ['Money:', ...cut(lines)];
}

function discrepancyLines({ discrepancies }: Summary): readonly string[] {
  const lines = SEVERITIES.flatMap((severity) => {
    const group = discrepancies.find((one) => one.severity === severity);
    const { new: fresh = 0, open = 0, resolved = 0 } = group?.counts ?? {};
    if (fresh + open + resolved === 0) return [];
    const counts = `${countText(fresh)} new, ${countText(open)} open, ${countText(resolved)} resolved`;
    return [`  ${severity}: ${counts}`];
  });
  return lines.length === 0 ? ['No discrepancies.'] : ['Discrepancies:', ...lines];
}

function readinessLines({ readiness }: Summary): readonly string[] {
  const open = readiness.filter(({ state }) => state === 'provisional');
  if (open.length === 0) return readiness.length === 0 ? [] : ['Every day judged is settled.'];
  const lines = open.map(
    ({ period, collection, reasons }) =>
      `  ${period} ${recordNoun(collection, 2)}: ${reasons === '' ? 'provisional' : reasons}`,
  );
  return ['May still change by itself:', ...cut(lines)];
}

function cut(lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES), `  and ${countText(lines.length - MOST_LINES)} more`];
}

function oneLine(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, ' ').slice(0, MOST_SUBJECT);
}

function blocks(all: readonly (readonly string[])[]): string {
  const kept = all.filter((lines) => lines.length > 0);
  return `${kept.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

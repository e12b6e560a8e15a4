import { type Discrepancy, SEVERITIES, STATUSES } from '../model/discrepancy.ts';
import { discrepancyEntry } from './discrepancy-entry.ts';
import { countText, title } from './figure.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { section } from './section.ts';
import type { SeverityGroup, Summary } from './summary.ts';

/** What the words mean, for somebody who meets them first on this page. */
const MEANINGS: Readonly<Record<(typeof SEVERITIES)[number], string>> = {
  critical: 'money is wrong or lost',
  high: 'money is at risk',
  medium: 'the books are inconsistent',
  low: 'worth a look',
  info: 'for information',
};

export function discrepanciesSection(summary: Summary): Markup {
  const groups = summary.discrepancies.filter((group) => totalOf(group) > 0);
  const body =
    groups.length === 0
      ? html`<p class="lead">No rule found anything that differs.</p>`
      : html`${tally(summary.discrepancies)}${groups.map((group) => severityPart(group, summary))}`;
  return section('discrepancies', 'Discrepancies', body);
}

function tally(groups: readonly SeverityGroup[]): Markup {
  const heads = STATUSES.map((status) => html`<th scope="col">${title(status)}</th>`);
  return html`
<table class="figures tally"><caption>Discrepancies by severity and status</caption>
<thead><tr><th scope="col">Severity</th>${heads}</tr></thead>
<tbody>${groups.map(
    (group) => html`
<tr class="${group.severity}"><th scope="row">${tallyHead(group)}</th>${STATUSES.map(
      (status) =>
        html`<td>${group.counts[status] === 0 ? html`<span class="nil">0</span>` : countText(group.counts[status])}</td>`,
    )}</tr>`,
  )}</tbody></table>`;
}

function tallyHead(group: SeverityGroup): Markup {
  const { severity } = group;
  const name = title(severity);
  const link = totalOf(group) === 0 ? html`${name}` : html`<a href="#${severity}">${name}</a>`;
  return html`${gauge(severity)} ${link}`;
}

function severityPart(group: SeverityGroup, summary: Summary): Markup {
  const { severity, counts, active, atRest } = group;
  const [waiting, resting] = [counts.new + counts.open, counts.resolved + counts.acknowledged];
  return html`
<h3 id="${severity}" class="${severity}">${gauge(severity)} ${title(severity)}
<small>${MEANINGS[severity]} · ${waiting === 0 ? 'none waits' : `${countText(waiting)} waiting`}</small></h3>
${entries(active, waiting, summary)}
${
  resting === 0
    ? NOTHING
    : html`<details><summary>${atRestText(group)}</summary>
${entries(atRest, resting, summary)}</details>`
}`;
}

function entries(shown: readonly Discrepancy[], total: number, summary: Summary): Markup {
  if (total === 0) return NOTHING;
  const left = total - shown.length;
  return html`<ol class="entries">${shown.map((one) => discrepancyEntry(one, summary))}</ol>
${left === 0 ? NOTHING : html`<p class="note more">And ${countText(left)} more: <code>discrepancies.csv</code> has all of them.</p>`}`;
}

function atRestText({ counts }: SeverityGroup): string {
  const parts = [
    counts.resolved > 0 ? `${countText(counts.resolved)} resolved` : '',
    counts.acknowledged > 0 ? `${countText(counts.acknowledged)} acknowledged` : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** Four strokes, as many of them filled as it is grave: told apart without its colour. */
function gauge(severity: (typeof SEVERITIES)[number]): Markup {
  const filled = SEVERITIES.length - 1 - SEVERITIES.indexOf(severity);
  const strokes = [0, 1, 2, 3].map((at) => {
    const shape = at < filled ? 'on' : 'off';
    return html`<rect class="${shape}" x="${at * 5 + 0.5}" y="0.5" width="3" height="11"/>`;
  });
  return html`<svg class="gauge" viewBox="0 0 20 12" width="20" height="12" aria-hidden="true">${strokes}</svg>`;
}

function totalOf({ counts }: SeverityGroup): number {
  return STATUSES.reduce((sum, status) => sum + counts[status], 0);
}

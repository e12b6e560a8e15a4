import type { Restatement } from '../model/restatement.ts';
import { amountText, counted, countText, recordNoun } from './figure.ts';
import { recordLink } from './link.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { zonedText } from './moment.ts';
import { section } from './section.ts';
import type { Summary } from './summary.ts';

/** What was published and reads differently now. Normal life is counted, corrections are shown. */
export function restatementsSection(summary: Summary): Markup {
  const { lifecycleCount, correctionCount, corrections } = summary.restatements;
  const left = correctionCount - corrections.length;
  const life = `${counted(lifecycleCount, 'field')} of earlier days moved on as they should`;
  const lead =
    correctionCount === 0
      ? `Nothing published was corrected; ${life}.`
      : `${counted(correctionCount, 'published figure was', 'published figures were')} corrected; ${life}.`;
  return section(
    'restatements',
    'Restatements',
    html`<p class="lead">${lead}</p>
${corrections.length === 0 ? NOTHING : table(corrections, summary)}
${left === 0 ? NOTHING : html`<p class="note more">And ${countText(left)} more: <code>restatements.csv</code> has all of them.</p>`}`,
  );
}

function table(corrections: readonly Restatement[], summary: Summary): Markup {
  return html`
<table class="lines"><caption class="unseen">Corrections of published rows</caption>
<thead><tr><th scope="col">Record</th><th scope="col">Was, and is now</th>
<th scope="col" class="right">Effect</th></tr></thead>
<tbody>${corrections.map((one) => line(one, summary))}</tbody></table>`;
}

function line(restatement: Restatement, summary: Summary): Markup {
  const { collection, recordId, businessDate, field, effect, currency } = restatement;
  const shown = (cell: string) =>
    currency === '' ? zonedText(cell, summary.timezone) : amountText(cell, currency);
  const value = (cell: string) => (cell === '' ? html`<i>nothing</i>` : html`${shown(cell)}`);
  return html`
<tr><th scope="row">${recordLink(summary, collection, recordId)}
<small>${recordNoun(collection, 1)} of ${businessDate}</small></th>
<td><small>${field}</small> <span class="change"><s>${value(restatement.old)}</s> →
${value(restatement.new)}</span></td>
<td class="right">${effect === '' ? '–' : html`${amountText(effect, currency)} ${currency}`}</td></tr>`;
}

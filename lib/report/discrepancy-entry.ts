import type { Discrepancy } from '../model/discrepancy.ts';
import { amountText, counted, isAmount, recordNoun, title } from './figure.ts';
import { recordLink } from './link.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { shortDay } from './moment.ts';
import type { Summary } from './summary.ts';

/** One discrepancy: what is wrong and what to do on the left, the subtraction on the right. */
export function discrepancyEntry(discrepancy: Discrepancy, summary: Summary): Markup {
  const { rule, collection, recordId, customerId, explanation, action } = discrepancy;
  const record = html`<span>${recordNoun(collection, 1)} ${recordLink(summary, collection, recordId)}</span>`;
  const customer = html`<span>customer <span class="id">${customerId}</span></span>`;
  return html`
<li class="entry ${discrepancy.severity}">
<div class="told">
<h4>${title(rule)} ${standing(discrepancy)}</h4>
<p class="record">${recordId === '' ? NOTHING : record} ${customerId === '' ? NOTHING : customer}</p>
<p>${explanation}</p>
${action === '' ? NOTHING : html`<p class="action"><b>To do</b> ${action}</p>`}
${related(discrepancy)}
</div>
${subtraction(discrepancy)}
</li>`;
}

/** Status and age in words: `new`, `open for 11 days, since 9 Nov`. */
function standing({ status, ageDays, firstSeen, class: kind }: Discrepancy): Markup {
  const age = ageDays === 0 ? '' : ` · ${counted(ageDays, 'day')}`;
  const since = status === 'new' ? '' : ` since ${shortDay(firstSeen)}`;
  const hope = kind === 'timing' ? html` <span class="tag">may still come</span>` : NOTHING;
  return html`<span class="tag ${status}">${status}${since}${age}</span>${hope}`;
}

function related({ id, relatedIds }: Discrepancy): Markup {
  const others = relatedIds.map((one) => html`<li class="id">${one}</li>`);
  const head = others.length === 0 ? 'Id' : `Id, and ${counted(others.length, 'related record')}`;
  const list = others.length === 0 ? NOTHING : html`<p>Related records</p><ul>${others}</ul>`;
  return html`<details class="more"><summary>${head}</summary>
<p>Discrepancy <span class="id">${id}</span></p>${list}</details>`;
}

/** As it would stand on paper: two figures, a rule, what is left. */
function subtraction({ expected, actual, difference, currency }: Discrepancy): Markup {
  const lines = [
    ['Expected', expected],
    ['Found', actual],
    ['Difference', difference],
  ] as const;
  const shown = lines.filter(([, text]) => text !== '');
  if (shown.length === 0) return NOTHING;
  return html`<dl class="ledger">${shown.map(
    ([label, text]) =>
      html`<div${label === 'Difference' ? html` class="rest"` : NOTHING}><dt>${label}</dt><dd>${figure(text, currency)}</dd></div>`,
  )}</dl>`;
}

function figure(text: string, currency: string): Markup {
  if (!isAmount(text)) return html`<span class="words">${text}</span>`;
  if (currency === '') return html`${amountText(text, '')}`;
  return html`${amountText(text, currency)} <span class="currency">${currency}</span>`;
}

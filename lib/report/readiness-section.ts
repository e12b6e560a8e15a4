import type { Readiness } from '../model/readiness.ts';
import { counted, recordNoun } from './figure.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { section } from './section.ts';
import type { Summary } from './summary.ts';

/** Which periods may be closed, and what the others wait for. */
export function readinessSection({ readiness }: Summary): Markup {
  const newestFirst = [...readiness].sort((a, b) => (a.period < b.period ? 1 : -1));
  const provisional = newestFirst.filter(({ state }) => state === 'provisional');
  const settled = newestFirst.filter(({ state }) => state === 'settled');
  const lead =
    readiness.length === 0
      ? 'No period was judged for readiness.'
      : provisional.length === 0
        ? 'Every period judged is settled: nothing in it is waited for.'
        : 'A provisional period may still change by itself; wait with closing it.';
  return section(
    'readiness',
    'Readiness',
    html`<p class="lead">${lead}</p>
${provisional.length === 0 ? NOTHING : table('Provisional', provisional)}
${settled.length === 0 ? NOTHING : html`<details><summary>${counted(settled.length, 'period has', 'periods have')} settled</summary>${table('Settled', settled)}</details>`}`,
  );
}

function table(caption: string, lines: readonly Readiness[]): Markup {
  return html`
<table class="lines"><caption>${caption}</caption>
<thead><tr><th scope="col">Period</th><th scope="col">Reasons</th>
<th scope="col" class="right">Since</th></tr></thead>
<tbody>${lines.map(
    ({ period, collection, reasons, since }) => html`
<tr><th scope="row" class="day">${period} <small>${recordNoun(collection, 2)}</small></th>
<td>${reasons === '' ? '–' : reasons}</td><td class="right">${since}</td></tr>`,
  )}</tbody></table>`;
}

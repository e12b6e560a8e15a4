import { counted, countText, recordNoun } from './figure.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { section } from './section.ts';
import type { Completeness, Summary } from './summary.ts';

/** Whether every row is here, before anybody looks at a sum. */
export function completenessSection({ completeness }: Summary): Markup {
  const agrees = completeness.every((one) => one.agrees);
  const lanes = completeness.reduce((sum, { laneCount }) => sum + laneCount, 0);
  const requests = completeness.reduce((sum, { requestCount }) => sum + requestCount, 0);
  const read = completeness.map(
    ({ collection, rowCount }) => `${countText(rowCount)} ${recordNoun(collection, rowCount)}`,
  );
  const sentence = agrees
    ? html`<p class="lead"><span class="mark ok" aria-hidden="true">✓</span> Every row was read:
      ${read.join(' and ')}. Each count the API gave, before and after, equals the rows received.</p>`
    : html`<p class="lead"><span class="mark bad" aria-hidden="true">✗</span> Rows are missing or too
      many: a count the API gave differs from the rows received.</p>`;
  return section(
    'completeness',
    'Completeness',
    html`${sentence}
<table class="figures">
<caption>${counted(lanes, 'lane')}, ${counted(requests, 'request')}</caption>
<thead><tr><th scope="col">Collection</th><th scope="col">In the files</th>
<th scope="col">Counted</th><th scope="col">Received</th><th scope="col">Agree</th></tr></thead>
<tbody>${completeness.map(line)}</tbody>
</table>${onEdges(completeness)}`,
  );
}

function line({ collection, rowCount, countedRows, receivedRows, agrees }: Completeness): Markup {
  return html`
<tr><th scope="row">${recordNoun(collection, 2)}</th><td>${countText(rowCount)}</td>
<td>${countText(countedRows)}</td><td>${countText(receivedRows)}</td>
<td>${agrees ? 'yes' : 'no'}</td></tr>`;
}

function onEdges(completeness: readonly Completeness[]): Markup {
  if (completeness.every(({ rowCount, receivedRows }) => rowCount === receivedRows)) return NOTHING;
  return html`<p class="note">A row on the edge of two lanes is counted and received by both, and
kept by one.</p>`;
}

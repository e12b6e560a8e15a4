import { amountText, countText } from './figure.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { section } from './section.ts';
import { volumesOf, widest } from './sheet-width.ts';
import type { Movement, Summary } from './summary.ts';

/** How much moved: one sheet for each currency, never one for two. */
export function moneySection({ movements }: Summary): Markup {
  return section(
    'money',
    'Money moved',
    html`${movements.length === 0 ? html`<p class="lead">No money moved.</p>` : NOTHING}
<div class="sheets" style="--widest:${widest(movements.flatMap(volumesOf))}ch">
${movements.map(sheet)}</div>
<p class="note">Approved sales and captures less approved refunds and credits, without voided ones,
by the time they were created. Currencies are never added together.</p>`,
  );
}

function sheet({ currency, moneyIn, moneyOut, net }: Movement): Markup {
  return html`
<table class="sheet sum"><caption>${currency}</caption>
<thead class="unseen"><tr><th scope="col">Direction</th><th scope="col">Count</th>
<th scope="col">Amount</th></tr></thead>
<tbody><tr><th scope="row">In</th><td class="count">${countText(moneyIn.count)}</td>
<td>${amountText(moneyIn.amount, currency)}</td></tr>
<tr><th scope="row">Out</th><td class="count">${countText(moneyOut.count)}</td>
<td>${amountText(moneyOut.amount, currency)}</td></tr></tbody>
<tfoot><tr><th scope="row" colspan="2">Net</th><td>${amountText(net, currency)}</td></tr></tfoot>
</table>`;
}

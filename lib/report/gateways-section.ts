import { shareBar } from './chart.ts';
import { amountText, countText } from './figure.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { section } from './section.ts';
import { volumesOf, widest } from './sheet-width.ts';
import type { GatewayMovement, Summary } from './summary.ts';

/** Through which account the money went; a bar compares accounts within one currency only. */
export function gatewaysSection({ gateways }: Summary): Markup {
  if (gateways.length === 0) return NOTHING;
  const currencies = [...new Set(gateways.map(({ currency }) => currency))];
  return section(
    'gateways',
    'Gateway accounts',
    html`<div class="sheets wide" style="--widest:${widest(gateways.flatMap(volumesOf))}ch">
${currencies.map((currency) =>
  sheet(
    currency,
    gateways.filter((one) => one.currency === currency),
  ),
)}</div>`,
  );
}

function sheet(currency: string, accounts: readonly GatewayMovement[]): Markup {
  // Shares of the largest: lengths on the screen, of which no figure is made.
  const largest = Math.max(...accounts.map(({ moneyIn }) => Number(moneyIn.amount)), 0);
  return html`
<table class="sheet accounts"><caption>${currency}
<span class="unseen">by gateway account</span></caption>
<thead class="unseen"><tr><th scope="col">Direction</th><th scope="col">Rows</th>
<th scope="col">Amount</th></tr></thead>${accounts.map((account) =>
    part(account, largest === 0 ? 0 : Number(account.moneyIn.amount) / largest),
  )}</table>`;
}

/** What came in through an account and what went out, whichever there is. */
function part(account: GatewayMovement, share: number): Markup {
  const { gatewayAccountId: id, currency, moneyIn, moneyOut } = account;
  const lines = [
    { direction: 'In', volume: moneyIn },
    { direction: 'Out', volume: moneyOut },
  ].filter(({ volume }) => volume.count > 0);
  return html`
<tbody><tr><th scope="rowgroup" colspan="3">${
    id === '' ? 'No account named' : html`<span class="id">${id}</span>`
  }${shareBar(share)}</th></tr>${lines.map(
    ({ direction, volume }) => html`
<tr><th scope="row">${direction}</th><td class="count">${countText(volume.count)}</td>
<td>${amountText(volume.amount, currency)}</td></tr>`,
  )}</tbody>`;
}

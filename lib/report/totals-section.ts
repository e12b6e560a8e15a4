import { amountText, countText, title } from './figure.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { section } from './section.ts';
import { widest } from './sheet-width.ts';
import type { Summary, Volume } from './summary.ts';

const NO_CURRENCY = 'Without amount or currency';

const MEMO_MEASURES: Readonly<Record<string, string>> = {
  issued: 'Issued',
  'allocated-to-invoices': 'Spent on invoices',
  'allocated-to-transactions': 'Paid by transactions',
  voided: 'Voided',
  unused: 'Unused',
  'brought-forward': 'Brought forward',
  'carried-forward': 'Carried forward',
};

interface Line extends Volume {
  readonly label: string;
  readonly currency: string;
}

/** What to tie other books to, line by line: one sheet for each currency, never one for two. */
export function totalsSection({ transactionTotals, memoTotals }: Summary): Markup {
  const transactions = transactionTotals.map(({ type, result, voided, ...volume }) => ({
    label: [title(type), result, voided ? 'voided' : ''].filter((word) => word !== '').join(', '),
    ...volume,
  }));
  const memos = memoTotals.map(({ measure, ...volume }) => ({
    label: MEMO_MEASURES[measure] ?? title(measure),
    ...volume,
  }));
  if (transactions.length + memos.length === 0) return NOTHING;
  return section(
    'totals',
    'Control totals',
    html`${sheets('Transactions', transactions)}
${sheets('Credit memos', memos)}
<p class="note"><code>control-totals.csv</code> has them by gateway account, method and processed day
as well.</p>`,
  );
}

function sheets(heading: string, lines: readonly Line[]): Markup {
  if (lines.length === 0) return NOTHING;
  const currencies = [...new Set(lines.map(({ currency }) => currency))];
  return html`
<h3>${heading}</h3>
<div class="sheets wide" style="--widest:${widest(lines)}ch">${currencies.map((currency) =>
    sheet(
      heading,
      currency,
      lines.filter((line) => line.currency === currency),
    ),
  )}</div>`;
}

function sheet(heading: string, currency: string, lines: readonly Line[]): Markup {
  return html`
<table class="sheet"><caption>${currency === '' ? NO_CURRENCY : currency}
<span class="unseen">${heading}</span></caption>
<thead class="unseen"><tr><th scope="col">What</th><th scope="col">Count</th>
<th scope="col">Amount</th></tr></thead>
<tbody>${lines.map(
    ({ label, count, amount }) => html`
<tr><th scope="row">${label}</th><td class="count">${countText(count)}</td>
<td>${currency === '' ? '–' : amountText(amount, currency)}</td></tr>`,
  )}</tbody>
</table>`;
}

import { barChart } from './chart.ts';
import { amountText, counted, countText } from './figure.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { longDay, shortDay } from './moment.ts';
import { section } from './section.ts';
import type { DayFigures, Summary, Volume } from './summary.ts';

/** More small pictures than this are no picture; the table has every currency. */
const CURRENCIES_SHOWN = 5;

const NO_VOLUME: Volume = { count: 0, amount: '0' };

/** The rhythm of the last weeks: a small picture a currency, and one of the discrepancies. */
export function daysSection({ days }: Summary): Markup {
  if (days.length === 0) return NOTHING;
  const missing = days.filter((day) => day.missing).map(({ day }) => shortDay(day));
  return section(
    'days',
    `Last ${counted(days.length, 'day')}`,
    html`<div class="pictures">${largestCurrencies(days).map((currency, at) =>
      moneyPicture(`chart-${at + 1}`, currency, days),
    )}${discrepancyPicture(days)}</div>
${missing.length === 0 ? NOTHING : html`<p class="note"><span class="gap" aria-hidden="true"></span> No snapshot: ${missing.join(', ')}.</p>`}
<details><summary>The same in figures</summary>${table(days)}</details>`,
  );
}

function moneyPicture(id: string, currency: string, days: readonly DayFigures[]): Markup {
  const volumes = days.map((day) => volumeOf(day, currency));
  // A height on the screen only: no figure is made from it.
  const bars = volumes.map(({ amount }, at) => ({
    height: Number(amount),
    missing: days[at]!.missing,
  }));
  const peak = bars.reduce((best, { height }, at) => (height > bars[best]!.height ? at : best), 0);
  const highest = `highest ${amountText(volumes[peak]!.amount, currency)} on ${shortDay(days[peak]!.day)}`;
  const last = amountText(volumes.at(-1)!.amount, currency);
  const chart = barChart(
    id,
    `Money in, ${currency}, by day`,
    `Last day ${last}, ${highest}.`,
    bars,
  );
  return picture(`${currency}, money in`, last, highest, chart, days);
}

function discrepancyPicture(days: readonly DayFigures[]): Markup {
  const bars = days.map(({ discrepancyCount, missing }) => ({ height: discrepancyCount, missing }));
  const peak = bars.reduce((best, { height }, at) => (height > bars[best]!.height ? at : best), 0);
  const highest = `most ${countText(bars[peak]!.height)} on ${shortDay(days[peak]!.day)}`;
  const last = countText(days.at(-1)!.discrepancyCount);
  const chart = barChart(
    'chart-0',
    'New discrepancies by day',
    `Last day ${last}, ${highest}.`,
    bars,
  );
  return picture('New discrepancies', last, highest, chart, days, 'alarm');
}

function picture(
  heading: string,
  last: string,
  highest: string,
  chart: Markup,
  days: readonly DayFigures[],
  kind = '',
): Markup {
  return html`
<figure class="${kind}"><figcaption><span>${heading}</span> <b>${last}</b></figcaption>
${chart}
<p class="axis"><span>${shortDay(days[0]!.day)}</span> <span>${highest}</span>
<span>${shortDay(days.at(-1)!.day)}</span></p></figure>`;
}

function table(days: readonly DayFigures[]): Markup {
  return html`
<table class="lines days"><caption class="unseen">Money in and new discrepancies by day</caption>
<thead><tr><th scope="col">Day</th><th scope="col" class="right">Money in</th>
<th scope="col" class="right">New discrepancies</th></tr></thead>
<tbody>${[...days].reverse().map(
    (day) => html`
<tr><th scope="row" class="day"><span class="unseen">${longDay(day.day)}</span><span aria-hidden="true">${shortDay(day.day)}</span></th>
<td class="right">${
      day.missing
        ? 'no snapshot'
        : day.moneyIn.map(
            ({ currency, count, amount }) =>
              html`<div>${amountText(amount, currency)} ${currency} <small>${countText(count)}</small></div>`,
          )
    }</td>
<td class="right">${day.missing ? '–' : countText(day.discrepancyCount)}</td></tr>`,
  )}</tbody></table>`;
}

/** Those with most rows: amounts of two currencies have no order. */
function largestCurrencies(days: readonly DayFigures[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { currency, count } of days.flatMap(({ moneyIn }) => moneyIn)) {
    counts.set(currency, (counts.get(currency) ?? 0) + count);
  }
  return [...counts]
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .slice(0, CURRENCIES_SHOWN)
    .map(([currency]) => currency);
}

function volumeOf({ moneyIn }: DayFigures, currency: string): Volume {
  return moneyIn.find((one) => one.currency === currency) ?? NO_VOLUME;
}

import { completenessSection } from './completeness.ts';
import { daysSection } from './days-section.ts';
import { discrepanciesSection } from './discrepancies-section.ts';
import { gatewaysSection } from './gateways-section.ts';
import { html, type Markup, markupText } from './markup.ts';
import { periodText, zonedText } from './moment.ts';
import { moneySection } from './money-section.ts';
import { readinessSection } from './readiness-section.ts';
import { remarksSection } from './remarks-section.ts';
import { restatementsSection } from './restatements-section.ts';
import { STYLE } from './style.ts';
import type { Summary } from './summary.ts';
import { totalsSection } from './totals-section.ts';
import { verdict } from './verdict.ts';

/** Nothing is loaded and nothing runs, whatever an id or a message holds. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * The page for the accountant: one file, no network, no script; the same summary gives the same
 * bytes. It goes from the verdict to its reasons (is it whole, what moved, what is wrong) and from
 * there to what is looked up rather than read.
 */
export function reportHtml(summary: Summary): string {
  const { outcome, sentence } = verdict(summary);
  const period = periodText(summary.firstDay, summary.lastDay);
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<title>${period} · ${summary.organizationId} · Tieout</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="masthead"><b>Tieout</b> <span>${summary.organizationId} · ${summary.environment}</span></p>
<h1 class="${outcome}">${unbroken(sentence)}</h1>
${facts(summary)}
</header>
<main>
${completenessSection(summary)}
${moneySection(summary)}
${discrepanciesSection(summary)}
${restatementsSection(summary)}
${readinessSection(summary)}
${daysSection(summary)}
${gatewaysSection(summary)}
${totalsSection(summary)}
${remarksSection(summary)}
</main>
<footer><p>Made by Tieout ${summary.tieoutVersion} from the files of run
<span class="id">${summary.runId}</span>. Times are those of ${summary.timezone}. Amounts are exact; no
two currencies were added.</p></footer>
</body>
</html>
`;
  return markupText(page);
}

/** Holds a count and its noun together, wherever the line ends. */
function unbroken(sentence: string): string {
  return sentence.replace(/(: |, |and )([\d,]+) /g, '$1$2\u00a0');
}

function facts({ timezone, start, end, judgedAt }: Summary): Markup {
  const lines = [
    ['From', zonedText(start, timezone)],
    ['To before', zonedText(end, timezone)],
    ['Judged', zonedText(judgedAt, timezone)],
    ['Time zone', timezone],
  ] as const;
  return html`<dl class="facts">${lines.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>`;
}

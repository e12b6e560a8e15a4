import { html, type Markup } from './markup.ts';

/**
 * The page's look: paper and ink, one accent a severity, figures in columns. Every pair of colours
 * has at least the contrast of WCAG AA, and nothing is told by colour alone.
 */
const COLOURS = html`
:root {
  color-scheme: light dark;
  --paper: #fffefb; --sheet: #f6f4ee; --ink: #1d1c1a; --soft: #5d5a53; --line: #d9d5ca;
  --accent: #22577a; --bar: #a9b9c4; --gap: #ece8dd; --good: #25663f;
  --critical: #a5161d; --high: #a84300; --medium: #7a5a00; --low: #2d5d8b; --info: #5d5a53;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16171a; --sheet: #1f2125; --ink: #ebe8e1; --soft: #aaa69c; --line: #3a3c41;
    --accent: #8fc1e3; --bar: #53606b; --gap: #26282d; --good: #86cfa0;
    --critical: #ff8f88; --high: #ffae70; --medium: #e5c765; --low: #8fbdea; --info: #aaa69c;
  }
}
.critical { --tone: var(--critical) } .high { --tone: var(--high) }
.medium { --tone: var(--medium) } .low { --tone: var(--low) } .info { --tone: var(--info) }
`;

const TEXT = html`
* { box-sizing: border-box; margin: 0; padding: 0 }
html { font: 100%/1.5 -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  -webkit-text-size-adjust: 100%; background: var(--paper); color: var(--ink) }
body { max-width: 68rem; margin: 0 auto; padding: 2.5rem clamp(1rem, 4vw, 3rem) 3rem;
  font-size: .9375rem; font-variant-numeric: lining-nums tabular-nums; overflow-wrap: break-word }
h1, h2 { font-family: "Iowan Old Style", "Palatino Linotype", Charter, "Liberation Serif", serif;
  font-weight: 600; text-wrap: balance }
h1 { font-size: clamp(1.6rem, 1.1rem + 2vw, 2.35rem); line-height: 1.18; max-width: 30em;
  letter-spacing: -.012em }
h2 { font-size: 1.3rem; line-height: 1.25 }
h3 { font-size: 1rem; margin: 2rem 0 .6rem } .body > h3:first-child { margin-top: 0 }
h4 { font-size: .9375rem }
h3 small { font-weight: 400; color: var(--soft) }
small { font-size: .8125rem; color: var(--soft) }
a { color: var(--accent); text-decoration: underline; text-decoration-thickness: 1px;
  text-underline-offset: .2em }
a:hover { text-decoration-thickness: 2px }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
code, .id { font: .86em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace;
  overflow-wrap: anywhere; unicode-bidi: isolate }
ol, ul { list-style: none }
details { margin-top: .75rem }
summary { cursor: pointer; color: var(--soft); font-size: .875rem; width: fit-content }
.lead { max-width: 42em }
.note, .more { color: var(--soft); font-size: .8125rem; max-width: 46em; margin-top: .6rem }
.nil { color: var(--soft) }
.right { text-align: right }
.mark { font-weight: 700 } .ok { color: var(--good) } .bad { color: var(--critical) }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap }
`;

const FRAME = html`
.masthead { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5rem;
  padding-bottom: .5rem; margin-bottom: 1.75rem; border-bottom: 2px solid var(--ink);
  font-size: .875rem; overflow-wrap: anywhere }
.facts { display: flex; flex-wrap: wrap; gap: .35rem 1.75rem; margin-top: 1.25rem;
  font-size: .8125rem }
.facts div { display: flex; gap: .4rem } .facts dt { color: var(--soft) }
section { margin-top: 2.25rem; padding-top: 1rem; border-top: 1px solid var(--line) }
.body { margin-top: .75rem; min-width: 0 }
footer { margin-top: 3rem; padding-top: .75rem; border-top: 2px solid var(--ink);
  font-size: .8125rem; color: var(--soft) }
@media (min-width: 60rem) {
  section { display: grid; grid-template-columns: 10.5rem minmax(0, 1fr); column-gap: 2rem }
  .body { margin-top: .2rem }
}
`;

const TABLES = html`
table { border-collapse: collapse; width: 100%; margin-top: .75rem }
table:first-child { margin-top: 0 }
caption { text-align: left; color: var(--soft); font-size: .8125rem; padding-bottom: .25rem }
th { text-align: left; font-weight: 400; vertical-align: top }
td { vertical-align: top }
thead th { color: var(--soft); font-size: .8125rem; vertical-align: bottom }
tr > * { padding: .3rem 0 .3rem .75rem; border-bottom: 1px solid var(--line) }
tr > :first-child { padding-left: 0 }
.figures { max-width: 38rem }
.figures td, .figures thead th + th { text-align: right }
.figures tbody th::first-letter { text-transform: uppercase }
.sheets { display: grid; gap: 1.5rem 1.75rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, calc(var(--widest) + 3rem)), 1fr)) }
.sheets.wide { grid-template-columns:
  repeat(auto-fill, minmax(min(100%, calc(var(--widest) + 11rem)), 1fr)) }
.sheet { margin-top: 0; align-self: start }
.sheet caption { color: var(--ink); font-weight: 600; font-size: .875rem;
  border-bottom: 1px solid var(--ink) }
.sheet tbody > tr > * { border: 0; padding-top: .15rem; padding-bottom: .15rem }
.sheet tbody > tr:first-child > * { padding-top: .4rem }
.sheet td { text-align: right; white-space: nowrap } .sheet .count { color: var(--soft) }
.sheet tbody th { width: 99% } .sheet td:last-child { min-width: 6.5rem }
.sheet.sum td { min-width: 0 }
tfoot > tr > * { border: 0; border-top: 1px solid var(--ink); font-weight: 600; text-align: right }
tfoot > tr > th { text-align: left }
.lines th small, .lines td small { display: block }
.lines td, .lines th { overflow-wrap: anywhere }
.lines td.right { white-space: nowrap; overflow-wrap: normal }
.lines th.day { white-space: nowrap }
.days td small { display: inline }
.accounts th[scope=rowgroup] { color: var(--soft); overflow-wrap: anywhere }
.accounts tbody + tbody th[scope=rowgroup] { padding-top: .9rem }
`;

const ENTRIES = html`
.gauge { vertical-align: -.06em; margin-right: .3rem } .gauge rect { stroke: var(--tone) }
.gauge .on { fill: var(--tone) } .gauge .off { fill: none }
.tally { max-width: 34rem }
h3.critical, h3.high, h3.medium, h3.low, h3.info { color: var(--tone); font-size: 1.1rem;
  margin-top: 2.25rem }
.entries { border-top: 2px solid var(--line) }
h3 + .entries { border-color: var(--ink) }
.entry { padding: .9rem 0 .9rem .9rem; border-bottom: 1px solid var(--line);
  box-shadow: inset 3px 0 var(--tone) }
.told > * + * { margin-top: .2rem } .told { min-width: 0; max-width: 38em }
.record { display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: .8125rem; color: var(--soft);
  overflow-wrap: anywhere }
.record > span { min-width: 0 }
.action b { color: var(--tone); font-size: .8125rem; margin-right: .25rem }
.tag { display: inline-block; font-size: .75rem; font-weight: 400; color: var(--soft); border: 1px solid var(--line);
  border-radius: .25rem; padding: 0 .4rem; margin-left: .25rem; white-space: nowrap }
.tag.new { color: var(--paper); background: var(--tone); border-color: var(--tone) }
.entry .more .id { font-size: .95em }
.entry .more { margin-top: .3rem; font-size: .75rem } .entry .more summary { font-size: .75rem }
.ledger { margin-top: .6rem; min-width: 0 }
.ledger div { display: flex; justify-content: space-between; gap: 1rem }
.ledger dt { color: var(--soft); font-size: .8125rem; flex: none }
.ledger dd { text-align: right; min-width: 0; overflow-wrap: anywhere }
.ledger .rest { border-top: 1px solid var(--ink); margin-top: .15rem; padding-top: .15rem;
  font-weight: 600 }
.ledger .rest dt { color: inherit; font-weight: 400 }
.currency { font-size: .75rem; font-weight: 400; color: var(--soft); display: inline-block;
  min-width: 2.6em; text-align: left }
.remarks li { padding: .4rem 0 .4rem .9rem; box-shadow: inset 3px 0 var(--line);
  margin-bottom: .4rem; max-width: 46em; overflow-wrap: anywhere }
@media (min-width: 40rem) {
  .entry { display: grid; grid-template-columns: minmax(0, 1fr) fit-content(20rem);
    column-gap: 2rem }
  .ledger { margin-top: 0; min-width: 14rem }
}
`;

const PICTURES = html`
.pictures { display: grid; gap: 1.75rem 2.25rem;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)) }
figure { min-width: 0 }
figcaption { display: flex; justify-content: space-between; gap: 1rem; font-size: .875rem;
  padding-bottom: .4rem }
.chart { display: block; width: 100%; height: 4rem }
.chart .bar { fill: var(--bar) } .chart .last { fill: var(--accent) }
.alarm .last { fill: var(--critical) }
.chart .gap { fill: var(--gap) } .chart .base { fill: var(--ink) }
span.gap { display: inline-block; width: .7rem; height: .7rem; background: var(--gap);
  border: 1px solid var(--line); vertical-align: -.05rem }
.axis { display: flex; justify-content: space-between; gap: .5rem; font-size: .75rem;
  color: var(--soft); padding-top: .2rem }
.share { display: block; width: 100%; height: 3px; margin: .25rem 0 .1rem }
.share rect { fill: var(--accent) }
`;

/** On paper: black on white, what was folded unfolded, nothing torn between two sheets. */
const PRINT = html`
@media print {
  @page { size: A4 portrait; margin: 16mm 15mm 18mm;
    @bottom-right { content: counter(page) " / " counter(pages); font: 8pt Arial, sans-serif } }
  :root { color-scheme: light;
    --paper: #fff; --sheet: #fff; --ink: #000; --soft: #4d4a44; --line: #c9c5ba;
    --accent: #22577a; --bar: #a9b9c4; --gap: #ece8dd; --good: #25663f;
    --critical: #a5161d; --high: #a84300; --medium: #7a5a00; --low: #2d5d8b; --info: #4d4a44 }
  html { font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact }
  body { max-width: none; padding: 0; font-size: 9pt }
  section { display: block; margin-top: 1.4rem }
  .entry { display: grid; grid-template-columns: minmax(0, 1fr) fit-content(18rem);
    column-gap: 1.5rem }
  .ledger { margin-top: 0; min-width: 13rem }
  h2, h3, caption, thead { break-after: avoid }
  .entry, .sheet, figure, tr, .facts { break-inside: avoid }
  details::details-content { content-visibility: visible; block-size: auto; display: block }
  summary { list-style: none }
  .entry summary { display: none }
  a { color: inherit; text-decoration: none }
}
`;

export const STYLE: Markup = html`${[COLOURS, TEXT, FRAME, TABLES, ENTRIES, PICTURES, PRINT]}`;

import type { RuleOutcome } from '../model/rule-outcome.ts';
import { counted, countText, title } from './figure.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { section } from './section.ts';
import type { Summary } from './summary.ts';

/** What limits the figures above, and how each rule fared. */
export function remarksSection(summary: Summary): Markup {
  const remarks = remarksOf(summary);
  const { outcomes } = summary;
  return section(
    'remarks',
    'Remarks',
    html`${
      remarks.length === 0
        ? html`<p class="lead">Nothing limits the figures above.</p>`
        : html`<ul class="remarks">${remarks.map((remark) => html`<li>${remark}</li>`)}</ul>`
    }
${outcomes.length === 0 ? NOTHING : html`<details><summary>${counted(outcomes.length, 'rule')} in the catalogue</summary>${table(outcomes)}</details>`}`,
  );
}

/** Sentences, the gravest first; the terminal prints the same. */
export function remarksOf(summary: Summary): readonly string[] {
  const { outcomes, remarks, cellFaultCount, driftCount, view } = summary;
  const failed = outcomes.filter(({ error }) => error !== undefined);
  return [
    ...failed.map(({ rule, error }) => `The rule ${rule} failed, and judged nothing: ${error}`),
    ...(view === ''
      ? []
      : ['This is a view: rows were left out on purpose, or the day was not over.']),
    ...remarks,
    ...(cellFaultCount === 0
      ? []
      : [
          `${counted(cellFaultCount, 'cell is', 'cells are')} empty, because a value was of the wrong kind (manifest.json).`,
        ]),
    ...(driftCount === 0
      ? []
      : [
          `${counted(driftCount, 'thing', 'things')} that the API's description does not have ${driftCount === 1 ? 'was' : 'were'} seen (manifest.json).`,
        ]),
  ];
}

function table(outcomes: readonly RuleOutcome[]): Markup {
  return html`
<table class="figures"><caption class="unseen">How each rule fared</caption>
<thead><tr><th scope="col">Rule</th><th scope="col">Judged</th><th scope="col">Found</th>
<th scope="col">Not applicable</th></tr></thead>
<tbody>${outcomes.map(
    (outcome) => html`
<tr><th scope="row">${title(outcome.rule)}${state(outcome)}</th>
<td>${countText(outcome.judgedCount)}</td><td>${countText(outcome.foundCount)}</td>
<td>${countText(outcome.notApplicableCount)}</td></tr>`,
  )}</tbody></table>`;
}

function state({ isOn, error }: RuleOutcome): string {
  if (!isOn) return ' (off)';
  return error === undefined ? '' : ' (failed)';
}

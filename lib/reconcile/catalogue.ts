import { CHAPTERS } from './roster.ts';
import type { Rule } from './rule.ts';

const HEAD = `# Rules

What Tieout looks for in the books, rule by rule. A rule agrees, differs, or does not apply: where a
field that it needs is absent, or one side is not fully known, it stays silent, and the run says how
often. Amounts are compared exactly, within one currency, by their size.

- **Severity**: \`critical\` money is wrong or lost, \`high\` money is at risk, \`medium\` the books are
  inconsistent, \`low\` worth a look, \`info\`.
- **Class**: \`mismatch\`: both sides are here and differ; \`timing\`: the other side may still come.
- **Nature**: \`state\`: true until mended, resolved by itself; \`event\`: happened once, open until it
  is acknowledged (\`tieout ack\`).
- **About** names the key record of a discrepancy. Its other records are its related ones.

Severities and thresholds may be set, and rules switched off, in \`tieout.config.json\`:

\`\`\`json
{ "rules": { "unsettled": { "graceDays": 10, "severity": "low" }, "unapplied-payment": { "enabled": false } } }
\`\`\`

A rule that cannot be asked is a discrepancy itself, \`rule-failed\` (high), with its error; the others
go on.
`;

/** `docs/rules.md`. */
export function ruleCatalogue(): string {
  const chapters = Object.entries(CHAPTERS).map(
    ([title, rules]) => `## ${title}\n\n${rules.map(entry).join('\n')}`,
  );
  return [HEAD, ...chapters].join('\n');
}

function entry(rule: Rule): string {
  const { id, severity, nature, keySubject, differsWhen, expected, found, action } = rule;
  return `### ${id}

*${severity} · ${rule.class} · ${nature} · about ${keySubject}*

${differsWhen}

- Expected: ${expected}
- Found: ${found}
- To do: ${action}
${Object.entries(rule.thresholds).map(threshold).join('')}`;
}

function threshold([name, { value, unit, meaning }]: [string, Rule['thresholds'][string]]): string {
  return `- \`${name}\`, ${value} ${unit}: ${meaning}\n`;
}

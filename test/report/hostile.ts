import type { Summary } from '../../lib/report/summary.ts';

/** Breaks out of text, attributes and comments, and runs a script wherever one of them gives way. */
const HOSTILE = `--></style></title>"'><img src=x onerror=alert(1)><script>alert(1)</script>&lt;\u202e`;

/** Words that are our own and never come from outside. */
const OWN_WORDS = [
  'severity',
  'status',
  'class',
  'kind',
  'state',
  'timezone',
  'amount',
  'net',
  'firstDay',
  'lastDay',
];

/** The summary with every text that could come from outside turned against its reader. */
export function hostile(summary: Summary): Summary {
  const revive = (name: string, value: unknown): unknown => {
    if (typeof value !== 'string' || OWN_WORDS.includes(name)) return value;
    return value === '' ? value : `${value}${HOSTILE}`;
  };
  return JSON.parse(JSON.stringify(summary), revive) as Summary;
}

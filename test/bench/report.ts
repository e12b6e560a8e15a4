import { figure } from '../../functions/cli/progress.ts';
import { type Circumstances, circumstancesText } from './circumstances.ts';
import { CONTESTANTS } from './contestant.ts';
import type { PageCosts } from './page-costs.ts';
import type { Standing } from './standing.ts';
import { table } from './table.ts';
import { type Target, targetsOf } from './target.ts';

export interface Results {
  readonly circumstances: Circumstances;
  readonly standings: readonly Standing[];
  readonly pageCosts: PageCosts;
}

/** The results as Markdown, for a terminal and for the docs. */
export function report({ circumstances, standings, pageCosts }: Results): string {
  const targets = targetsOf(standings);
  return [
    circumstancesText(circumstances),
    ...(targets.length === 0 ? [] : ['### What it must reach', targetTable(targets)]),
    '### One business day, exported',
    standingTable(standings),
    STANDING_NOTE,
    "### Where a page's milliseconds go",
    pageText(pageCosts),
  ].join('\n\n');
}

export function targetTable(targets: readonly Target[]): string {
  const rows = targets.map(({ aim, bound, measured, holds }) => [
    aim,
    holds ? 'holds' : '**does not hold**',
    bound,
    measured,
  ]);
  return table(['aim', 'verdict', 'bound', 'measured'], rows, { textColumns: 2 });
}

const STANDING_NOTE = `Times are medians over the rounds; memory and requests are the most of any round. Speed against
fetch × 8 is the median of the pairs of a round. API CPU is what the simulator used meanwhile, on the
same cores.`;

const STANDING_HEADER = [
  'program',
  'rows',
  'latency ms',
  'rounds',
  'wall s',
  'rows/s',
  '× fetch8',
  'CPU s',
  'peak MiB',
  'requests per 1,000 rows',
  'API CPU s',
  'complete',
];

function standingTable(standings: readonly Standing[]): string {
  const rows = standings.map((standing) => {
    const { rowCount, latencyMs, gzip, roundCount } = standing.scenario;
    return [
      `${CONTESTANTS[standing.contestant].title}${gzip ? ' (gzip)' : ''}`,
      figure(rowCount),
      `${latencyMs}`,
      `${roundCount}`,
      standing.wallS.toFixed(1),
      figure(Math.round(rowCount / standing.wallS)),
      standing.timesFetch8?.toFixed(2) ?? '–',
      standing.cpuS.toFixed(1),
      standing.peakMiB.toFixed(0),
      ((standing.requestCount * 1000) / rowCount).toFixed(2),
      standing.apiCpuS.toFixed(1),
      standing.isComplete ? 'yes' : '**no**',
    ];
  });
  return table(STANDING_HEADER, rows, { textColumns: 1 });
}

function pageText({ pageMB, stages }: PageCosts): string {
  const rows = stages.map(({ stage, wallMs, cpuMs }) => [
    stage,
    wallMs.toFixed(2),
    cpuMs.toFixed(2),
  ]);
  return [
    table(['stage', 'wall ms', 'CPU ms'], rows, { textColumns: 1 }),
    `A page is 1,000 rows, ${pageMB.toFixed(1)} MB of JSON. The wall time of transport includes the API's.`,
  ].join('\n\n');
}

import { figure } from '../../../functions/cli/progress.ts';
import type { Bundle, FunctionName } from '../../cdk/bundles.ts';
import { targetTable } from '../report.ts';
import { median } from '../standing.ts';
import { table } from '../table.ts';
import type { Target } from '../target.ts';
import { FIRST_DEEDS } from './cold-start.ts';
import type { ShardCost } from './shard.ts';
import type { Size } from './size.ts';

export interface LambdaResults {
  readonly functions: readonly FunctionFigures[];
  readonly shard: ShardCost & { readonly rowCount: number; readonly latencyMs: number };
}

export interface FunctionFigures extends Size {
  readonly name: FunctionName;
  readonly bundle: Bundle;
  /** One a round. */
  readonly startsMs: readonly number[];
}

/** Until the first question to the API comes there. */
const COLD_START_MS = 500;

/** The same as for the command line; the function has more, for the processor that comes with it. */
const PEAK_MIB = 300;

/** The results as Markdown, for a terminal and for the docs. */
export function lambdaReport(results: LambdaResults): string {
  return [
    '### What it must reach',
    targetTable(targetsOf(results)),
    '### Bundles, and how long they take to start',
    functionTable(results.functions),
    '### One business day in packed answers (gzip), read by one `extract`',
    shardTable(results.shard),
  ].join('\n\n');
}

function targetsOf({ functions, shard }: LambdaResults): Target[] {
  const { startsMs, bundle } = functions.find(({ name }) => name === 'Extract')!;
  const startMs = median(startsMs);
  const rows = `${figure(shard.rowCount)} rows in one shard`;
  return [
    {
      aim: 'extract: cold start, until its first question to the API',
      bound: `< ${COLD_START_MS} ms`,
      measured: `${startMs.toFixed(0)} ms`,
      holds: startMs < COLD_START_MS,
    },
    {
      aim: `extract: peak memory, ${rows}`,
      bound: `< ${PEAK_MIB} MiB`,
      measured: `${shard.peakMiB.toFixed(0)} MiB`,
      holds: shard.peakMiB < PEAK_MIB,
    },
    {
      aim: `extract: time against its time-out, ${rows}, ${shard.latencyMs} ms latency`,
      bound: `< ${bundle.timeoutS} s`,
      measured: `${shard.wallS.toFixed(1)} s`,
      holds: shard.wallS < bundle.timeoutS && shard.isComplete,
    },
  ];
}

function functionTable(functions: readonly FunctionFigures[]): string {
  const rows = functions.map(({ name, bundle, unpacked, zipped, startsMs }) => [
    name.toLowerCase(),
    FIRST_DEEDS[name].deed,
    mebibytes(unpacked),
    mebibytes(zipped),
    Math.min(...startsMs).toFixed(0),
    median(startsMs).toFixed(0),
    `${bundle.memoryMb}`,
  ]);
  const header = [
    ...['function', 'started until', 'unpacked MiB', 'zipped MiB'],
    ...['fastest ms', 'median ms', 'memory on AWS MB'],
  ];
  return table(header, rows, { textColumns: 2 });
}

function shardTable({ rowCount, latencyMs, laneCount, ...cost }: LambdaResults['shard']): string {
  const row = [
    figure(rowCount),
    `${latencyMs}`,
    `${laneCount}`,
    cost.wallS.toFixed(1),
    cost.cpuS.toFixed(1),
    cost.peakMiB.toFixed(0),
    cost.isComplete ? 'yes' : '**no**',
  ];
  const header = ['rows', 'latency ms', 'lanes', 'wall s', 'CPU s', 'peak MiB', 'complete'];
  return table(header, [row], { textColumns: 0 });
}

function mebibytes(byteCount: number): string {
  return (byteCount / 2 ** 20).toFixed(1);
}

import { figure } from '../../../functions/cli/progress.ts';
import type { Tally } from '../../reconcile/tally.ts';
import { table } from '../table.ts';
import type { Memory } from './memory.ts';
import type { Pair } from './speed.ts';

export interface RulesResults {
  readonly accuracy?: Accuracy;
  readonly pairs?: readonly Pair[];
  readonly memory?: Memory;
}

/** Tallies of a world with planted faults, and of the same world without. */
export interface Accuracy {
  readonly transactionCount: number;
  readonly planted: readonly Tally[];
  readonly clean: readonly Tally[];
}

/** How many times a plain scan all rules may take, and how much memory. */
const SCANS_MOST = 4;
const PEAK_MIB = 1024;
const LARGE_PEAK_MIB = 3 * 1024;

/** The results as Markdown, for a terminal and for the docs. */
export function rulesReport({ accuracy, pairs, memory }: RulesResults): string {
  return [
    ...(accuracy ? accuracyParts(accuracy) : []),
    ...(pairs ? speedParts(pairs) : []),
    ...(memory ? memoryParts(memory) : []),
  ].join('\n\n');
}

function accuracyParts({ transactionCount, planted, clean }: Accuracy): string[] {
  const rows = planted.map((tally) => [
    tally.rule,
    ...[tally.planted, tally.found, tally.missed, tally.false].map(figure),
    ...(['recall', 'precision'] as const).map((name) => shareText(tally, name)),
  ]);
  const alarms = clean.reduce((sum, tally) => sum + tally.false, 0);
  const examples = planted.flatMap(({ rule, examples }) => examples.map((one) => `${rule} ${one}`));
  const header = ['rule', 'planted', 'found', 'missed', 'false', 'recall', 'precision'];
  return [
    `### Planted faults in ${figure(transactionCount)} transactions`,
    table(header, rows, { textColumns: 1 }),
    `In the same world without faults: ${figure(alarms)} discrepancies.`,
    ...(examples.length > 0 ? [`Wrong: ${examples.join(', ')}.`] : []),
  ];
}

/** Of nothing planted all is found; of nothing reported all is right. */
function shareText(tally: Tally, name: 'recall' | 'precision'): string {
  const { found, missed, false: wrong } = tally;
  const rest = name === 'recall' ? missed : wrong;
  return found + rest === 0 ? '–' : (found / (found + rest)).toFixed(3);
}

function speedParts(pairs: readonly Pair[]): string[] {
  const { transactionCount, creditMemoCount } = pairs[0]!;
  const rows = pairs.map(({ rules, scan, loadS }, at) => [
    `${at + 1}`,
    scan.wallS.toFixed(1),
    rules.wallS.toFixed(1),
    `${(rules.wallS / scan.wallS).toFixed(2)} ×`,
    loadS.toFixed(1),
    scan.cpuS.toFixed(1),
    rules.cpuS.toFixed(1),
    rules.peakMiB.toFixed(0),
  ]);
  const ratios = pairs.map(({ rules, scan }) => rules.wallS / scan.wallS).sort((a, b) => a - b);
  const ratio = ratios[ratios.length >> 1]!;
  const peakMiB = Math.max(...pairs.map(({ rules }) => rules.peakMiB));
  const header = 'pair,scan s,rules s,ratio,of that loading s,scan CPU s,rules CPU s,peak MiB';
  return [
    `### All rules over ${figure(transactionCount)} transactions and ${figure(creditMemoCount)} credit memos`,
    table(header.split(','), rows, { textColumns: 0 }),
    `Median ${ratio.toFixed(2)} × a plain scan (at most ${SCANS_MOST} ×: ${verdict(ratio <= SCANS_MOST)}),
peak ${peakMiB.toFixed(0)} MiB (under ${figure(PEAK_MIB)}: ${verdict(peakMiB < PEAK_MIB)}). The slowest rules: ${pairs[0]!.slowest}.`,
  ];
}

function memoryParts(memory: Memory): string[] {
  const { rowCount, memoryLimit, rules, fileMiB, discrepancyCount, errors } = memory;
  const holds = rules.peakMiB < LARGE_PEAK_MIB && errors.length === 0 && discrepancyCount === 0;
  return [
    `### ${figure(rowCount)} transactions and as many allocations`,
    table(
      ['files MiB', 'memory limit', 'wall s', 'peak MiB', 'spilled MiB', 'discrepancies'],
      [
        [
          ...[figure(Math.round(fileMiB)), memoryLimit, rules.wallS.toFixed(0)],
          ...[figure(Math.round(rules.peakMiB)), figure(Math.round(rules.spillMiB))],
          figure(discrepancyCount),
        ],
      ],
      { textColumns: 0 },
    ),
    `Under ${figure(LARGE_PEAK_MIB)} MiB, and every rule judged: ${verdict(holds)}${errors.length > 0 ? ` (${errors.join(', ')} failed)` : ''}.`,
  ];
}

function verdict(holds: boolean): string {
  return holds ? 'holds' : '**does not hold**';
}

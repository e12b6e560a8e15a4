import type { ContestantName } from './contestant.ts';
import type { Measurement } from './measurement.ts';
import type { Scenario } from './scenario.ts';

/** How a program did in a scenario: times are medians over its rounds, memory and requests the most. */
export interface Standing {
  readonly scenario: Scenario;
  readonly contestant: ContestantName;
  readonly wallS: number;
  readonly cpuS: number;
  readonly apiCpuS: number;
  readonly peakMiB: number;
  readonly requestCount: number;
  readonly laneCount: number | undefined;
  readonly isComplete: boolean;
  /** How many times as fast as the fetch × 8 script, in pairs of one round; none without it. */
  readonly timesFetch8: number | undefined;
}

/** One standing a scenario and program, in the order of the series. */
export function standingsOf(measurements: readonly Measurement[]): readonly Standing[] {
  const scenarios = [...new Set(measurements.map(({ scenario }) => scenario))];
  return scenarios.flatMap((scenario) => {
    const runs = measurements.filter((measurement) => measurement.scenario === scenario);
    return scenario.contestants.map((name) => standing(scenario, name, runs));
  });
}

function standing(
  scenario: Scenario,
  contestant: ContestantName,
  runs: readonly Measurement[],
): Standing {
  const own = runs.filter((run) => run.contestant === contestant);
  const rivals = runs.filter((run) => run.contestant === 'fetch8');
  const middle = (figure: (run: Measurement) => number) => median(own.map(figure));
  return {
    scenario,
    contestant,
    wallS: middle(({ wallS }) => wallS),
    cpuS: middle(({ cpuS }) => cpuS),
    apiCpuS: middle(({ apiCpuS }) => apiCpuS),
    peakMiB: Math.max(...own.map(({ peakMiB }) => peakMiB)),
    requestCount: Math.max(...own.map(({ requestCount }) => requestCount)),
    laneCount: own[0]?.laneCount,
    isComplete: own.every(({ isComplete }) => isComplete),
    timesFetch8:
      rivals.length === 0
        ? undefined
        : median(own.map((run, round) => rivals[round]!.wallS / run.wallS)),
  };
}

export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

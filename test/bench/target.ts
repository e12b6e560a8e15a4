import { figure } from '../../functions/cli/progress.ts';
import { CONTESTANTS, type ContestantName } from './contestant.ts';
import type { Standing } from './standing.ts';

/** Something that Tieout means to reach, and whether it did. */
export interface Target {
  readonly aim: string;
  readonly bound: string;
  readonly measured: string;
  readonly holds: boolean;
}

/** What 1,000 rows may cost, and what a lane may cost besides. */
const REQUESTS_PER_PAGE = 1.03;
const REQUESTS_PER_LANE = 3;

/** Memory at a million rows: at most, and in shares of that at a hundred thousand. */
const PEAK_MIB = 300;
const PEAK_GROWTH = 1.2;

/** How many times as fast as the fetch × 8 script, at least. */
const TIMES_FETCH8 = 1.3;

/** How far a run may stay above what waiting alone, or working alone, would take. */
const LATENCY_SHARE = 1.5;
const LATENCY_MS = 150;
const CONCURRENCY = 8;

const SMALL = 100_000;
const LARGE = 1_000_000;

type Find = (
  contestant: ContestantName,
  rowCount: number,
  latencyMs?: number,
) => Standing | undefined;

/** Every aim that this series has the figures for. */
export function targetsOf(standings: readonly Standing[]): readonly Target[] {
  const find: Find = (contestant, rowCount, latencyMs = 0) =>
    standings.find(
      ({ contestant: name, scenario }) =>
        name === contestant &&
        scenario.rowCount === rowCount &&
        scenario.latencyMs === latencyMs &&
        !scenario.gzip,
    );
  return [
    ...(['tieout8', 'tieout4'] as const).flatMap((name) => largeTargets(name, find)),
    ...[SMALL, LARGE].flatMap((rowCount) => latencyTargets(rowCount, find)),
  ];
}

/** What a million rows may cost where the API answers at once. */
function largeTargets(name: ContestantName, find: Find): Target[] {
  const { title } = CONTESTANTS[name];
  const [small, large] = [find(name, SMALL), find(name, LARGE)];
  if (!large) return [];
  const { peakMiB, requestCount, laneCount = 0, timesFetch8 } = large;
  const requestsMost = (REQUESTS_PER_PAGE * LARGE) / 1000 + REQUESTS_PER_LANE * laneCount;
  const targets: Target[] = [
    {
      aim: `${title}, 1M rows: requests, ${REQUESTS_PER_PAGE} per 1,000 rows + ${REQUESTS_PER_LANE} for each of ${laneCount} lanes`,
      bound: `≤ ${figure(Math.floor(requestsMost))}`,
      measured: figure(requestCount),
      holds: requestCount <= requestsMost,
    },
    {
      aim: `${title}, 1M rows: peak memory`,
      bound: `< ${PEAK_MIB} MiB`,
      measured: `${peakMiB.toFixed(0)} MiB`,
      holds: peakMiB < PEAK_MIB,
    },
  ];
  if (small) {
    const growth = peakMiB / small.peakMiB;
    targets.push({
      aim: `${title}: peak memory at 1M rows against 100k`,
      bound: `≤ ${PEAK_GROWTH.toFixed(2)} ×`,
      measured: `${growth.toFixed(2)} ×`,
      holds: growth <= PEAK_GROWTH,
    });
  }
  if (timesFetch8 !== undefined) {
    targets.push({
      aim: `${title}, 1M rows, latency 0: speed against fetch × 8`,
      bound: `≥ ${TIMES_FETCH8} ×`,
      measured: `${timesFetch8.toFixed(2)} ×`,
      holds: timesFetch8 >= TIMES_FETCH8,
    });
  }
  return targets;
}

/** Latency may cost its share of waiting and no more: N·L / (1000·C), or the run's own work. */
function latencyTargets(rowCount: number, find: Find): Target[] {
  const [near, far] = [find('tieout8', rowCount), find('tieout8', rowCount, LATENCY_MS)];
  if (!near || !far) return [];
  const waitS = (rowCount * (LATENCY_MS / 1000)) / (1000 * CONCURRENCY);
  const mostS = LATENCY_SHARE * Math.max(waitS, near.wallS);
  const { title } = CONTESTANTS.tieout8;
  return [
    {
      aim: `${title}, ${figure(rowCount)} rows, ${LATENCY_MS} ms: ${LATENCY_SHARE} × the larger of waiting (${waitS.toFixed(1)} s) and the time at latency 0 (${near.wallS.toFixed(1)} s)`,
      bound: `≤ ${mostS.toFixed(1)} s`,
      measured: `${far.wallS.toFixed(1)} s`,
      holds: far.wallS <= mostS,
    },
  ];
}

import { describe, expect, test } from 'vitest';
import type { Standing } from './standing.ts';
import { targetsOf } from './target.ts';

const SCENARIO = {
  rowCount: 1_000_000,
  latencyMs: 0,
  gzip: false,
  roundCount: 1,
  contestants: ['tieout8'],
} as const;

const LARGE: Standing = {
  scenario: SCENARIO,
  contestant: 'tieout8',
  wallS: 20,
  cpuS: 20,
  apiCpuS: 10,
  peakMiB: 299,
  requestCount: 1_054,
  laneCount: 8,
  isComplete: true,
  timesFetch8: 1.3,
};
const SMALL: Standing = {
  ...LARGE,
  scenario: { ...SCENARIO, rowCount: 100_000 },
  wallS: 2,
  peakMiB: 250,
};
const FAR: Standing = { ...LARGE, scenario: { ...SCENARIO, latencyMs: 150 }, wallS: 30 };

function verdicts(standings: readonly Standing[]): boolean[] {
  return targetsOf(standings).map(({ holds }) => holds);
}

describe('an aim', () => {
  test('holds at its bound', () => {
    expect(verdicts([SMALL, LARGE, FAR])).toEqual([true, true, true, true, true]);
  });

  test.each<[string, readonly Standing[]]>([
    ['a request too many', [{ ...LARGE, requestCount: 1_055 }]],
    ['a mebibyte too many', [{ ...LARGE, peakMiB: 300 }]],
    ['a peak that grows by more than a fifth', [{ ...SMALL, peakMiB: 249 }, LARGE]],
    ['too little gained on fetch × 8', [{ ...LARGE, timesFetch8: 1.29 }]],
    ['more time lost to latency than half of the work', [LARGE, { ...FAR, wallS: 30.1 }]],
    [
      'more time lost than half of the waiting',
      [
        { ...LARGE, wallS: 10 },
        { ...FAR, wallS: 28.2 },
      ],
    ],
  ])('does not hold with %s', (_title, standings) => {
    expect(verdicts(standings).filter((holds) => !holds)).toHaveLength(1);
  });

  test('is not told without figures for it', () => {
    expect(targetsOf([SMALL, { ...LARGE, scenario: { ...SCENARIO, gzip: true } }])).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import {
  advance,
  durationText,
  figure,
  progressLine,
  startProgress,
} from '../../../functions/cli/progress.ts';
import type { Instant } from '../../../lib/model/instant.ts';
import type { RunEvent } from '../../../lib/model/run-event.ts';

const PLAN: RunEvent = { type: 'plan-ready', rowEstimate: 10_000, laneCount: 2 };
const page = (rowCount: number): RunEvent => ({ type: 'page', rowCount, requestCount: 1 });

describe('the progress line', () => {
  test.each<[string, RunEvent[], string]>([
    ['before the plan', [], 'counting what is there'],
    ['after the plan', [PLAN], '0 of 10,000 rows · 0 requests · 0 rows/s'],
    [
      'after pages',
      [PLAN, page(1_000), page(1_000)],
      '2,000 of 10,000 rows · 2 requests · 1,000 rows/s · 8 s left',
    ],
    ['past the estimate', [PLAN, page(12_000)], '12,000 rows · 1 request · 6,000 rows/s'],
    [
      'with parts of an earlier run',
      [PLAN, { type: 'parts-reused', laneCount: 1, rowCount: 5_000 }, page(1_000)],
      '6,000 of 10,000 rows · 1 request · 500 rows/s · 8 s left',
    ],
    [
      'while throttled',
      [PLAN, page(1_000), { type: 'throttled', untilInstant: '2026-11-21T06:15:00Z' }],
      '1,000 of 10,000 rows · 1 request · 500 rows/s · 18 s left · ' +
        'waiting for the rate limit until 2026-11-21T06:15:00Z',
    ],
    [
      'once the limit is open again',
      [PLAN, { type: 'throttled', untilInstant: '2026-11-21T06:15:00Z' }, page(1_000)],
      '1,000 of 10,000 rows · 1 request · 500 rows/s · 18 s left',
    ],
    [
      'when a lane is read again',
      [
        PLAN,
        page(1_000),
        { type: 'lane-again', collection: 'transactions', index: 3, rowCount: 1_000, reading: 2 },
      ],
      '0 of 10,000 rows · 1 request · 0 rows/s · reading transactions 3 again',
    ],
  ])('%s', (_title, events, line) => {
    const progress = events.reduce(advance, startProgress(0 as Instant));
    expect(progressLine(progress, 2_000 as Instant)).toBe(line);
  });
});

test.each([
  [0, '0'],
  [999, '999'],
  [1_000, '1,000'],
  [1_234_567, '1,234,567'],
])('%d is printed as %s', (count, text) => {
  expect(figure(count)).toBe(text);
});

test.each([
  [0.2, '1 s'],
  [89, '89 s'],
  [95, '2 min'],
  [3_600, '60 min'],
  [7_500, '2 h 5 min'],
])('%d seconds are told as %s', (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

import { describe, expect, test } from 'vitest';
import {
  dayBounds,
  type LocalDay,
  nextDay,
  parseLocalDay,
  type TimeZone,
  timeZone,
} from '../../lib/calendar/business-day.ts';
import {
  assertClosed,
  cutOff,
  isClosed,
  MAX_PERIOD_DAYS,
  periodOf,
} from '../../lib/calendar/period.ts';
import type { Fault } from '../../lib/model/fault.ts';
import type { Instant } from '../../lib/model/instant.ts';
import { fc } from '../world/properties.ts';

const berlin = timeZone('Europe/Berlin');
const day = parseLocalDay;
const at = (text: string) => Date.parse(text) as Instant;

function faultOf(act: () => unknown): Fault {
  try {
    act();
  } catch (error) {
    return error as Fault;
  }
  throw new Error('Nothing was thrown.');
}

describe('a period', () => {
  test('of one day is that day', () => {
    const period = periodOf(day('2026-11-20'), day('2026-11-20'), berlin);
    expect(period).toMatchObject(dayBounds(day('2026-11-20'), berlin));
  });

  test('of a month includes its last day', () => {
    const period = periodOf(day('2026-10-01'), day('2026-10-31'), berlin);
    expect(period.start).toBe(at('2026-09-30T22:00:00Z'));
    expect(period.end).toBe(at('2026-10-31T23:00:00Z'));
  });

  test('is its days, one after the other without a gap', () => {
    const starts = fc.integer({ min: 15_500, max: 24_000 });
    const zones = fc.constantFrom(...(Intl.supportedValuesOf('timeZone') as TimeZone[]));
    fc.assert(
      fc.property(zones, starts, fc.integer({ min: 1, max: 40 }), (zone, start, dayCount) => {
        const firstDay = new Date(start * 86_400_000).toISOString().slice(0, 10) as LocalDay;
        let lastDay = firstDay;
        let sumMs = dayBounds(firstDay, zone).end - dayBounds(firstDay, zone).start;
        for (let n = 1; n < dayCount; n++) {
          lastDay = nextDay(lastDay);
          sumMs += dayBounds(lastDay, zone).end - dayBounds(lastDay, zone).start;
        }
        const period = periodOf(firstDay, lastDay, zone);
        expect(period.end - period.start).toBe(sumMs);
      }),
    );
  });

  test('may have as many days as a leap year, not one more', () => {
    expect(periodOf(day('2024-01-01'), day('2024-12-31'), berlin).end).toBeGreaterThan(0);
    const fault = faultOf(() => periodOf(day('2024-01-01'), day('2025-01-01'), berlin));
    expect(fault.code).toBe('PERIOD_TOO_LONG');
    expect(fault.message).toContain(`is ${MAX_PERIOD_DAYS + 1} days`);
  });

  test('that ends before it begins is refused with both days', () => {
    const fault = faultOf(() => periodOf(day('2026-11-20'), day('2026-11-19'), berlin));
    expect(fault.code).toBe('PERIOD_REVERSED');
    expect(fault.message).toMatch(/2026-11-20.*2026-11-19/);
  });

  test('of a day that never happened is refused', () => {
    const skipped = day('2011-12-30');
    const fault = faultOf(() => periodOf(skipped, skipped, timeZone('Pacific/Apia')));
    expect(fault.code).toBe('DATE_INVALID');
  });
});

describe('a cut-off', () => {
  const period = periodOf(day('2026-11-20'), day('2026-11-20'), berlin);

  test('is the end and the grace', () => {
    expect(cutOff(period, 60)).toBe(at('2026-11-21T00:00:00Z'));
    expect(cutOff(period, 0)).toBe(at('2026-11-20T23:00:00Z'));
  });

  test('closes the period at its very millisecond', () => {
    expect(isClosed(period, at('2026-11-20T23:59:59.999Z'), 60)).toBe(false);
    expect(isClosed(period, at('2026-11-21T00:00:00Z'), 60)).toBe(true);
    expect(assertClosed(period, at('2026-11-21T00:00:00Z'), 60)).toBeUndefined();
  });

  test('not reached names the time in the books’ zone, and --force', () => {
    const fault = faultOf(() => assertClosed(period, at('2026-11-20T23:59:59Z'), 60));
    expect(fault.code).toBe('PERIOD_OPEN');
    expect(fault.line).toContain('2026-11-21 01:00');
    expect(fault.line).toContain('Europe/Berlin');
    expect(fault.line).toContain('--force');
  });
});

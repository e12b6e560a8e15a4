import { describe, expect, test } from 'vitest';
import { hoursSkipped } from '../../cdk/hours-skipped.ts';

describe('hours that clocks pass over', () => {
  test.each([
    ['UTC', []],
    ['Asia/Tokyo', []],
    ['Europe/Vienna', [2]],
    ['Europe/London', [1]],
    ['America/New_York', [2]],
    ['America/Havana', [0]],
    ['Africa/Cairo', [0]],
    // Half an hour: 2:00 is passed over, 3:00 is shown.
    ['Australia/Lord_Howe', [2]],
    // On the ice it is the mainland's clocks that jump by two hours.
    ['Antarctica/Troll', [1, 2]],
  ])('%s: %j', (zone, hours) => {
    expect([...(hoursSkipped(zone) ?? [])].sort()).toEqual(hours);
  });

  test.each(['Europe/Wien', 'EST', 'IST', '+02:00', '', 'vienna'])('%j is no zone', (zone) => {
    expect(hoursSkipped(zone)).toBeUndefined();
  });

  test('five in the morning, the default, is shown every day in every zone', () => {
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      expect(hoursSkipped(zone, 2)?.has(5), zone).not.toBe(true);
    }
  });
});

import { describe, expect, test } from 'vitest';
import { longDay, periodText, shortDay, zonedText } from '../../lib/report/moment.ts';

describe('an instant', () => {
  test.each([
    ['2026-11-20T23:00:00Z', 'Europe/Vienna', '2026-11-21 00:00:00 (UTC+1)'],
    ['2026-07-01T22:00:00Z', 'Europe/Vienna', '2026-07-02 00:00:00 (UTC+2)'],
    ['2026-10-25T00:30:00Z', 'Europe/Vienna', '2026-10-25 02:30:00 (UTC+2)'],
    ['2026-10-25T01:30:00Z', 'Europe/Vienna', '2026-10-25 02:30:00 (UTC+1)'],
    ['2026-11-20T12:00:00Z', 'America/New_York', '2026-11-20 07:00:00 (UTC\u22125)'],
    ['2026-11-20T12:00:00Z', 'Asia/Kolkata', '2026-11-20 17:30:00 (UTC+5:30)'],
    ['2026-11-20T12:00:00Z', 'UTC', '2026-11-20 12:00:00'],
    ['approved', 'UTC', 'approved'],
  ])('%s in %s is %s', (instant, zone, expected) => {
    expect(zonedText(instant, zone)).toBe(expected);
  });
});

test('days and periods are written out', () => {
  expect(longDay('2026-11-20')).toBe('Friday, 20 November 2026');
  expect(longDay('2024-02-29')).toBe('Thursday, 29 February 2024');
  expect(shortDay('2026-09-01')).toBe('1 Sep');
  expect(periodText('2026-11-20', '2026-11-20')).toBe('Friday, 20 November 2026');
  expect(periodText('2025-12-01', '2026-01-31')).toBe('1 Dec 2025 to 31 Jan 2026');
  expect(longDay('someday')).toBe('someday');
});

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  businessDate,
  createBusinessDate,
  dayBounds,
  daysBetween,
  type LocalDay,
  nextDay,
  parseLocalDay,
  previousDay,
  type TimeZone,
  timeZone,
  yesterday,
} from '../../lib/calendar/business-day.ts';
import type { EpochSecond, Instant } from '../../lib/model/instant.ts';
import { fc } from '../world/properties.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ZONES = Intl.supportedValuesOf('timeZone') as TimeZone[];

const zones = fc.constantFrom(...ZONES);
const days = fc
  .integer({ min: Date.UTC(2012, 0, 1) / DAY_MS, max: Date.UTC(2036, 0, 1) / DAY_MS })
  .map((number) => new Date(number * DAY_MS).toISOString().slice(0, 10) as LocalDay);

/** What the wall shows, asked of Intl alone: the second opinion on everything here. */
function wallOf(zone: string): (instantMs: number) => string {
  const wall = new Intl.DateTimeFormat('sv', { timeZone: zone });
  return (instantMs) => wall.format(instantMs);
}

function boundsText(day: string, zone: string): string {
  const { start, end } = dayBounds(parseLocalDay(day), timeZone(zone));
  const hours = (end - start) / HOUR_MS;
  return `${new Date(start).toISOString().slice(0, 16)} ${hours} h`;
}

describe('a day', () => {
  test.each(['2026-11-20', '2024-02-29', '2000-02-29', '1999-12-31'])('%s is one', (text) => {
    expect(parseLocalDay(text)).toBe(text);
  });

  test.each([
    '2026-02-30',
    '2025-02-29',
    '1900-02-29',
    '1969-12-31',
    '3000-01-01',
    '9999-12-31',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '2026-01-00',
    '2026-1-5',
    '20261120',
    '2026-11-20T00:00:00Z',
    ' 2026-11-20',
    '2026-11-20\n',
    'yesterday',
    '',
  ])('%j is none', (text) => {
    expect(() => parseLocalDay(text)).toThrow(expect.objectContaining({ code: 'DATE_INVALID' }));
  });

  test('the next day of the day before is the day', () => {
    fc.assert(fc.property(days, (day) => nextDay(previousDay(day)) === day));
  });

  test.each([
    ['2026-11-20', '2026-11-20', 0],
    ['2026-03-01', '2026-03-31', 30],
    ['2024-02-28', '2024-03-01', 2],
    ['2026-11-20', '2026-11-19', -1],
  ])('from %s to %s it is %i days', (first, last, dayCount) => {
    expect(daysBetween(parseLocalDay(first), parseLocalDay(last))).toBe(dayCount);
  });
});

describe('a zone', () => {
  test.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['europe/berlin', 'Europe/Berlin'],
    ['AMERICA/NEW_YORK', 'America/New_York'],
    ['Asia/Kolkata', 'Asia/Kolkata'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['US/Pacific', 'US/Pacific'],
    ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['Etc/GMT+5', 'Etc/GMT+5'],
    ['UTC', 'UTC'],
    ['utc', 'UTC'],
  ])('%s is %s', (text, zone) => {
    expect(timeZone(text)).toBe(zone);
  });

  test.each([
    'Europe/Atlantis',
    'Berlin',
    'CET',
    'EST',
    'PST',
    'IST',
    'Z',
    '+01:00',
    '-0500',
    'UTC+1',
    'asia/kolkata',
    'Europe/Berlin ',
    '',
  ])('%j is none', (text) => {
    expect(() => timeZone(text)).toThrow(expect.objectContaining({ code: 'ZONE_UNKNOWN' }));
  });

  test('every zone that the machine lists is one', () => {
    expect(ZONES.map(timeZone)).toEqual(ZONES);
  });
});

/** The days that go wrong elsewhere, with the start and length that tzdata gives them. */
const HARD_DAYS = [
  ['2026-11-20', 'UTC', '2026-11-20T00:00 24 h'],
  ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00 23 h'],
  ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00 25 h'],
  ['2026-03-08', 'America/New_York', '2026-03-08T05:00 23 h'],
  ['2026-11-01', 'America/New_York', '2026-11-01T04:00 25 h'],
  // Clocks jumped over midnight: the day begins at 01:00.
  ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00 23 h'],
  ['2024-04-26', 'Africa/Cairo', '2024-04-25T22:00 23 h'],
  ['2024-03-31', 'Asia/Beirut', '2024-03-30T22:00 23 h'],
  // Clocks went from midnight back to 23:00: the day before has it twice.
  ['2018-02-17', 'America/Sao_Paulo', '2018-02-17T02:00 25 h'],
  ['2023-10-28', 'Asia/Beirut', '2023-10-27T21:00 25 h'],
  // Midnight itself came twice: the first one counts.
  ['2024-11-03', 'America/Havana', '2024-11-03T04:00 25 h'],
  // One minute past midnight they went back to 23:01: the new day goes on.
  ['2010-11-06', 'America/St_Johns', '2010-11-06T02:30 24 h'],
  ['2010-11-07', 'America/St_Johns', '2010-11-07T02:30 25 h'],
  ['2026-11-20', 'Asia/Kathmandu', '2026-11-19T18:15 24 h'],
  ['2026-04-05', 'Australia/Lord_Howe', '2026-04-04T13:00 24.5 h'],
  ['2026-10-04', 'Australia/Lord_Howe', '2026-10-03T13:30 23.5 h'],
  ['2023-03-26', 'America/Asuncion', '2023-03-26T04:00 24 h'],
  // Samoa crossed the date line.
  ['2011-12-29', 'Pacific/Apia', '2011-12-29T10:00 24 h'],
  ['2011-12-30', 'Pacific/Apia', '2011-12-30T10:00 0 h'],
  ['2011-12-31', 'Pacific/Apia', '2011-12-30T10:00 24 h'],
] as const;

describe('a business day', () => {
  test.each(HARD_DAYS)('%s in %s begins and lasts %s', (day, zone, bounds) => {
    expect(boundsText(day, zone)).toBe(bounds);
  });

  test('meets the next one, in every zone', () => {
    fc.assert(
      fc.property(zones, days, (zone, day) => {
        expect(dayBounds(day, zone).end).toBe(dayBounds(nextDay(day), zone).start);
      }),
    );
  });

  test('begins and ends where the wall says so, whenever clocks changed since 2018', () => {
    for (const zone of ZONES) {
      const shownDay = wallOf(zone);
      for (const day of daysOfChange(zone)) {
        for (const near of [previousDay(day), day, nextDay(day)]) {
          const { start, end } = dayBounds(near, zone);
          const shown = [start - 1, start, end - 1, end].map((instant) => shownDay(instant));
          expect([zone, ...shown]).toEqual([zone, previousDay(near), near, near, nextDay(near)]);
        }
      }
    }
  });

  test('is the same whatever zone the machine is set to', async () => {
    const module = new URL('../../lib/calendar/business-day.ts', import.meta.url).href;
    const script = `
      const { dayBounds } = await import(${JSON.stringify(module)});
      const days = ${JSON.stringify(HARD_DAYS)};
      console.log(JSON.stringify(days.map(([day, zone]) => dayBounds(day, zone))));`;
    const expected = HARD_DAYS.map(([day, zone]) => dayBounds(day as LocalDay, zone as TimeZone));
    for (const TZ of ['Europe/Berlin', 'Pacific/Apia', 'America/St_Johns']) {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--input-type=module', '--eval', script],
        { env: { ...process.env, TZ } },
      );
      expect(JSON.parse(stdout), TZ).toEqual(expected);
    }
  });
});

/** Days since 2018 on which the zone's offset changed, found by halving weeks that differ. */
function daysOfChange(zone: string): LocalDay[] {
  const offset = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  const offsetAt = (instantMs: number) => offset.format(instantMs).split('GMT')[1];
  const found: LocalDay[] = [];
  for (let week = Date.UTC(2018, 0, 1); week < Date.UTC(2027, 0, 1); week += 7 * DAY_MS) {
    let [from, to] = [week, week + 7 * DAY_MS];
    if (offsetAt(from) === offsetAt(to)) continue;
    while (to - from > 60_000) {
      const middle = Math.floor((from + to) / 2);
      if (offsetAt(middle) === offsetAt(to)) to = middle;
      else from = middle;
    }
    found.push(wallOf(zone)(to) as LocalDay);
  }
  return found;
}

describe('a business date', () => {
  test('is that of the day whose bounds hold the instant, in any order of asking', () => {
    const asked = fc.array(
      fc.integer({ min: Date.UTC(2009, 0, 1) / 1000, max: Date.UTC(2036, 0, 1) / 1000 }),
      { minLength: 1, maxLength: 50 },
    );
    fc.assert(
      fc.property(zones, asked, (zone, seconds) => {
        const dateOf = createBusinessDate(zone);
        for (const second of seconds as EpochSecond[]) {
          const { start, end } = dayBounds(dateOf(second), zone);
          expect(start <= second * 1000 && second * 1000 < end).toBe(true);
        }
      }),
    );
  });

  test.each(HARD_DAYS)('%s in %s belongs to all of the day and to nothing else', (day, zone) => {
    const { start, end } = dayBounds(parseLocalDay(day), timeZone(zone));
    const dateOf = createBusinessDate(timeZone(zone));
    for (let instant = start; instant < end; instant = (instant + 60_000) as Instant) {
      expect(dateOf((instant / 1000) as EpochSecond)).toBe(day);
    }
    expect(dateOf((end / 1000) as EpochSecond) > day).toBe(true);
    expect(dateOf((start / 1000 - 1) as EpochSecond) < day).toBe(true);
  });

  test.each([
    ['2026-11-21T06:15:00Z', 'UTC', '2026-11-20'],
    ['2026-11-21T04:59:59Z', 'America/New_York', '2026-11-19'],
    ['2026-11-20T23:30:00Z', 'Europe/Berlin', '2026-11-20'],
    ['2011-12-30T12:00:00Z', 'Pacific/Apia', '2011-12-29'],
  ])('yesterday, asked at %s in %s, is %s', (now, zone, day) => {
    expect(yesterday(Date.parse(now) as Instant, timeZone(zone))).toBe(day);
  });

  test.each([
    ['2026-11-20T22:59:59.999Z', 'Europe/Berlin', '2026-11-20'],
    ['2026-11-20T23:00:00.000Z', 'Europe/Berlin', '2026-11-21'],
    // The wall shows 23:30 of the day before for a second time, after the new day had begun.
    ['2010-11-07T03:00:00.000Z', 'America/St_Johns', '2010-11-07'],
  ])('of %s in %s is %s', (instant, zone, day) => {
    expect(businessDate(Date.parse(instant) as Instant, timeZone(zone))).toBe(day);
  });
});

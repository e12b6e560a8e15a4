import { expect, test } from 'vitest';
import type { DoorRequest } from '../../../functions/door.ts';
import {
  assertRequestId,
  executionName,
  nightName,
} from '../../../functions/remote/execution-name.ts';
import { timeZone } from '../../../lib/calendar/business-day.ts';
import type { OrganizationId } from '../../../lib/model/ids.ts';
import type { Instant } from '../../../lib/model/instant.ts';
import { fc } from '../../world/properties.ts';

const MONTH = { from: '2026-11-01', to: '2026-11-30' };
const name = (organization: string, request: DoorRequest, requestId = 'r1') =>
  executionName(organization as OrganizationId, request, requestId);
const night = (organization: string, scheduledTime: string, zone: string) =>
  nightName(organization as OrganizationId, Date.parse(scheduledTime) as Instant, timeZone(zone));

test.each<[DoorRequest, string]>([
  [{}, 'org_01HX-missing-r1'],
  [{ dryRun: true }, 'org_01HX-missing-r1'],
  [{ date: '2026-11-20' }, 'org_01HX-2026-11-20-r1'],
  [{ from: '2026-11-20', to: '2026-11-20' }, 'org_01HX-2026-11-20-r1'],
  [MONTH, 'org_01HX-2026-11-01_2026-11-30-r1'],
  [{ resume: '20261121T061500Z' }, 'org_01HX-20261121T061500Z-r1'],
])('%j of org_01HX is named %s', (request, expected) => {
  expect(name('org_01HX', request)).toBe(expected);
});

test('an id as Rebilly makes them stands in every name whole', () => {
  const organization = `org_${'0'.repeat(26)}`;
  expect(name(organization, MONTH, 'a1b2c3d4')).toBe(
    `${organization}-2026-11-01_2026-11-30-a1b2c3d4`,
  );
});

test('an id that does not fit is told apart by its digest from those that begin like it', () => {
  const long = 'a'.repeat(49);
  expect(name(`${long}1`, MONTH)).toMatch(/^a+-[0-9a-f]{8}-2026-11-01_2026-11-30-r1$/);
  expect(name(`${long}1`, MONTH)).not.toBe(name(`${long}2`, MONTH));
  expect(name('a.b', MONTH)).not.toBe(name('a~b', MONTH));
});

test.each<[string, string, string, string]>([
  ['a plain day', 'Europe/Vienna', '2026-11-27T04:00:00Z', '2026-11-26-nightly-2026-11-27'],
  ['a day of 23 hours', 'Europe/Vienna', '2026-03-29T03:00:00Z', '2026-03-28-nightly-2026-03-29'],
  ['the day after it', 'Europe/Vienna', '2026-03-30T03:00:00Z', '2026-03-29-nightly-2026-03-30'],
  ['a day of 25 hours', 'Europe/Vienna', '2026-10-25T04:00:00Z', '2026-10-24-nightly-2026-10-25'],
  ['the day after it', 'Europe/Vienna', '2026-10-26T04:00:00Z', '2026-10-25-nightly-2026-10-26'],
  [
    'an evening in the west, the next day in UTC',
    'America/Los_Angeles',
    '2026-11-28T05:00:00Z',
    '2026-11-26-nightly-2026-11-27',
  ],
  [
    'a morning in the east, the day before in UTC',
    'Pacific/Auckland',
    '2026-11-26T16:00:00Z',
    '2026-11-26-nightly-2026-11-27',
  ],
  [
    'the morning after a day that never was',
    'Pacific/Apia',
    '2011-12-30T15:00:00Z',
    '2011-12-29-nightly-2011-12-31',
  ],
])('the night of %s in %s, %s, is named %s', (_title, zone, scheduledTime, expected) => {
  expect(night('org_01HX', scheduledTime, zone)).toBe(`org_01HX-${expected}`);
});

test('an hour that clocks show twice is one night', () => {
  const twice = ['2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z'];
  const [first, second] = twice.map((time) => night('org_01HX', time, 'Europe/Vienna'));
  expect(first).toBe(second);
});

test('an id as Rebilly makes them stands in the name of a night whole', () => {
  const organization = `org_${'0'.repeat(26)}`;
  expect(night(organization, '2026-11-27T04:00:00Z', 'UTC')).toBe(
    `${organization}-2026-11-26-nightly-2026-11-27`,
  );
});

test('no request by hand takes the name of a night', () => {
  const date = '2026-11-26';
  const requestId = 'nightly-2026-11-27';
  expect(night('org_01HX', '2026-11-27T04:00:00Z', 'UTC')).toBe(
    name('org_01HX', { date }, requestId),
  );
  expect(() => assertRequestId(requestId)).toThrow('--request-id is');
});

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html, `DurableExecutionName`. */
test('every night has a name that AWS takes', () => {
  const organizations = fc.stringMatching(/^[@~\-.\w]{1,50}$/);
  const [min, max] = [new Date('2020-01-01'), new Date('2099-12-31')];
  const times = fc.date({ min, max, noInvalidDate: true });
  const zones = fc.constantFrom('UTC', 'Europe/Vienna', 'America/St_Johns', 'Pacific/Kiritimati');
  fc.assert(
    fc.property(organizations, times, zones, (organization, time, zone) => {
      expect(night(organization, time.toISOString(), zone)).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
    }),
  );
});

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html, `DurableExecutionName`. */
test('every organization and request has a name that AWS takes', () => {
  const organizations = fc.stringMatching(/^[@~\-.\w]{1,50}$/);
  const ids = fc.stringMatching(/^[\w-]{1,16}$/);
  fc.assert(
    fc.property(organizations, fc.constantFrom({}, MONTH), ids, (organization, request, id) => {
      expect(name(organization, request, id)).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
    }),
  );
});

import { describe, expect, test } from 'vitest';
import {
  parseDelivery,
  parseRequest,
  parseRunKey,
  parseShardTask,
} from '../../../functions/lambda/payload.ts';
import { Fault } from '../../../lib/model/fault.ts';

describe('the front door knows', () => {
  test.each<[string, unknown]>([
    ['nothing at all', {}],
    ['a day', { date: '2026-11-20' }],
    ['a range', { from: '2026-11-01', to: '2026-11-30' }],
    ['a run to go on with', { resume: '20261121T061500Z' }],
    ['that something is only to be counted', { date: '2026-11-20', dryRun: true }],
    ['that all that is missing is only to be counted', { dryRun: true }],
  ])('%s', (_title, payload) => {
    expect(parseRequest(payload)).toEqual(payload);
  });

  test('no payload as an empty one', () => {
    expect(parseRequest(undefined)).toEqual({});
  });
});

describe('the front door refuses, and says what is right', () => {
  test.each<[string, unknown]>([
    ['half a range', { from: '2026-11-01' }],
    ['a day and a range', { date: '2026-11-20', from: '2026-11-01', to: '2026-11-30' }],
    ['a day of another form', { date: '20.11.2026' }],
    ['a run that is none', { resume: 'yesterday' }],
    ['a counting that goes on', { resume: '20261121T061500Z', dryRun: true }],
    ['what it never heard of', { day: '2026-11-20' }],
    ['a text', '2026-11-20'],
    ['a list', []],
  ])('%s', (_title, payload) => {
    const fault = faultOf(() => parseRequest(payload));
    expect(fault.code).toBe('PAYLOAD_INVALID');
    expect(fault.message).toContain(JSON.stringify(payload));
    expect(fault.remedy).toContain('{"from": "2026-11-01", "to": "2026-11-30"}');
  });

  test('a payload of nonsense without showing all of it', () => {
    expect(faultOf(() => parseRequest({ x: 'y'.repeat(9_000) })).message.length).toBeLessThan(300);
  });
});

test('the starter knows the time that the schedule fills in', () => {
  const scheduledTime = '2026-11-27T04:00:00Z';
  expect(parseDelivery({ scheduledTime })).toEqual({ scheduledTime: Date.parse(scheduledTime) });
});

describe('the starter refuses, and says what is right', () => {
  test.each<[string, unknown]>([
    ['no payload', null],
    ['what the front door is asked', {}],
    ['what nobody filled in', { scheduledTime: '<aws.scheduler.scheduled-time>' }],
    ['a day', { scheduledTime: '2026-11-27' }],
    ['a day that is none', { scheduledTime: '2026-02-30T04:00:00Z' }],
    ['a time of no zone', { scheduledTime: '2026-11-27T04:00:00' }],
    ['a number', { scheduledTime: 1_795_752_000 }],
    ['more than it knows', { scheduledTime: '2026-11-27T04:00:00Z', date: '2026-11-20' }],
    ['a text', '2026-11-27T04:00:00Z'],
  ])('%s', (_title, payload) => {
    const fault = faultOf(() => parseDelivery(payload));
    expect(fault.code).toBe('PAYLOAD_INVALID');
    expect(fault.message).toContain(JSON.stringify(payload));
    expect(fault.remedy).toContain('{"scheduledTime": "2026-11-27T04:00:00Z"}');
  });
});

test.each([{}, { organizationId: 'org_1' }, { runId: '20261121T061500Z', lanes: [] }])(
  'a worker refuses %o and names the front door',
  (payload) => {
    for (const parse of [parseRunKey, parseShardTask]) {
      expect(faultOf(() => parse(payload)).remedy).toContain('nightly');
    }
  },
);

function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (fault) {
    if (fault instanceof Fault) return fault;
  }
  throw new Error('It was not refused.');
}

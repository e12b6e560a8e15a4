import { describe, expect, test } from 'vitest';
import { deployment } from '../../cdk/deployment.ts';
import { Fault } from '../../lib/model/fault.ts';

function lineOf(given: object): string {
  try {
    deployment(JSON.stringify({ organizationId: 'org_1', ...given }), 'c.json');
  } catch (error) {
    if (error instanceof Fault) return error.line;
    throw error;
  }
  return '';
}

describe('a configuration for the cloud', () => {
  test('needs an organization and nothing else', () => {
    const { aws, timezone } = deployment('{"organizationId": "org_1"}', 'c.json');
    expect(timezone).toBe('UTC');
    expect(aws).toMatchObject({ hour: 5, deadlineHour: 9, stackName: 'Tieout' });
  });

  test('reaches the functions as it was written, without what is for editors', () => {
    const text = '\uFEFF{"$schema": "x", "organizationId": "org_1",\n "concurrency": 2}';
    expect(deployment(text, 'c.json').configText).toBe(
      '{"organizationId":"org_1","concurrency":2}',
    );
  });

  test.each<[string, object, string]>([
    ['no organization', { organizationId: undefined }, 'ORGANIZATION_INVALID: No organization'],
    ['an id that none can have', { organizationId: 'a/b' }, "ORGANIZATION_INVALID: 'a/b' is no"],
    [
      'an unknown key',
      { aws: { hours: 4 } },
      "CONFIG_INVALID: c.json has the unknown key 'aws.hours'. Did you mean 'hour'?",
    ],
    [
      'a value out of bounds',
      { aws: { timeoutMinutes: 20 } },
      'CONFIG_INVALID: c.json: aws.timeoutMinutes is 20. Give it a whole number from 1 to 15.',
    ],
    [
      'a zone that is none',
      { timezone: 'Europe/Wien' },
      'CONFIG_INVALID: c.json: timezone is "Europe/Wien". Write it as IANA does,',
    ],
    [
      'an hour that clocks pass over',
      { timezone: 'Europe/Vienna', graceMinutes: 0, aws: { hour: 2 } },
      'CONFIG_INVALID: c.json: aws.hour is 2. Give it an hour that clocks in Europe/Vienna show ' +
        'every day: not 2.',
    ],
    [
      'an hour within the grace',
      { graceMinutes: 300 },
      'CONFIG_INVALID: c.json: aws.hour is 5. Give it a whole number from 6 to 21:',
    ],
    [
      'a grace of a day',
      { graceMinutes: 1_440 },
      'CONFIG_INVALID: c.json: graceMinutes is 1440. Give it at most 1200:',
    ],
    [
      'an hour that leaves no time to the deadline',
      { aws: { hour: 22 } },
      'CONFIG_INVALID: c.json: aws.hour is 22. Give it a whole number from 2 to 21:',
    ],
    [
      'a deadline before the night',
      { aws: { hour: 8 } },
      'CONFIG_INVALID: c.json: aws.deadlineHour is 9. Give it a whole number from 10 to 23.',
    ],
    [
      'less memory than judging may hold',
      { memoryLimit: '2GB', aws: { judgeMemoryMb: 2048 } },
      'CONFIG_INVALID: c.json: aws.judgeMemoryMb is 2048. Give it at least 3024, or lower memoryLimit',
    ],
    [
      'a filter, whose runs are no nights',
      { filter: 'currency:EUR' },
      'CONFIG_INVALID: c.json: filter is "currency:EUR". Leave it out:',
    ],
    [
      'one collection, whose runs are no nights',
      { collections: ['transactions'] },
      'CONFIG_INVALID: c.json: collections is ["transactions"]. Leave it out:',
    ],
    [
      'more than a function holds',
      { columns: { add: Array.from({ length: 300 }, (_, i) => `billingAddress.line${i}`) } },
      'CONFIG_INVALID: c.json is "',
    ],
  ])('is refused before anything is built: %s', (_title, given, line) => {
    expect(lineOf(given)).toContain(line);
  });

  test('may run at the earliest hour after its grace, and have its deadline two hours later', () => {
    expect(lineOf({ graceMinutes: 0, aws: { hour: 1, deadlineHour: 3 } })).toBe('');
  });
});

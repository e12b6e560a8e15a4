import { describe, expect, test } from 'vitest';
import { CONFIG_FIELDS, loadConfig, settle } from '../lib/config.ts';
import { Fault } from '../lib/model/fault.ts';

const NOTHING = { baseUrl: undefined };

describe('a configuration file', () => {
  test('may be empty: every key but the organization has a default', () => {
    const settings = settle(loadConfig('{}', 'c.json'), { organizationId: 'org_1' }, NOTHING);
    expect(settings).toEqual({
      organizationId: 'org_1',
      baseUrl: 'https://api.rebilly.com',
      environment: 'live',
      timezone: 'UTC',
      dest: './snapshots',
      collections: ['transactions', 'credit-memos'],
      filter: '',
      graceMinutes: 60,
      concurrency: 4,
      reserveShare: 0.2,
      columns: { add: [] },
      csv: { delimiter: ',', lineEnd: 'crlf', bom: true },
      report: { linkTemplate: '' },
      rowsPerFile: 1_000_000,
      requestTimeoutSeconds: 60,
      maxAttempts: 6,
      throttleMinutes: 120,
      laneRows: 50_000,
      rules: {},
      settleDays: 7,
      memoryLimit: '600MB',
      recountDays: 35,
      catchUpDays: 7,
      lookbackDays: 7,
    });
  });

  test('says how the stack on AWS is built, which no run on a laptop looks at', () => {
    const config = loadConfig('{"aws": {"hour": 4}}', 'c.json');
    expect(config.aws).toMatchObject({ hour: 4, deadlineHour: 9, architecture: 'arm64' });
    expect(settle(config, { organizationId: 'org_1' }, NOTHING)).not.toHaveProperty('aws');
  });

  test('may name the schema that editors check it by', () => {
    expect(() => loadConfig('{"$schema": "./tieout.config.schema.json"}', 'c.json')).not.toThrow();
  });

  test('may begin with a byte order mark', () => {
    expect(loadConfig('\uFEFF{"concurrency": 2}', 'c.json').concurrency).toBe(2);
  });

  test('may set a part of a group', () => {
    const { csv } = loadConfig('{"csv": {"delimiter": ";"}}', 'c.json');
    expect(csv).toEqual({ delimiter: ';', lineEnd: 'crlf', bom: true });
  });

  test.each([
    ['{', 'CONFIG_UNREADABLE', 'c.json is no JSON:'],
    ['', 'CONFIG_UNREADABLE', 'c.json is no JSON:'],
    ['[]', 'CONFIG_INVALID', 'c.json is []. Give it an object of $schema, organizationId,'],
    [
      '{"timezome": "UTC"}',
      'CONFIG_INVALID',
      "c.json has the unknown key 'timezome'. Did you mean 'timezone'?",
    ],
    [
      '{"csv": {"eol": "lf"}}',
      'CONFIG_INVALID',
      "c.json has the unknown key 'csv.eol'. The keys there are delimiter, lineEnd, bom.",
    ],
    [
      '{"concurrency": 12}',
      'CONFIG_INVALID',
      'c.json: concurrency is 12. Give it a whole number from 1 to 8.',
    ],
    [
      '{"concurrency": "4"}',
      'CONFIG_INVALID',
      'c.json: concurrency is "4". Give it a whole number from 1 to 8.',
    ],
    [
      '{"reserveShare": 20}',
      'CONFIG_INVALID',
      'c.json: reserveShare is 20. Give it a number from 0 to 0.9.',
    ],
    [
      '{"aws": {"logRetentionDays": 100}}',
      'CONFIG_INVALID',
      'c.json: aws.logRetentionDays is 100. Give it one of 1, 3, 5, 7, 14, 30, 60, 90,',
    ],
    [
      '{"aws": {"alarmEmails": ["finance"]}}',
      'CONFIG_INVALID',
      'c.json: aws.alarmEmails.0 is "finance". Give it text such as',
    ],
    [
      '{"rowsPerFile": 2000000}',
      'CONFIG_INVALID',
      'c.json: rowsPerFile is 2000000. Give it a whole number from 1 to 1048575.',
    ],
    [
      '{"csv": {"lineEnd": "\\n"}}',
      'CONFIG_INVALID',
      'c.json: csv.lineEnd is "\\n". Give it one of "crlf", "lf".',
    ],
    [
      '{"collections": ["transactions", "invoices"]}',
      'CONFIG_INVALID',
      'c.json: collections.1 is "invoices". Give it one of "transactions", "credit-memos".',
    ],
    [
      '{"collections": []}',
      'CONFIG_INVALID',
      'c.json: collections is []. Give it a list of at least 1, each entry one of',
    ],
    ['{"dest": ""}', 'CONFIG_INVALID', 'c.json: dest is "". Give it text, not empty.'],
    [
      '{"rules": {"unsettled": {"severity": "severe"}}}',
      'CONFIG_INVALID',
      'c.json: rules.unsettled.severity is "severe". Give it one of "critical", "high",',
    ],
    [
      '{"rules": {"unsettled": {"graceDays": "3"}}}',
      'CONFIG_INVALID',
      'c.json: rules.unsettled.graceDays is "3". Give it a number from 0 to 1000000.',
    ],
    ['{"rules": []}', 'CONFIG_INVALID', 'c.json: rules is []. Give it an object.'],
    ['{"csv": null}', 'CONFIG_INVALID', 'c.json: csv is null. Give it an object of delimiter,'],
  ])('%s is refused with its place, its value and what is right', (text, code, line) => {
    expect(faultOf(() => loadConfig(text, 'c.json'))).toMatchObject({ code });
    expect(faultOf(() => loadConfig(text, 'c.json')).line).toContain(line);
  });

  test('that holds a long value is not printed back whole', () => {
    const text = JSON.stringify({ concurrency: 'x'.repeat(1_000) });
    expect(faultOf(() => loadConfig(text, 'c.json')).line.length).toBeLessThan(200);
  });
});

describe('settings', () => {
  const config = loadConfig('{"organizationId": "org_file", "baseUrl": "https://file"}', 'c.json');

  test('of the file give way to the environment, that to a flag', () => {
    const environment = { baseUrl: 'https://environment' };
    expect(settle(config, {}, NOTHING).baseUrl).toBe('https://file');
    expect(settle(config, {}, environment).baseUrl).toBe('https://environment');
    expect(settle(config, { baseUrl: 'https://flag' }, environment).baseUrl).toBe('https://flag');
    expect(settle(config, { organizationId: 'org_flag' }, NOTHING).organizationId).toBe('org_flag');
  });

  test('know each collection once, in one order', () => {
    const collections = ['credit-memos', 'transactions', 'credit-memos'] as const;
    const settings = settle(config, { collections }, NOTHING);
    expect(settings.collections).toEqual(['transactions', 'credit-memos']);
  });

  test.each([
    [undefined, 'No organization was named.'],
    ['..', "'..' is no organization id."],
    ['a/b', "'a/b' is no organization id."],
    ['', "'' is no organization id."],
  ])('are refused for the organization %s', (organization, message) => {
    const { organizationId: _, ...rest } = config;
    const flags = organization === undefined ? {} : { organizationId: organization };
    expect(faultOf(() => settle(rest, flags, NOTHING))).toMatchObject({
      code: 'ORGANIZATION_INVALID',
      message,
    });
  });
});

describe('a configuration key', () => {
  test.each(CONFIG_FIELDS)('$path has a sentence', ({ meaning }) => {
    expect(meaning).toMatch(/^[A-Z].+\.$/);
  });
});

function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

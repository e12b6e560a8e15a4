import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLambdaRuntime } from '../../../functions/lambda/lambda-runtime.ts';
import { type FakeAws, startFakeAws } from '../../world/aws.ts';

const KEY = 'sk_live_0123456789';
const CONFIG = JSON.stringify({ organizationId: 'org_1', dest: './elsewhere' });

let aws: FakeAws;
let lines: string[];

beforeEach(async () => {
  aws = await startFakeAws(`${KEY}\n`);
  for (const [name, value] of Object.entries(aws.env)) vi.stubEnv(name, value);
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  lines = [];
  for (const level of ['log', 'info', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((line) => void lines.push(String(line)));
  }
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await aws.close();
});

const open = (env: Record<string, string> = {}) =>
  createLambdaRuntime({ env: { TIEOUT_CONFIG: CONFIG, TIEOUT_SECRET_ARN: 'arn', ...env } });

test('the key comes from the secret, once', async () => {
  const { keys } = open();
  expect(await Promise.all([keys.current(), keys.current()])).toEqual([KEY, KEY]);
  expect(aws.secretReads).toBe(1);
});

test('nothing that is logged holds the key', async () => {
  const runtime = open();
  await runtime.keys.current();
  runtime.log('error', `The header was ${KEY}.`, { deep: { header: KEY } });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('The header was [key].');
  expect(lines[0]).not.toContain(KEY);
});

test('figures are one line that CloudWatch reads, by organization', () => {
  open().measure({ rows: 12, throttledSeconds: 3, published: 1 });
  const [figures] = lines.map((line) => JSON.parse(line));
  expect(figures).toMatchObject({
    service: 'tieout',
    organization: 'org_1',
    Rows: 12,
    ThrottledSeconds: 3,
    Published: 1,
  });
  const [told] = figures._aws.CloudWatchMetrics;
  expect(told.Namespace).toBe('Tieout');
  expect(told.Dimensions).toEqual([['service', 'organization']]);
});

test('the destination of the stack goes before that of the configuration', () => {
  expect(open().settings().dest).toBe('./elsewhere');
  expect(open({ TIEOUT_DEST: 's3://books' }).settings().dest).toBe('s3://books');
});

test.each<[string, Record<string, string>, string]>([
  ['without a configuration', { TIEOUT_CONFIG: '' }, 'TIEOUT_CONFIG is not set.'],
  ['with one that the schema refuses', { TIEOUT_CONFIG: '{"zone":"UTC"}' }, "unknown key 'zone'"],
])('a function %s says so', (_title, env, sentence) => {
  expect(() => open(env).settings()).toThrow(sentence);
});

test('a message goes to the topic; where there is none, nowhere', async () => {
  await open().tell({ subject: 'Nobody listens', text: '' });
  await open({ TIEOUT_TOPIC_ARN: 'arn:topic' }).tell({ subject: 'A night', text: 'It ties out.' });
  expect(aws.messages).toEqual([{ subject: 'A night', text: 'It ties out.' }]);
});

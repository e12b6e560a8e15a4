import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { ENVIRONMENT, METRIC_NAMESPACE, PRODUCT } from '../../lib/contract.ts';
import { plain, type Resource, resourcesOf, templateOf } from './synthesized.ts';

const template = templateOf();

function functionsOf(of = template): Record<string, Resource['Properties']> {
  return Object.fromEntries(
    [...resourcesOf(of, 'AWS::Lambda::Function')].map(([id, { Properties }]) => [
      id.replace(/[0-9A-F]{8}$/, ''),
      plain(Properties),
    ]),
  );
}

describe('the functions', () => {
  const functions = functionsOf();

  test('are four', () => {
    expect(Object.keys(functions).sort()).toEqual(['Extract', 'Judge', 'Nightly', 'Starter']);
  });

  test.each([
    ['Nightly', 15],
    ['Extract', 15],
    ['Judge', 15],
    ['Starter', 3],
  ])('%s runs on Node 24 for arm64, no longer than %i minutes', (name, minutes) => {
    expect(functions[name]).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Timeout: minutes * 60,
      Handler: 'index.handler',
      LoggingConfig: { LogFormat: 'JSON', LogGroup: `<${name}Logs>` },
    });
  });

  test.each([
    ['Nightly', 1024],
    ['Extract', 1769],
    ['Judge', 3008],
    ['Starter', 256],
  ])('%s has %i MB', (name, MemorySize) => {
    expect(functions[name]).toMatchObject({ MemorySize });
  });

  test('the one that reads has the setting of V8 that the command line has', async () => {
    const [firstLine] = (await readFile('functions/cli/tieout.ts', 'utf8')).split('\n', 1);
    const { NODE_OPTIONS } = functions['Extract'].Environment.Variables;
    expect(NODE_OPTIONS).toMatch(/^--max-semi-space-size=\d+$/);
    expect(firstLine).toContain(` ${NODE_OPTIONS} `);
  });

  test('the one that judges has a disk for the night and what the database spills', () => {
    expect(functions['Judge'].EphemeralStorage).toEqual({ Size: 10_240 });
  });

  test('the nightly one is durable for a day, remembers five weeks, and has no name of its own', () => {
    expect(functions['Nightly'].DurableConfig).toEqual({
      ExecutionTimeout: 86_400,
      RetentionPeriodInDays: 35,
    });
    expect(functions['Nightly'].FunctionName).toBeUndefined();
    for (const name of ['Extract', 'Judge', 'Starter']) {
      expect(functions[name].DurableConfig).toBeUndefined();
    }
  });

  test('leave a dead letter of what they are asked in passing and give up', () => {
    for (const name of ['Starter', 'Nightly']) {
      expect(functions[name].DeadLetterConfig).toEqual({ TargetArn: '<DeadLetters>' });
    }
    // Whoever waits for an answer hears of the failure.
    expect(functions['Extract'].DeadLetterConfig).toBeUndefined();
  });

  test('are called by version: the first two by their alias, the others by number', () => {
    const aliases = [...resourcesOf(template, 'AWS::Lambda::Alias').values()];
    expect(aliases.map(({ Properties }) => plain(Properties))).toMatchObject([
      { Name: 'live', FunctionName: '<Nightly>' },
      { Name: 'live', FunctionName: '<Starter>' },
    ]);
    expect(functions['Nightly'].Environment.Variables).toMatchObject({
      [ENVIRONMENT.extractFunction]: '<ExtractVersion>',
      [ENVIRONMENT.judgeFunction]: '<JudgeVersion>',
    });
    for (const { DeletionPolicy } of resourcesOf(template, 'AWS::Lambda::Version').values()) {
      expect(DeletionPolicy).toBe('Retain');
    }
  });

  test('know the configuration, the secret by name only, and the bucket', () => {
    for (const name of ['Nightly', 'Extract', 'Judge']) {
      const { Environment } = functions[name];
      expect(Environment.Variables).toMatchObject({
        [ENVIRONMENT.config]: expect.stringContaining('"organizationId":"org_01HX"'),
        [ENVIRONMENT.secretArn]: '<ApiKey>',
        [ENVIRONMENT.dest]: 's3://<Snapshots>',
        // The alarms look for figures by these.
        POWERTOOLS_SERVICE_NAME: PRODUCT,
        POWERTOOLS_METRICS_NAMESPACE: METRIC_NAMESPACE,
      });
      expect(Environment.Variables).not.toHaveProperty(ENVIRONMENT.apiKey);
    }
    expect(functions['Nightly'].Environment.Variables).toMatchObject({
      [ENVIRONMENT.topicArn]: '<Notices>',
    });
  });

  test('the one that starts nights knows the configuration and the front door, and nothing else', () => {
    expect(functions['Starter'].Environment.Variables).toEqual({
      [ENVIRONMENT.config]: expect.stringContaining('"organizationId":"org_01HX"'),
      [ENVIRONMENT.nightlyFunction]: '<Door>',
    });
  });

  test('are as the configuration wishes', () => {
    const wished = functionsOf(
      templateOf({
        architecture: 'x86_64',
        timeoutMinutes: 10,
        extractMemoryMb: 1024,
        judgeMemoryMb: 10_240,
      }),
    );
    expect(wished['Extract']).toMatchObject({
      Architectures: ['x86_64'],
      Timeout: 600,
      MemorySize: 1024,
    });
    expect(wished['Judge']).toMatchObject({ MemorySize: 10_240 });
    expect(wished['Starter']).toMatchObject({ Architectures: ['x86_64'], Timeout: 180 });
  });
});

describe('the schedule', () => {
  const [schedule] = resourcesOf(template, 'AWS::Scheduler::Schedule').values();

  test("is at five by the books' clocks, summer and winter", () => {
    expect(schedule?.Properties).toMatchObject({
      ScheduleExpression: 'cron(0 5 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Vienna',
      State: 'ENABLED',
      FlexibleTimeWindow: { Mode: 'OFF' },
    });
  });

  test('tells the starter what time it is for; what it cannot deliver in two hours is a dead letter', () => {
    expect(plain(schedule?.Properties.Target)).toMatchObject({
      Arn: '<StarterAliaslive>',
      Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}',
      DeadLetterConfig: { Arn: '<DeadLetters>' },
      RetryPolicy: { MaximumEventAgeInSeconds: 7_200 },
    });
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ALARMS } from '../../cdk/alarms.ts';
import { METRIC_NAMESPACE } from '../../lib/contract.ts';
import { plain, type Resource, resourcesOf, templateOf } from './synthesized.ts';

const NAMES = Object.keys(ALARMS);
const RUNBOOK = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');

function alarmsOf(aws: object = {}): Record<string, Resource['Properties']> {
  const found = [...resourcesOf(templateOf(aws), 'AWS::CloudWatch::Alarm').values()];
  return Object.fromEntries(
    found.map(({ Properties }) => [Properties.AlarmName.replace('Tieout-', ''), plain(Properties)]),
  );
}

describe('the alarms', () => {
  const alarms = alarmsOf();

  test('are those of the table', () => {
    expect(Object.keys(alarms).sort()).toEqual([...NAMES].sort());
  });

  test.each(NAMES)('%s goes to the topic, and names its article', (name) => {
    expect(alarms[name]).toMatchObject({ AlarmActions: ['<Notices>'] });
    expect(alarms[name].AlarmDescription).toContain(`docs/runbook.md, ${name}.`);
  });

  test('a night that says nothing is missing: no data is breaching', () => {
    expect(alarms['night-missing']).toMatchObject({
      TreatMissingData: 'breaching',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      OKActions: ['<Notices>'],
    });
    expect(alarms['night-missing'].Metrics).toContainEqual(
      expect.objectContaining({ Expression: 'FILL(published, 0)', ReturnData: true }),
    );
    expect(alarms['night-missing'].Metrics).toContainEqual(
      expect.objectContaining({
        MetricStat: {
          Metric: {
            Namespace: METRIC_NAMESPACE,
            MetricName: 'Published',
            Dimensions: [
              { Name: 'organization', Value: 'org_01HX' },
              { Name: 'service', Value: 'tieout' },
            ],
          },
          Period: 3_600,
          Stat: 'Sum',
        },
      }),
    );
  });

  test.each([
    [5, 9, 27],
    [5, 7, 25],
    [3, 23, 43],
  ])(
    'a night at %i with its deadline at %i is missing after %i hours',
    (hour, deadlineHour, hours) => {
      expect(alarmsOf({ hour, deadlineHour })['night-missing'].EvaluationPeriods).toBe(hours);
    },
  );

  test('no silence of a night is longer than CloudWatch looks back: a week of hours', () => {
    expect(alarmsOf({ hour: 3, deadlineHour: 23 })['night-missing'].EvaluationPeriods).toBeLessThan(
      168,
    );
  });

  test.each([
    ['run-failed', 'DurableExecutionFailed', 'AWS/Lambda'],
    ['run-too-long', 'DurableExecutionTimedOut', 'AWS/Lambda'],
    ['critical-discrepancies', 'DiscrepanciesCritical', METRIC_NAMESPACE],
    ['throttled-too-long', 'ThrottledSeconds', METRIC_NAMESPACE],
    ['dead-letters', 'ApproximateNumberOfMessagesVisible', 'AWS/SQS'],
  ])('%s rings by %s, and silence is no news', (name, MetricName, Namespace) => {
    expect(alarms[name]).toMatchObject({
      MetricName,
      Namespace,
      TreatMissingData: 'notBreaching',
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
  });

  test('waiting is too long when the configuration says so', () => {
    expect(alarms['throttled-too-long'].Threshold).toBe(1_800);
    expect(alarmsOf({ throttleAlarmMinutes: 5 })['throttled-too-long'].Threshold).toBe(300);
  });
});

describe('docs/runbook.md', () => {
  const articles = [...RUNBOOK.matchAll(/^## ([a-z-]+)\n([\s\S]*?)(?=^## |(?![\s\S]))/gm)];

  test('has an article of every alarm, and of no other', () => {
    expect(articles.map(([, name]) => name)).toEqual(NAMES);
  });

  test.each(articles.map(([, name, text]) => [name, text] as const))(
    '%s: what it means, what is untouched, what to look at, what to do',
    (_name, text) => {
      expect([...(text ?? '').matchAll(/^\*\*(.+?)\*\*/gm)].map(([, lead]) => lead)).toEqual([
        'It means',
        'Untouched',
        'Look at',
        'Do',
      ]);
    },
  );
});

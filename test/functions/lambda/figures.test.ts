import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, test } from 'vitest';
import { deployment } from '../../../cdk/deployment.ts';
import { TieoutStack } from '../../../cdk/stack.ts';
import { METRIC_NAMESPACE, METRICS } from '../../../lib/contract.ts';
import { type FigureName, figuresIn, nameOf, ours, sum, valuesOf } from './figures.ts';
import type { PrintedLine } from './printed.ts';
import { threeDays } from './three-days.ts';

const { books, at, manifestsOf } = threeDays();

/** The figures of our own that the stack's alarms watch. */
function watchedFigures(): FigureName[] {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = new TieoutStack(app, deployment('{"organizationId": "org_simulated"}', 'c.json'));
  const alarms = Object.values(Template.fromStack(stack).findResources('AWS::CloudWatch::Alarm'));
  return alarms.flatMap(({ Properties }) => {
    const inner = (Properties.Metrics ?? []).map(
      ({ MetricStat }: { MetricStat?: { Metric: object } }) => MetricStat?.Metric,
    );
    return [Properties, ...inner]
      .filter((metric) => metric?.Namespace === METRIC_NAMESPACE)
      .map(({ Namespace, MetricName, Dimensions }) =>
        nameOf(
          Namespace,
          MetricName,
          Dimensions.map(({ Name, Value }: { Name: string; Value: string }) => [Name, Value]),
        ),
      );
  });
}

describe('a night that is published', () => {
  let lines: readonly PrintedLine[];
  let ofExtract: readonly PrintedLine[];
  let requestCount: number;

  beforeAll(async () => {
    await at('2026-03-04T06:00:00Z', async (cloud) => {
      const before = books().simulator.requestCount;
      await cloud.start('published', {
        extract: (handler) => async (event, context) => {
          const from = cloud.printed.length;
          const letter = await handler(event, context);
          ofExtract = cloud.printed.slice(from);
          return letter;
        },
      });
      requestCount = books().simulator.requestCount - before;
      lines = [...cloud.printed];
    });
  });

  test('tells every figure, a nought too, by the name and the dimensions that its alarms watch', () => {
    const told = new Set(figuresIn(lines).map(({ name }) => name));
    expect([...told].sort()).toEqual(Object.values(METRICS).map(ours).sort());
    const watched = watchedFigures();
    expect(watched.map((name) => name.split(' ')[0]).sort()).toEqual([
      'Tieout/DiscrepanciesCritical',
      'Tieout/Published',
      'Tieout/ThrottledSeconds',
    ]);
    for (const name of watched) expect(told).toContain(name);
  });

  test('tells rows where they are read, and requests wherever they are sent', async () => {
    const [manifest] = await manifestsOf('published');
    const rowCount = sum(manifest!.proof.map(({ kept }) => kept));
    expect(sum(valuesOf(lines, 'rows'))).toBe(rowCount);
    expect(valuesOf(ofExtract, 'rows')).toEqual([rowCount]);
    expect(sum(valuesOf(lines, 'requests'))).toBe(requestCount);
    expect(sum(valuesOf(ofExtract, 'requests'))).toBeGreaterThan(0);
    expect(sum(valuesOf(lines, 'throttles'))).toBe(0);
    expect(sum(valuesOf(lines, 'throttledSeconds'))).toBe(0);
  });

  test('tells once that it is, how long it took, and what does not tie out', async () => {
    const [manifest] = await manifestsOf('published');
    const { startedAt, finishedAt } = manifest!;
    expect(valuesOf(lines, 'published')).toEqual([1]);
    expect(valuesOf(lines, 'runSeconds')).toEqual([
      (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000,
    ]);
    const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
    for (const severity of severities) expect(valuesOf(lines, severity)).toHaveLength(1);
    expect(valuesOf(ofExtract, 'runSeconds')).toEqual([]);
  });
});

test('a run that fails tells what it cost, and nothing that an alarm could take for a night', async () => {
  await at('2026-03-04T06:00:00Z', async (cloud) => {
    cloud.aws.setSecret('sk_of_somebody_else');
    await cloud.start('failed');
    expect(sum(valuesOf(cloud.printed, 'requests'))).toBeGreaterThan(0);
    const told = new Set(figuresIn(cloud.printed).map(({ name }) => name));
    const cost = ['Rows', 'Requests', 'Throttles', 'ThrottledSeconds'];
    expect([...told].sort()).toEqual(cost.map(ours).sort());
  });
});

test('a day that is run by hand is no night: only the nights that are missing end the silence', async () => {
  await at('2026-03-04T06:00:00Z', async (cloud) => {
    await cloud.start('silent', { payload: { date: '2026-03-03' } });
    expect(valuesOf(cloud.printed, 'runSeconds')).toHaveLength(1);
    expect(valuesOf(cloud.printed, 'published')).toEqual([]);
    await cloud.start('silent', { payload: {} });
    expect(valuesOf(cloud.printed, 'published')).toEqual([1]);
  });
});

import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { METRICS } from '../lib/contract.ts';
import type { Watched } from './alarms.ts';
import { figure } from './metrics.ts';

type Figure = keyof typeof METRICS;

/** CloudWatch's grid has 24 columns: two graphs a line. */
const WIDTH = 12;

/** A night is one point. */
const DAY = Duration.days(1);

/** Two weeks show what a night of that weekday usually is. */
const SHOWN = Duration.days(14);

/** Whether nights happen, how much they hold, what does not tie out, and what they cost. */
export function createDashboard(
  scope: Construct,
  { deployment, functions, deadLetters }: Watched,
  alarms: readonly Alarm[],
): void {
  const figures = (statistic: string, ...names: readonly Figure[]): IMetric[] =>
    names.map((name) => figure(deployment, name, { statistic, period: DAY }));
  const graph = (title: string, left: IMetric[], right: IMetric[] = []) =>
    new GraphWidget({ title, left, right, width: WIDTH });
  const { nightly, extract, judge, starter } = functions;
  const workers = [nightly, extract, judge];

  const dashboard = new Dashboard(scope, 'Dashboard', {
    dashboardName: `${Stack.of(scope).stackName}-nights`,
    defaultInterval: SHOWN,
  });
  dashboard.addWidgets(
    new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: 2 * WIDTH }),
  );
  dashboard.addWidgets(
    graph('Nights and rows', figures('Sum', 'published'), figures('Sum', 'rows')),
    graph(
      'Discrepancies new and open',
      figures('Maximum', 'critical', 'high', 'medium', 'low', 'info'),
    ),
  );
  dashboard.addWidgets(
    graph('Requests and pauses', figures('Sum', 'requests'), figures('Sum', 'throttles')),
    graph('Seconds', figures('Maximum', 'runSeconds'), figures('Sum', 'throttledSeconds')),
  );
  dashboard.addWidgets(
    graph(
      'Longest invocation',
      workers.map((worker) => worker.metricDuration({ statistic: 'Maximum', period: DAY })),
    ),
    graph(
      'Errors and dead letters',
      [starter, ...workers].map((each) => each.metricErrors({ statistic: 'Sum', period: DAY })),
      [deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' })],
    ),
  );
  new CfnOutput(scope, 'DashboardName', { value: dashboard.dashboardName });
}

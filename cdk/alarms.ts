import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';
import type { Functions } from './functions.ts';
import { figure } from './metrics.ts';

/** What is watched. */
export interface Watched {
  readonly deployment: Deployment;
  readonly functions: Functions;
  readonly deadLetters: Queue;
}

interface AlarmWish {
  /** One sentence; the article of the alarm's name in docs/runbook.md says what to do. */
  readonly meaning: string;
  readonly metric: (watched: Watched) => IMetric;
  /** It rings at this much. */
  readonly threshold: (watched: Watched) => number;
  /** It rings below the threshold, and where nothing is heard at all. */
  readonly isProofOfLife?: true;
  /** Hours in a row that have to be wrong; one where nothing is said. */
  readonly hours?: (watched: Watched) => number;
}

/** A night's waits fall into one of these. */
const NIGHT = Duration.hours(6);

/** Every alarm, by its name. Each has an article of the same name in docs/runbook.md. */
export const ALARMS = {
  'run-failed': {
    meaning: 'A run ended with a fault; nothing of it was published.',
    metric: ({ functions }) => functions.nightly.metric('DurableExecutionFailed', SUM_OF_AN_HOUR),
    threshold: () => 1,
  },
  'run-too-long': {
    meaning: 'A run was ended after a day; nothing of it was published.',
    metric: ({ functions }) => functions.nightly.metric('DurableExecutionTimedOut', SUM_OF_AN_HOUR),
    threshold: () => 1,
  },
  'night-missing': {
    meaning: 'No verified manifest of a night was written by the deadline.',
    metric: ({ deployment }) => nightsPublished(deployment),
    threshold: () => 1,
    isProofOfLife: true,
    hours: ({ deployment }) => hoursOfSilence(deployment),
  },
  'critical-discrepancies': {
    meaning: 'A night holds discrepancies of severity critical that nobody has accepted.',
    metric: ({ deployment }) => figure(deployment, 'critical', MAX_OF_AN_HOUR),
    threshold: () => 1,
  },
  'throttled-too-long': {
    meaning: 'A run waited for the rate limit longer than aws.throttleAlarmMinutes.',
    metric: ({ deployment }) =>
      figure(deployment, 'throttledSeconds', { statistic: 'Sum', period: NIGHT }),
    threshold: ({ deployment }) => deployment.aws.throttleAlarmMinutes * 60,
  },
  'dead-letters': {
    meaning: 'A call of starter or nightly was given up; it lies in the dead-letter queue.',
    metric: ({ deadLetters }) =>
      deadLetters.metricApproximateNumberOfMessagesVisible({
        statistic: 'Maximum',
        period: Duration.minutes(5),
      }),
    threshold: () => 1,
  },
} as const satisfies Record<string, AlarmWish>;

const SUM_OF_AN_HOUR = { statistic: 'Sum', period: Duration.hours(1) };
const MAX_OF_AN_HOUR = { statistic: 'Maximum', period: Duration.hours(1) };

/**
 * Nights by the hour, with a nought for each hour without one. Left out, hours would not count as
 * breaching one by one: CloudWatch looks further back for a number, and rings hours late.
 */
function nightsPublished(deployment: Deployment): IMetric {
  return new MathExpression({
    expression: 'FILL(published, 0)',
    usingMetrics: { published: figure(deployment, 'published', SUM_OF_AN_HOUR) },
    period: Duration.hours(1),
    label: 'Nights published',
  });
}

/**
 * A night that was published in the hour of the schedule leaves the window at the deadline of the
 * next day. One that came later, or by hand, leaves it as much later.
 */
function hoursOfSilence({ aws }: Deployment): number {
  return 24 + aws.deadlineHour - aws.hour - 1;
}

export function createAlarms(scope: Construct, watched: Watched, topic: Topic): readonly Alarm[] {
  const stack = Stack.of(scope).stackName;
  const action = new SnsAction(topic);
  return Object.entries<AlarmWish>(ALARMS).map(([name, wish]) => {
    const alarm = new Alarm(scope, `Alarm-${name}`, {
      alarmName: `${stack}-${name}`,
      alarmDescription: `${wish.meaning} What to do: docs/runbook.md, ${name}.`,
      metric: wish.metric(watched),
      threshold: wish.threshold(watched),
      evaluationPeriods: wish.hours?.(watched) ?? 1,
      comparisonOperator: wish.isProofOfLife
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: wish.isProofOfLife
        ? TreatMissingData.BREACHING
        : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(action);
    // Who was woken by silence wants to hear when it ends.
    if (wish.isProofOfLife) alarm.addOkAction(action);
    return alarm;
  });
}

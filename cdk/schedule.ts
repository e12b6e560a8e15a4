import { Duration, TimeZone } from 'aws-cdk-lib';
import type { Alias, IFunction } from 'aws-cdk-lib/aws-lambda';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';

/** Lambda that cannot be reached for two hours leaves little time to the deadline: say so. */
const GIVE_UP = Duration.hours(2);

/** With the waits that grow in between, these last about as long. */
const RETRIES = 30;

/** Every night at the same hour of the books' clocks; what cannot be delivered is kept and told. */
export function createSchedule(
  scope: Construct,
  door: Alias,
  deadLetters: Queue,
  { organizationId, timezone, aws }: Deployment,
): void {
  new Schedule(scope, 'Night', {
    description: `Tieout reads yesterday of ${organizationId}`,
    schedule: ScheduleExpression.cron({
      minute: '0',
      hour: String(aws.hour),
      timeZone: TimeZone.of(timezone),
    }),
    target: new LambdaInvoke(door as IFunction, {
      // The function's own words for yesterday; without an input it would get the scheduler's.
      input: ScheduleTargetInput.fromObject({}),
      deadLetterQueue: deadLetters,
      maxEventAge: GIVE_UP,
      retryAttempts: RETRIES,
    }),
  });
}

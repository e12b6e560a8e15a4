import { Duration, TimeZone } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import {
  ContextAttribute,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { LIVE_ALIAS } from '../lib/contract.ts';
import type { Deployment } from './deployment.ts';

/** Lambda that cannot be reached for two hours leaves little time to the deadline: say so. */
const GIVE_UP = Duration.hours(2);

/** With the waits that grow in between, these last about as long. */
const RETRIES = 30;

/** Every night at the same hour of the books' clocks; what cannot be delivered is kept and told. */
export function createSchedule(
  scope: Construct,
  starter: NodejsFunction,
  deadLetters: Queue,
  { organizationId, timezone, aws }: Deployment,
): void {
  // Of a function without alias it could call every version.
  const target = starter.addAlias(LIVE_ALIAS) as IFunction;
  new Schedule(scope, 'Night', {
    description: `Tieout reads yesterday of ${organizationId}`,
    schedule: ScheduleExpression.cron({
      minute: '0',
      hour: String(aws.hour),
      timeZone: TimeZone.of(timezone),
    }),
    target: new LambdaInvoke(target, {
      // What it is scheduled for, not when it comes: a delivery may come twice, and hours late.
      input: ScheduleTargetInput.fromObject({ scheduledTime: ContextAttribute.scheduledTime }),
      deadLetterQueue: deadLetters,
      maxEventAge: GIVE_UP,
      retryAttempts: RETRIES,
    }),
  });
}

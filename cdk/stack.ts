import { CfnOutput, Duration, Stack, Tags } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { PRODUCT } from '../lib/contract.ts';
import { createAccess } from './access.ts';
import { acknowledgeRules } from './acknowledged-rules.ts';
import { createAlarms } from './alarms.ts';
import { createBucket } from './bucket.ts';
import { createDashboard } from './dashboard.ts';
import type { Deployment } from './deployment.ts';
import { createFunctions } from './functions.ts';
import { createSchedule } from './schedule.ts';
import { createSecret } from './secret.ts';
import { createTopic } from './topic.ts';

/** The longest that a queue keeps what nobody took: a fortnight, holidays included. */
const DEAD_LETTERS = Duration.days(14);

/** One organization's nights: where they are kept, what makes them, who is told. */
export class TieoutStack extends Stack {
  constructor(scope: Construct, deployment: Deployment) {
    const { organizationId, aws } = deployment;
    super(scope, aws.stackName, {
      description: `Tieout: nightly snapshots of Rebilly organization ${organizationId}`,
    });
    Tags.of(this).add('product', PRODUCT);

    const bucket = createBucket(this, deployment);
    const secret = createSecret(this, deployment);
    const topic = createTopic(this, deployment);
    const deadLetters = new Queue(this, 'DeadLetters', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: DEAD_LETTERS,
    });

    const ground = { deployment, bucket, secret, topic, deadLetters };
    const functions = createFunctions(this, ground);
    createSchedule(this, functions.starter, deadLetters, deployment);
    createAccess(this, { bucket, functions, deployment });

    const watched = { deployment, functions, deadLetters };
    const alarms = createAlarms(this, watched, topic);
    createDashboard(this, watched, alarms);

    acknowledgeRules(this, deployment);
    new CfnOutput(this, 'BucketName', { value: bucket.bucketName });
    new CfnOutput(this, 'SecretArn', { value: secret.secretArn });
    new CfnOutput(this, 'TopicArn', { value: topic.topicArn });
  }
}

import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Deployment } from './deployment.ts';

/** Takes the notice of each night, and the alarms. */
export function createTopic(scope: Construct, { organizationId, aws }: Deployment): Topic {
  const topic = new Topic(scope, 'Notices', {
    displayName: `Tieout ${organizationId}`,
    enforceSSL: true,
  });
  // A policy of its own takes the place of the default one, which had let alarms in.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  for (const address of aws.alarmEmails) topic.addSubscription(new EmailSubscription(address));
  return topic;
}

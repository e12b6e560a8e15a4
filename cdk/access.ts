import { CfnOutput, Duration } from 'aws-cdk-lib';
import { AccountRootPrincipal, ManagedPolicy, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledgementsPrefix, organizationPrefix } from '../lib/object-keys.ts';
import type { Deployment } from './deployment.ts';
import type { Functions } from './functions.ts';

/** A working day: nobody signs in again over a month's close. */
const SESSION = Duration.hours(8);

export interface Accessible {
  readonly bucket: Bucket;
  readonly functions: Pick<Functions, 'nightly' | 'door'>;
  readonly deployment: Deployment;
}

/**
 * For people: a policy to read the organization's files with, for groups and permission sets; a
 * role that has it, for accounts without either; a policy to accept discrepancies with; and one to
 * run periods by hand.
 */
export function createAccess(
  scope: Construct,
  { bucket, functions, deployment }: Accessible,
): void {
  const { organizationId } = deployment;
  const own = `${organizationPrefix(organizationId)}/`;

  const reading = new ManagedPolicy(scope, 'AccountantPolicy', {
    description: `Reads the snapshots of ${organizationId}`,
    statements: [
      new PolicyStatement({
        sid: 'ListFiles',
        actions: ['s3:ListBucket'],
        resources: [bucket.bucketArn],
        // Without a prefix too: consoles begin there, and only who may ask so is told of a missing
        // file that it is missing.
        conditions: { StringLikeIfExists: { 's3:prefix': ['', `${own}*`] } },
      }),
      new PolicyStatement({
        sid: 'ReadFiles',
        actions: ['s3:GetObject'],
        resources: [bucket.arnForObjects(`${own}*`)],
      }),
    ],
  });
  const role = new Role(scope, 'AccountantRole', {
    description: `Accountants of ${organizationId}: reads its snapshots`,
    assumedBy: new AccountRootPrincipal(),
    managedPolicies: [reading],
    maxSessionDuration: SESSION,
  });

  const accepting = new ManagedPolicy(scope, 'AcceptingPolicy', {
    description: `Accepts discrepancies of ${organizationId} (tieout ack)`,
    statements: [
      new PolicyStatement({
        sid: 'WriteAcknowledgements',
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`${acknowledgementsPrefix(organizationId)}/*`)],
      }),
    ],
  });

  const invoking = new ManagedPolicy(scope, 'InvokingPolicy', {
    description: `Runs periods of ${organizationId} by hand (tieout invoke)`,
    statements: [
      new PolicyStatement({
        sid: 'CallDoor',
        actions: ['lambda:InvokeFunction'],
        resources: [functions.door.functionArn],
      }),
      new PolicyStatement({
        sid: 'WatchExecutions',
        actions: ['lambda:GetDurableExecution', 'lambda:GetDurableExecutionHistory'],
        // Executions are named below the version that runs them.
        resources: [`${functions.nightly.functionArn}:*`],
      }),
    ],
  });

  new CfnOutput(scope, 'AccountantRoleArn', { value: role.roleArn });
  new CfnOutput(scope, 'AccountantPolicyArn', { value: reading.managedPolicyArn });
  new CfnOutput(scope, 'AcceptingPolicyArn', { value: accepting.managedPolicyArn });
  new CfnOutput(scope, 'InvokingPolicyArn', { value: invoking.managedPolicyArn });
}

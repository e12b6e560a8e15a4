import { Effect, type IRole, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Alias, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import {
  destinationMarkKey,
  MANIFEST_NAME,
  organizationPrefix,
  partsPrefix,
} from '../lib/object-keys.ts';
import type { Deployment } from './deployment.ts';

interface Holdings {
  readonly deployment: Deployment;
  readonly bucket: Bucket;
  readonly secret: Secret;
  readonly topic: Topic;
}

/** Writing in parts is part of writing; ending what was begun is not, and has a name of its own. */
const WRITE = ['s3:PutObject', 's3:AbortMultipartUpload'];

/** It writes to its own group and makes none. */
export function allowLogging(role: IRole, logGroup: ILogGroup): void {
  logGroup.grantWrite(role);
}

/** Reads the API into parts, and reads them back. It can neither remove nor publish anything. */
export function allowExtract(extract: LambdaFunction, holdings: Holdings): void {
  const { parts } = placesOf(holdings);
  allow(extract, 'ReadKey', ['secretsmanager:GetSecretValue'], [holdings.secret.secretArn]);
  allow(extract, 'SeeWhatIsMissing', ['s3:ListBucket'], [holdings.bucket.bucketArn]);
  allow(extract, 'ReadParts', ['s3:GetObject'], [parts]);
  allow(extract, 'WriteParts', WRITE, [parts]);
}

/**
 * Makes snapshots out of parts: it alone writes them, and marks the folder as theirs. It may take
 * back files of a snapshot that did not come about; never a manifest, and never an older version.
 */
export function allowJudge(judge: LambdaFunction, holdings: Holdings): void {
  const { all, periods, manifests, mark } = placesOf(holdings);
  allow(judge, 'ReadKey', ['secretsmanager:GetSecretValue'], [holdings.secret.secretArn]);
  allow(judge, 'SeeWhatIsMissing', ['s3:ListBucket'], [holdings.bucket.bucketArn]);
  allow(judge, 'ReadAll', ['s3:GetObject'], [all]);
  allow(judge, 'WriteSnapshots', WRITE, [periods, mark]);
  allow(judge, 'RemoveUnfinished', ['s3:DeleteObject'], [periods]);
  judge.addToRolePolicy(
    new PolicyStatement({
      sid: 'KeepManifests',
      effect: Effect.DENY,
      actions: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
      resources: [manifests],
    }),
  );
}

/** Plans, locks, proves, clears up and tells: of what is published it only reads. */
export function allowNightly(
  nightly: LambdaFunction,
  holdings: Holdings,
  workers: readonly LambdaFunction[],
): void {
  const { all, parts, locks, mark } = placesOf(holdings);
  allow(nightly, 'ReadKey', ['secretsmanager:GetSecretValue'], [holdings.secret.secretArn]);
  allow(nightly, 'SeeWhatIsMissing', ['s3:ListBucket'], [holdings.bucket.bucketArn]);
  allow(nightly, 'ReadAll', ['s3:GetObject'], [all]);
  // The mark it only tries to write, before anything is read: a run must not fail at its end.
  allow(nightly, 'WritePlans', WRITE, [parts, locks, mark]);
  allow(nightly, 'RemoveParts', ['s3:DeleteObject'], [parts]);
  allow(nightly, 'Tell', ['sns:Publish'], [holdings.topic.topicArn]);
  // Of every version: a run that is under way calls those it began with.
  const versions = workers.map(({ functionArn }) => `${functionArn}:*`);
  allow(nightly, 'CallWorkers', ['lambda:InvokeFunction'], versions);
  // Beside the role, not in it: a function waits for its role, which cannot name it before.
  new Policy(nightly, 'Durable', {
    roles: [nightly.role!],
    statements: [
      new PolicyStatement({
        sid: 'KeepOwnState',
        actions: ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
        resources: [`${nightly.functionArn}:*`],
      }),
    ],
  });
}

/** Calls the front door, by its alias alone. It sees neither the key nor the books. */
export function allowStarter(starter: LambdaFunction, door: Alias): void {
  allow(starter, 'CallDoor', ['lambda:InvokeFunction'], [door.functionArn]);
}

function allow(
  target: LambdaFunction,
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
): void {
  target.addToRolePolicy(
    new PolicyStatement({ sid, actions: [...actions], resources: [...resources] }),
  );
}

/**
 * Resources by the keys of lib/object-keys.ts. The right to list has no prefix: S3 says of a missing
 * object that it is missing only to who may list the bucket, and that question has no prefix.
 */
function placesOf({ bucket, deployment: { organizationId } }: Holdings) {
  const own = organizationPrefix(organizationId);
  return {
    all: bucket.arnForObjects(`${own}/*`),
    parts: bucket.arnForObjects(`${partsPrefix(organizationId)}/*`),
    periods: bucket.arnForObjects(`${own}/period=*`),
    manifests: bucket.arnForObjects(`${own}/period=*/${MANIFEST_NAME}`),
    locks: bucket.arnForObjects(`${own}/locks/*`),
    mark: bucket.arnForObjects(destinationMarkKey(organizationId)),
  };
}

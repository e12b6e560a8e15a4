import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type LifecycleRule,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { organizationPrefix, partsPrefix } from '../lib/object-keys.ts';
import type { Deployment } from './deployment.ts';

/** A run takes up parts of a day; a week leaves time to look at those of a run that failed. */
const PARTS = Duration.days(7);

/** A run holds its lock for a day and a quarter at most; what is older holds nobody up. */
const LOCKS = Duration.days(7);

/** No invocation lasts longer than a quarter of an hour: what a day left open nobody goes on with. */
const OPEN_UPLOADS = Duration.days(1);

/** Snapshots are never replaced: an older version is a slip, and a quarter is time to notice it. */
const OLD_VERSIONS = Duration.days(90);

/** Where snapshots lie. It outlives the stack: the books are worth more than what made them. */
export function createBucket(scope: Construct, { organizationId, aws }: Deployment): Bucket {
  const lock = aws.objectLockDays > 0 ? Duration.days(aws.objectLockDays) : undefined;
  return new Bucket(scope, 'Snapshots', {
    // A key of Amazon's: one of our own would cost a dollar a month and every reader a grant.
    encryption: BucketEncryption.S3_MANAGED,
    versioned: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    lifecycleRules: lifecycle(organizationId),
    // Governance: who may bypass it can still mend a mistake; compliance binds the account's owner.
    ...(lock && { objectLockDefaultRetention: ObjectLockRetention.governance(lock) }),
    removalPolicy: RemovalPolicy.RETAIN,
  });
}

function lifecycle(organizationId: Deployment['organizationId']): LifecycleRule[] {
  return [
    {
      id: 'parts',
      prefix: `${partsPrefix(organizationId)}/`,
      expiration: PARTS,
      noncurrentVersionExpiration: Duration.days(1),
    },
    {
      id: 'locks',
      prefix: `${organizationPrefix(organizationId)}/locks/`,
      expiration: LOCKS,
      noncurrentVersionExpiration: Duration.days(1),
    },
    { id: 'open-uploads', abortIncompleteMultipartUploadAfter: OPEN_UPLOADS },
    {
      id: 'old-versions',
      noncurrentVersionExpiration: OLD_VERSIONS,
      expiredObjectDeleteMarker: true,
    },
  ];
}

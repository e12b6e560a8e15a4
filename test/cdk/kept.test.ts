import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { plain, type Resource, resourcesOf, templateOf } from './synthesized.ts';

/** Where snapshots, the key and what could not be delivered are kept. */
const template = templateOf();

function only(type: string): Resource {
  const found = [...resourcesOf(template, type).values()];
  expect(found).toHaveLength(1);
  return found[0]!;
}

describe('the bucket', () => {
  const { Properties: bucket, DeletionPolicy } = only('AWS::S3::Bucket');

  test('is encrypted', () => {
    expect(bucket.BucketEncryption.ServerSideEncryptionConfiguration).toEqual([
      { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
    ]);
  });

  test('keeps versions', () => {
    expect(bucket.VersioningConfiguration).toEqual({ Status: 'Enabled' });
  });

  test('lets nobody in from outside', () => {
    expect(bucket.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(bucket.OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  });

  test('is spoken to over TLS 1.2 or newer only', () => {
    const { PolicyDocument } = only('AWS::S3::BucketPolicy').Properties;
    const denied = PolicyDocument.Statement;
    const everybody = { Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*' };
    expect(denied).toContainEqual(
      expect.objectContaining({
        ...everybody,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
    expect(denied).toContainEqual(
      expect.objectContaining({
        ...everybody,
        Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } },
      }),
    );
  });

  test('drops parts and locks after a week, open uploads after a day, older versions after a quarter', () => {
    expect(bucket.LifecycleConfiguration.Rules).toEqual([
      {
        Id: 'parts',
        Status: 'Enabled',
        Prefix: 'organization=org_01HX/parts/',
        ExpirationInDays: 7,
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      },
      {
        Id: 'locks',
        Status: 'Enabled',
        Prefix: 'organization=org_01HX/locks/',
        ExpirationInDays: 7,
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
      },
      {
        Id: 'open-uploads',
        Status: 'Enabled',
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
      },
      {
        Id: 'old-versions',
        Status: 'Enabled',
        ExpiredObjectDeleteMarker: true,
        NoncurrentVersionExpiration: { NoncurrentDays: 90 },
      },
    ]);
  });

  test('never drops a snapshot', () => {
    const expiring = bucket.LifecycleConfiguration.Rules.filter(
      (rule: object) => 'ExpirationInDays' in rule,
    );
    expect(expiring.map(({ Prefix }: { Prefix: string }) => Prefix)).toEqual([
      'organization=org_01HX/parts/',
      'organization=org_01HX/locks/',
    ]);
  });

  test('outlives the stack', () => {
    expect(DeletionPolicy).toBe('Retain');
  });

  test('is locked only where that is wished', () => {
    expect(bucket.ObjectLockEnabled).toBeUndefined();
    const [locked] = resourcesOf(templateOf({ objectLockDays: 3650 }), 'AWS::S3::Bucket').values();
    expect(locked?.Properties.ObjectLockEnabled).toBe(true);
    expect(locked?.Properties.ObjectLockConfiguration.Rule.DefaultRetention).toEqual({
      Mode: 'GOVERNANCE',
      Days: 3650,
    });
  });
});

describe('the key', () => {
  const { Properties: secret } = only('AWS::SecretsManager::Secret');

  test('is in no template: its secret is empty, and no deployment writes it', () => {
    expect(Object.keys(secret).sort()).toEqual(['Description', 'Tags']);
  });
});

describe('what could not be delivered', () => {
  const { Properties: queue } = only('AWS::SQS::Queue');

  test('is kept for a fortnight, encrypted, and read over TLS only', () => {
    expect(queue).toMatchObject({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
    const [statement] = only('AWS::SQS::QueuePolicy').Properties.PolicyDocument.Statement;
    expect(statement).toMatchObject({
      Effect: 'Deny',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });
});

describe('the topic', () => {
  const statements = plain(only('AWS::SNS::TopicPolicy').Properties.PolicyDocument.Statement);

  test('takes alarms of its own account, and nothing over an open line', () => {
    expect(statements).toEqual([
      expect.objectContaining({
        Effect: 'Deny',
        Principal: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '<AWS::AccountId>' } },
      }),
    ]);
  });

  test('tells every address of the configuration', () => {
    expect(only('AWS::SNS::Subscription').Properties).toMatchObject({
      Protocol: 'email',
      Endpoint: 'finance@example.com',
    });
  });
});

test('logs are kept as long as the configuration says', () => {
  const kept = (days?: number) =>
    [...resourcesOf(templateOf(days ? { logRetentionDays: days } : {}), 'AWS::Logs::LogGroup')].map(
      ([, { Properties }]) => Properties.RetentionInDays,
    );
  expect(kept()).toEqual([90, 90, 90, 90]);
  expect(kept(365)).toEqual([365, 365, 365, 365]);
});

test('docs/deploy.md names outputs that the stack has, and all that are to be used', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/deploy.md'), 'utf8');
  const outputs = Object.keys(template.findOutputs('*'));
  const named = [...page.matchAll(/`(\w+(?:Name|Arn|Function))`/g)].map(([, name]) => name!);
  expect(named.filter((name) => !outputs.includes(name))).toEqual([]);
  expect(outputs.filter((name) => !named.includes(name))).toEqual(['DashboardName']);
});

import { describe, expect, test } from 'vitest';
import { plain, resourcesOf, templateOf } from './synthesized.ts';

const template = templateOf();
const OWN = '<Snapshots>/organization=org_01HX';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: object;
}

/** `Allow s3:GetObject on …`, one line for every action and resource. */
function lines(statements: readonly Statement[]): string[] {
  return statements.flatMap(({ Effect, Action, Resource }) =>
    [Action]
      .flat()
      .flatMap((action) =>
        [Resource].flat().map((resource) => `${Effect} ${action} on ${resource}`),
      ),
  );
}

function permissionsOf(role: string): string[] {
  const policies = [...resourcesOf(template, 'AWS::IAM::Policy').values()]
    .map(
      ({ Properties }) =>
        plain(Properties) as { Roles: string[]; PolicyDocument: { Statement: Statement[] } },
    )
    .filter(({ Roles }) => Roles.includes(`<${role}>`));
  return policies.flatMap(({ PolicyDocument }) => lines(PolicyDocument.Statement)).sort();
}

/** Each role's whole list: whatever is added to one has to be added here. */
describe('what each role may do, and nothing else', () => {
  test('extract reads the key, and writes and reads parts', () => {
    expect(permissionsOf('ExtractRole')).toEqual([
      'Allow logs:CreateLogStream on <ExtractLogs>',
      'Allow logs:PutLogEvents on <ExtractLogs>',
      `Allow s3:AbortMultipartUpload on ${OWN}/parts/*`,
      `Allow s3:GetObject on ${OWN}/parts/*`,
      'Allow s3:ListBucket on <Snapshots>',
      `Allow s3:PutObject on ${OWN}/parts/*`,
      'Allow secretsmanager:GetSecretValue on <ApiKey>',
    ]);
  });

  test('judge writes snapshots, takes unfinished ones back, and never removes a manifest', () => {
    expect(permissionsOf('JudgeRole')).toEqual([
      'Allow logs:CreateLogStream on <JudgeLogs>',
      'Allow logs:PutLogEvents on <JudgeLogs>',
      `Allow s3:AbortMultipartUpload on ${OWN}/destination.json`,
      `Allow s3:AbortMultipartUpload on ${OWN}/period=*`,
      `Allow s3:DeleteObject on ${OWN}/period=*`,
      `Allow s3:GetObject on ${OWN}/*`,
      'Allow s3:ListBucket on <Snapshots>',
      `Allow s3:PutObject on ${OWN}/destination.json`,
      `Allow s3:PutObject on ${OWN}/period=*`,
      'Allow secretsmanager:GetSecretValue on <ApiKey>',
      `Deny s3:DeleteObject on ${OWN}/period=*/manifest.json`,
      `Deny s3:DeleteObjectVersion on ${OWN}/period=*/manifest.json`,
    ]);
  });

  test('nightly plans, locks, calls and tells; snapshots it only reads', () => {
    expect(permissionsOf('NightlyRole')).toEqual([
      'Allow lambda:CheckpointDurableExecution on <Nightly>:*',
      'Allow lambda:GetDurableExecutionState on <Nightly>:*',
      'Allow lambda:InvokeFunction on <Extract>:*',
      'Allow lambda:InvokeFunction on <Judge>:*',
      'Allow logs:CreateLogStream on <NightlyLogs>',
      'Allow logs:PutLogEvents on <NightlyLogs>',
      `Allow s3:AbortMultipartUpload on ${OWN}/destination.json`,
      `Allow s3:AbortMultipartUpload on ${OWN}/locks/*`,
      `Allow s3:AbortMultipartUpload on ${OWN}/parts/*`,
      `Allow s3:DeleteObject on ${OWN}/parts/*`,
      `Allow s3:GetObject on ${OWN}/*`,
      'Allow s3:ListBucket on <Snapshots>',
      `Allow s3:PutObject on ${OWN}/destination.json`,
      `Allow s3:PutObject on ${OWN}/locks/*`,
      `Allow s3:PutObject on ${OWN}/parts/*`,
      'Allow secretsmanager:GetSecretValue on <ApiKey>',
      'Allow sns:Publish on <Notices>',
      'Allow sqs:SendMessage on <DeadLetters>',
    ]);
  });

  test('the starter calls the front door by its alias, and leaves dead letters', () => {
    expect(permissionsOf('StarterRole')).toEqual([
      'Allow lambda:InvokeFunction on <Door>',
      'Allow logs:CreateLogStream on <StarterLogs>',
      'Allow logs:PutLogEvents on <StarterLogs>',
      'Allow sqs:SendMessage on <DeadLetters>',
    ]);
  });

  test('the scheduler calls the starter by its alias, and leaves dead letters', () => {
    const [role = ''] = [...resourcesOf(template, 'AWS::IAM::Role').keys()].filter((id) =>
      id.startsWith('SchedulerRole'),
    );
    expect(permissionsOf(role.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'Allow lambda:InvokeFunction on <StarterAliaslive>',
      'Allow sqs:SendMessage on <DeadLetters>',
    ]);
  });

  test('people read files, accept discrepancies and run periods, each by a policy of its own', () => {
    const policies = [...resourcesOf(template, 'AWS::IAM::ManagedPolicy')].map(
      ([id, { Properties }]) =>
        [id.replace(/[0-9A-F]{8}$/, ''), plain(Properties.PolicyDocument.Statement)] as const,
    );
    expect(Object.fromEntries(policies)).toEqual({
      AccountantPolicy: [
        {
          Sid: 'ListFiles',
          Effect: 'Allow',
          Action: 's3:ListBucket',
          Resource: '<Snapshots>',
          Condition: { StringLikeIfExists: { 's3:prefix': ['', 'organization=org_01HX/*'] } },
        },
        { Sid: 'ReadFiles', Effect: 'Allow', Action: 's3:GetObject', Resource: `${OWN}/*` },
      ],
      AcceptingPolicy: [
        {
          Sid: 'WriteAcknowledgements',
          Effect: 'Allow',
          Action: 's3:PutObject',
          Resource: `${OWN}/acknowledgements/*`,
        },
      ],
      InvokingPolicy: [
        {
          Sid: 'CallDoor',
          Effect: 'Allow',
          Action: 'lambda:InvokeFunction',
          Resource: '<Door>',
        },
        {
          Sid: 'WatchExecutions',
          Effect: 'Allow',
          Action: ['lambda:GetDurableExecution', 'lambda:GetDurableExecutionHistory'],
          Resource: '<Nightly>:*',
        },
      ],
    });
  });

  test('nobody may do everything to anything', () => {
    const all = [...resourcesOf(template, 'AWS::IAM::Policy').values()].flatMap(({ Properties }) =>
      lines(
        (plain(Properties) as { PolicyDocument: { Statement: Statement[] } }).PolicyDocument
          .Statement,
      ),
    );
    expect(all.filter((line) => / on \*$|:\* on /.test(line))).toEqual([]);
  });
});

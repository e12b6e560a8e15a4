import type { CfnElement } from 'aws-cdk-lib';
import { type Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { organizationPrefix } from '../lib/object-keys.ts';
import type { Deployment } from './deployment.ts';

/** A finding of cdk-nag that this stack stands by, and why. */
export interface AcknowledgedRule {
  /** Path below the stack: of the construct, or of the one that holds it. */
  readonly path: string;
  /** `<Name.Arn>` stands for that construct's ARN, `{own}` for the organization's folder. */
  readonly id: string;
  readonly reason: string;
}

const PARTS = 'AwsSolutions-IAM5[Resource::<Snapshots.Arn>/{own}/parts/*]';
const ALL = 'AwsSolutions-IAM5[Resource::<Snapshots.Arn>/{own}/*]';
const PERIODS = 'AwsSolutions-IAM5[Resource::<Snapshots.Arn>/{own}/period=*]';
const LOCKS = 'AwsSolutions-IAM5[Resource::<Snapshots.Arn>/{own}/locks/*]';

export const ACKNOWLEDGED_RULES: readonly AcknowledgedRule[] = [
  {
    path: 'Snapshots',
    id: 'AwsSolutions-S1',
    reason:
      'Who read what is told by CloudTrail, where an account wants to know: an access log would ' +
      'be a second bucket to guard, with every name of the first.',
  },
  {
    path: 'ApiKey',
    id: 'AwsSolutions-SMG4',
    reason: 'Rebilly keys are made by hand in its application: nothing here could rotate them.',
  },
  {
    path: 'ExtractRole',
    id: PARTS,
    reason: 'Parts are named after run, lane and table, which are not known before.',
  },
  {
    path: 'JudgeRole',
    id: ALL,
    reason: 'A night is judged by earlier nights and acknowledgements of the same organization.',
  },
  {
    path: 'JudgeRole',
    id: PERIODS,
    reason: 'Snapshots are named after period and run. Manifests it can write and never remove.',
  },
  {
    path: 'NightlyRole',
    id: PARTS,
    reason: "A run's plan lies beside its parts, which are removed once they have served.",
  },
  {
    path: 'NightlyRole',
    id: ALL,
    reason: 'It looks which nights are published, and what the one before this one was.',
  },
  { path: 'NightlyRole', id: LOCKS, reason: 'A lock is named after the period that it guards.' },
  {
    path: 'NightlyRole',
    id: 'AwsSolutions-IAM5[Resource::<Extract.Arn>:*]',
    reason: 'A run that is under way while a new version is deployed goes on calling the old one.',
  },
  {
    path: 'NightlyRole',
    id: 'AwsSolutions-IAM5[Resource::<Judge.Arn>:*]',
    reason: 'A run that is under way while a new version is deployed goes on calling the old one.',
  },
  {
    path: 'Nightly/Durable',
    id: 'AwsSolutions-IAM5[Resource::<Nightly.Arn>:*]',
    reason: 'Executions are named below the version that runs them; those of any version go on.',
  },
  {
    path: 'AccountantPolicy',
    id: ALL,
    reason: 'Accountants read every snapshot of the organization, and nothing else.',
  },
  {
    path: 'AcceptingPolicy',
    id: 'AwsSolutions-IAM5[Resource::<Snapshots.Arn>/{own}/acknowledgements/*]',
    reason: 'An acknowledgement is named after its discrepancy and its instant.',
  },
  {
    path: 'InvokingPolicy',
    id: 'AwsSolutions-IAM5[Resource::<Nightly.Arn>:*]',
    reason:
      'Executions are named below the version that runs them; whoever invoked one watches it.',
  },
];

export function acknowledgeRules(stack: Stack, { organizationId }: Deployment): void {
  for (const { path, id, reason } of ACKNOWLEDGED_RULES) {
    const exactId = id
      .replace('{own}', organizationPrefix(organizationId))
      .replace(/<(\w+)\.Arn>/, (_, name: string) => `<${logicalId(stack, name)}.Arn>`);
    Validations.of(at(stack, path)).acknowledge({ id: exactId, reason });
  }
}

function logicalId(stack: Stack, name: string): string {
  return stack.getLogicalId(at(stack, name).node.defaultChild as CfnElement);
}

function at(stack: Stack, path: string): IConstruct {
  return path.split('/').reduce<IConstruct>((scope, name) => scope.node.findChild(name), stack);
}

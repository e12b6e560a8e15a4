import { join } from 'node:path';
import { Annotations, CfnOutput, Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, Architecture, type IVersion, LoggingFormat, Runtime } from 'aws-cdk-lib/aws-lambda';
import {
  type BundlingOptions,
  NodejsFunction,
  type NodejsFunctionProps,
} from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { ENVIRONMENT, LIVE_ALIAS, METRIC_NAMESPACE, PRODUCT } from '../lib/contract.ts';
import { BUNDLE, bundleWithDatabase, ROOT } from './bundle.ts';
import type { Deployment } from './deployment.ts';
import {
  allowExtract,
  allowJudge,
  allowLogging,
  allowNightly,
  allowStarter,
} from './permissions.ts';

/** What the functions work on. */
export interface Ground {
  readonly deployment: Deployment;
  readonly bucket: Bucket;
  readonly secret: Secret;
  readonly topic: Topic;
  readonly deadLetters: Queue;
}

export interface Functions {
  /** The front door; it is called by its alias. */
  readonly nightly: NodejsFunction;
  readonly door: Alias;
  /** Calls the front door for the schedule. */
  readonly starter: NodejsFunction;
  readonly extract: NodejsFunction;
  readonly judge: NodejsFunction;
}

/** It plans, waits and proves; what it holds are plans and receipts, never rows. */
const NIGHTLY_MEMORY_MB = 1_024;

/** The setting of V8 that the command line has too; the other one is `extract`'s own to make. */
const EXTRACT_NODE_OPTIONS = '--max-semi-space-size=8';

/**
 * The files of a night are copied here to be judged, those of a month of predecessors packed, and
 * the database spills here: docs/deploy.md counts for how many rows that is enough. The whole of it
 * costs a tenth of a cent an hour.
 */
const JUDGE_DISK = Size.gibibytes(10);

/** Missed nights are caught up one after another, each waiting for the rate limit as it may. */
const LONGEST_EXECUTION = Duration.hours(24);

/** Long enough to look into what the monthly close turned up. */
const EXECUTION_HISTORY = Duration.days(35);

/** It sends one request: Node and the SDK take 92 MiB, and the rest is a quick start for no cent. */
const STARTER_MEMORY_MB = 256;

/** Three attempts at a request, 40 seconds each at most, and time to say that they failed. */
const STARTER_TIMEOUT = Duration.minutes(3);

export function createFunctions(scope: Construct, ground: Ground): Functions {
  const { deployment, deadLetters } = ground;
  const environment = environmentOf(ground);
  const architecture = architectureOf(deployment);

  const extract = createFunction(scope, 'Extract', deployment, {
    memorySize: deployment.aws.extractMemoryMb,
    environment: { ...environment, NODE_OPTIONS: EXTRACT_NODE_OPTIONS },
    bundling: BUNDLE,
  });
  allowExtract(extract, ground);

  const judge = createFunction(scope, 'Judge', deployment, {
    memorySize: deployment.aws.judgeMemoryMb,
    ephemeralStorageSize: JUDGE_DISK,
    environment,
    bundling: bundleWithDatabase(architecture),
  });
  allowJudge(judge, ground);

  const nightly = createFunction(scope, 'Nightly', deployment, {
    memorySize: NIGHTLY_MEMORY_MB,
    environment: {
      ...environment,
      // Versions, not names: a run that goes on after a deployment ends with the code it began with.
      [ENVIRONMENT.extractFunction]: extract.currentVersion.functionArn,
      [ENVIRONMENT.judgeFunction]: judge.currentVersion.functionArn,
      [ENVIRONMENT.topicArn]: ground.topic.topicArn,
    },
    bundling: BUNDLE,
    durableConfig: { executionTimeout: LONGEST_EXECUTION, retentionPeriod: EXECUTION_HISTORY },
    deadLetterQueue: deadLetters,
  });
  allowNightly(nightly, ground, [extract, judge]);
  // It has been durable since its first version: there is no plain one that would be replaced.
  Annotations.of(nightly).acknowledgeInfo('aws-lambda:Function.DurableConfig');

  // CDK's own class lacks one `undefined` of its interface.
  const version = nightly.currentVersion as IVersion;
  const door = new Alias(scope, 'Door', { aliasName: LIVE_ALIAS, version });
  new CfnOutput(scope, 'NightlyFunction', {
    value: door.functionArn,
    description: 'What `tieout invoke --function` is given',
  });

  const starter = createFunction(scope, 'Starter', deployment, {
    memorySize: STARTER_MEMORY_MB,
    timeout: STARTER_TIMEOUT,
    environment: {
      [ENVIRONMENT.config]: deployment.configText,
      [ENVIRONMENT.nightlyFunction]: door.functionArn,
    },
    bundling: BUNDLE,
    deadLetterQueue: deadLetters,
  });
  allowStarter(starter, door);
  return { nightly, door, starter, extract, judge };
}

type Wishes = Pick<NodejsFunctionProps, 'memorySize' | 'environment' | 'durableConfig'> &
  Pick<NodejsFunctionProps, 'ephemeralStorageSize' | 'deadLetterQueue' | 'timeout'> & {
    readonly bundling: BundlingOptions;
  };

function createFunction(
  scope: Construct,
  name: 'Nightly' | 'Extract' | 'Judge' | 'Starter',
  deployment: Deployment,
  wishes: Wishes,
): NodejsFunction {
  const { aws } = deployment;
  const logGroup = new LogGroup(scope, `${name}Logs`, {
    retention: aws.logRetentionDays,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  // A role of our own: the ready-made one may write to every log group of the account.
  const role = new Role(scope, `${name}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  });
  allowLogging(role, logGroup);
  return new NodejsFunction(scope, name, {
    entry: join(ROOT, 'functions/lambda', `${name.toLowerCase()}.ts`),
    handler: 'handler',
    projectRoot: ROOT,
    depsLockFilePath: join(ROOT, 'package-lock.json'),
    runtime: Runtime.NODEJS_24_X,
    architecture: architectureOf(deployment),
    timeout: Duration.minutes(aws.timeoutMinutes),
    role,
    logGroup,
    loggingFormat: LoggingFormat.JSON,
    // Runs that are under way go on with their version.
    currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    ...wishes,
  });
}

function environmentOf({ deployment, bucket, secret }: Ground): Record<string, string> {
  return {
    [ENVIRONMENT.config]: deployment.configText,
    [ENVIRONMENT.secretArn]: secret.secretArn,
    [ENVIRONMENT.dest]: bucket.s3UrlForObject(),
    // Powertools' own names: log lines and figures carry them without a word of ours.
    POWERTOOLS_SERVICE_NAME: PRODUCT,
    POWERTOOLS_METRICS_NAMESPACE: METRIC_NAMESPACE,
  };
}

function architectureOf({ aws }: Deployment): Architecture {
  return aws.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { loadConfig, type Settings, settle } from '../../lib/config.ts';
import {
  ENVIRONMENT,
  METRIC_NAMESPACE,
  METRICS,
  metricDimensions,
  PRODUCT,
} from '../../lib/contract.ts';
import { Fault } from '../../lib/model/fault.ts';
import type { Clock, Instant } from '../../lib/model/instant.ts';
import type { Notice } from '../../lib/report/notice.ts';
import { type ApiKeys, apiKeys } from './api-key.ts';

export type Figures = Partial<Readonly<Record<keyof typeof METRICS, number>>>;

/** All that a function takes from its surroundings: the cloud's counterpart of `runtime.ts`. */
export interface LambdaRuntime {
  readonly clock: Clock;
  /** `[0, 1)`, for jitter only. */
  random(): number;
  /** What the stack was deployed with; `CONFIG_INVALID` and its like. */
  settings(): Settings;
  readonly keys: ApiKeys;
  /** The name or ARN of another function of the run. */
  functionName(of: 'nightly' | 'extract' | 'judge'): string;
  log(level: 'info' | 'warn' | 'error', message: string, facts?: object): void;
  /** Figures for CloudWatch, in one line of the log. */
  measure(figures: Figures): void;
  /** Sends a message to whoever subscribed to the topic. */
  tell(notice: Notice): Promise<void>;
}

export function createLambdaRuntime({ env }: Pick<NodeJS.Process, 'env'>): LambdaRuntime {
  let key: string | undefined;
  const keys = apiKeys(async () => {
    const text = await secretText(required(env, 'secretArn'));
    key = text?.trim();
    return text;
  });
  const logger = new Logger({
    serviceName: PRODUCT,
    // A last line of defence: nothing that is logged holds the key.
    jsonReplacerFn: (_, value) =>
      typeof value === 'string' && key ? value.replaceAll(key, '[key]') : value,
  });
  const settings = once(() => settingsOf(env));
  return {
    clock: { now: () => Date.now() as Instant, wait: (waitMs) => sleep(waitMs) },
    random: Math.random,
    settings,
    keys,
    functionName: (of) => required(env, `${of}Function`),
    log: (level, message, facts = {}) => logger[level](message, { ...facts }),
    measure(figures) {
      const metrics = new Metrics({
        namespace: METRIC_NAMESPACE,
        defaultDimensions: metricDimensions(settings().organizationId),
      });
      for (const [name, value] of Object.entries(figures)) {
        const isTime = name.endsWith('Seconds');
        const unit = isTime ? MetricUnit.Seconds : MetricUnit.Count;
        metrics.addMetric(METRICS[name as keyof typeof METRICS], unit, value);
      }
      metrics.publishStoredMetrics();
    },
    async tell({ subject, text }) {
      const topicArn = env[ENVIRONMENT.topicArn];
      if (!topicArn) return;
      const { SNSClient, PublishCommand } = await import('@aws-sdk/client-sns');
      await new SNSClient().send(
        new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text }),
      );
    },
  };
}

function settingsOf(env: NodeJS.ProcessEnv): Settings {
  const config = loadConfig(required(env, 'config'), ENVIRONMENT.config);
  const dest = env[ENVIRONMENT.dest];
  return settle(config, dest ? { dest } : {}, { baseUrl: env[ENVIRONMENT.baseUrl] || undefined });
}

async function secretText(secretArn: string): Promise<string | undefined> {
  const { GetSecretValueCommand, SecretsManagerClient } = await import(
    '@aws-sdk/client-secrets-manager'
  );
  const answer = await new SecretsManagerClient().send(
    new GetSecretValueCommand({ SecretId: secretArn }),
  );
  return answer.SecretString;
}

function required(env: NodeJS.ProcessEnv, name: keyof typeof ENVIRONMENT): string {
  const text = env[ENVIRONMENT[name]];
  if (text) return text;
  const message = `${ENVIRONMENT[name]} is not set.`;
  throw new Fault('CONFIG_INVALID', message, 'Deploy the stack again: it sets it.');
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

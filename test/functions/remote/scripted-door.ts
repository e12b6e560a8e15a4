import { afterEach, beforeEach, vi } from 'vitest';
import type { Instant } from '../../../lib/model/instant.ts';
import { type FakeAws, startFakeAws } from '../../world/aws.ts';
import type { DurableFunction, LambdaRequest, Shown } from '../../world/aws-lambda.ts';
import { type Outcome, typed } from '../../world/command-line.ts';
import { type VirtualClock, virtualClock } from '../../world/virtual-clock.ts';

export const DOOR = 'arn:aws:lambda:eu-west-1:123456789012:function:Tieout-Nightly1A';

export const RUN = {
  runId: '20261201T060100Z',
  firstDay: '2026-11-01',
  lastDay: '2026-11-30',
  view: '',
  address: 's3://books/organization=org_1/period=2026-11-01_2026-11-30/run=20261201T060100Z',
  rowCount: 12_345,
  discrepancies: { critical: 1, high: 0, medium: 2, low: 0, info: 0 },
  digest: 'abc',
};

export const PUBLISHED = {
  firstDay: '2026-11-01',
  lastDay: '2026-11-30',
  outcome: 'published',
  run: RUN,
};

export const FORECAST = {
  firstDay: '2026-11-01',
  lastDay: '2026-11-30',
  outcome: 'counted',
  forecast: {
    rowCount: 12_345,
    laneCount: 2,
    requestCount: 19,
    seconds: 8,
    rateLimit: null,
    shareOfLimit: null,
  },
};

/** As AWS's own runner tells a range: `>` marks what happened in the map of shards. */
const HISTORY = `ExecutionStarted
  StepStarted look
  StepSucceeded look
  StepStarted lock
  StepSucceeded lock
  StepStarted begin
  StepSucceeded begin
  ContextStarted extract
  > ChainedInvokeStarted extract
  > ChainedInvokeStarted extract
  > ChainedInvokeStarted extract
  InvocationCompleted
  > ChainedInvokeSucceeded extract
  > ChainedInvokeFailed extract
  > ChainedInvokeSucceeded extract
  ContextSucceeded extract
  WaitStarted
  InvocationCompleted
  WaitSucceeded
  ContextStarted extract
  > ChainedInvokeStarted extract
  > ChainedInvokeSucceeded extract
  ContextSucceeded extract
  StepStarted prove
  StepSucceeded prove
  ChainedInvokeStarted publish
  InvocationCompleted
  ChainedInvokeSucceeded publish
  StepStarted clear
  StepSucceeded clear
  StepStarted unlock
  StepSucceeded unlock
  StepStarted tell
  StepSucceeded tell`.split('\n');

export const HISTORY_LENGTH = HISTORY.length;

/** The first events of a night, a second apart. */
function historyOf(count: number): object[] {
  return HISTORY.slice(0, count).map((line, at) => {
    const [, piece, type, name] = /^ *(> )?(\w+)(?: (\w+))?$/.exec(line)!;
    const EventTimestamp = new Date(Date.UTC(2026, 11, 1, 6, 0, at));
    const until = { ScheduledEndTimestamp: new Date(Date.UTC(2026, 11, 1, 6, 30)) };
    return {
      EventType: type,
      EventId: at + 1,
      Id: `operation-${at}`,
      EventTimestamp,
      ...(name && { Name: name }),
      ...(piece && { ParentId: 'map' }),
      ...(type === 'WaitStarted' && { WaitStartedDetails: until }),
    };
  });
}

export const running = (count: number): Shown => ({ status: 'RUNNING', events: historyOf(count) });

export const succeeded = (answer: unknown): Shown => ({
  status: 'SUCCEEDED',
  events: historyOf(HISTORY_LENGTH),
  result: JSON.stringify(answer),
});

export const ended = (
  status: 'FAILED' | 'TIMED_OUT' | 'STOPPED',
  ErrorType?: string,
  ErrorMessage = '',
): Shown => ({
  status,
  events: historyOf(1),
  ...(ErrorType !== undefined && { error: { ErrorType, ErrorMessage } }),
});

/** A front door that shows what a test says, and a command line that time passes for at once. */
interface ScriptedDoor {
  readonly aws: FakeAws;
  readonly clock: VirtualClock;
  /** What an execution shows from second to second; undefined: it has not begun. */
  deploy(...states: (Shown | undefined)[]): void;
  /** Types `tieout invoke`, of an organization. */
  invoke(...flags: string[]): Promise<Outcome>;
  operations(): LambdaRequest['operation'][];
}

/** Opened before each test of the file that calls it, and closed after it. */
export function scriptedDoor(env: Readonly<Record<string, string>> = {}): ScriptedDoor {
  let aws: FakeAws;
  let clock: VirtualClock;

  beforeEach(async () => {
    aws = await startFakeAws('');
    clock = virtualClock(Date.UTC(2026, 11, 1, 6) as Instant);
    for (const [name, value] of Object.entries({ ...aws.env, ...env })) vi.stubEnv(name, value);
  });

  afterEach(async () => {
    vi.unstubAllEnvs();
    await aws.close();
  });

  return {
    get aws() {
      return aws;
    },
    get clock() {
      return clock;
    },
    deploy: (...states) => aws.lambda.deploy(DOOR, scripted(clock, states)),
    invoke: (...flags) =>
      typed(['invoke', '--organization', 'org_1', ...flags], { env: process.env, clock }),
    operations: () => aws.lambda.requests.map(({ operation }) => operation),
  };
}

/** Shows one state after the other as seconds go by on a clock; the last one stays. */
function scripted(
  clock: { now(): number },
  states: readonly (Shown | undefined)[],
): DurableFunction {
  return () => {
    const begunAt = clock.now();
    return () => {
      const seconds = Math.floor((clock.now() - begunAt) / 1000);
      return states[Math.min(seconds, states.length - 1)];
    };
  };
}

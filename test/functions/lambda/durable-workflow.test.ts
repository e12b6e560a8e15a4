import { withDurableExecution } from '@aws/durable-execution-sdk-js';
import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { durableWorkflow, MOST_OPERATIONS } from '../../../functions/lambda/durable-workflow.ts';
import type { Begun, NightQuestion, NightWork, ShardTask } from '../../../functions/night-work.ts';
import { nightly } from '../../../functions/nightly.ts';
import { parseLocalDay, timeZone } from '../../../lib/calendar/business-day.ts';
import { periodOf } from '../../../lib/calendar/period.ts';
import { Fault } from '../../../lib/model/fault.ts';
import type { OrganizationId, RunId } from '../../../lib/model/ids.ts';
import type { Instant } from '../../../lib/model/instant.ts';

beforeAll(() => LocalDurableTestRunner.setupTestEnvironment({ skipTime: true }));
afterAll(() => LocalDurableTestRunner.teardownTestEnvironment());

const RUN = { organizationId: 'org_1' as OrganizationId, runId: '20261201T060000Z' as RunId };
const AT = Date.UTC(2026, 11, 1, 6) as Instant;
const OCTOBER: NightQuestion = {
  period: periodOf(parseLocalDay('2026-10-01'), parseLocalDay('2026-10-31'), timeZone('UTC')),
  force: false,
  isNight: false,
  resume: false,
};

/** A month of lanes, of which the rate limit lets so many be read before it closes for ten minutes. */
function month(laneCount: number, lanesPerWindow: number) {
  const read: number[] = [];
  const tasks: ShardTask[] = [];
  const begun: Begun = { ...RUN, laneCount, rowEstimate: laneCount * 40_000 };
  const here: Partial<NightWork<string>> = {
    begin: async () => ({ done: begun }),
    prove: async (run) => ({ done: run }),
    publish: async () => ({ done: `${read.length} lanes` }),
    clear: async () => undefined,
  };
  const extract = async (task: ShardTask) => {
    tasks.push(task);
    const lanes = task.lanes.slice(0, lanesPerWindow);
    read.push(...lanes);
    const left = task.lanes.slice(lanesPerWindow);
    const rowCount = lanes.length * 40_000;
    if (left.length === 0) return { value: { left, rowCount } };
    const resumeAt = (AT + 600_000) as Instant;
    return { value: { left, rowCount, postponed: { at: AT, resumeAt } } };
  };
  const handler = withDurableExecution((_event, context) =>
    nightly(durableWorkflow(context, { here, elsewhere: { extract: () => 'extract' } }), OCTOBER, {
      concurrency: 8,
      workerRows: 250_000,
      throttleMs: 86_400_000,
      mostFailures: 3,
    }),
  );
  const runner = new LocalDurableTestRunner<string>({ handlerFunction: handler });
  runner.registerFunction('extract', extract);
  return { runner, read, tasks };
}

describe('31 days of 700 lanes', () => {
  test('stay far within the operations of one execution, though the limit closes again and again', async () => {
    const { runner, read, tasks } = month(700, 20);
    const result = await runner.run();
    expect(result.getResult()).toBe('700 lanes');
    expect(read.sort((a, b) => a - b)).toEqual(Array.from({ length: 700 }, (_, lane) => lane));
    expect(tasks.length).toBeGreaterThan(8);
    expect(result.getOperations().length).toBeLessThan(MOST_OPERATIONS / 10);
  });

  test('that no limit holds up are read by as many workers as the run has requests', async () => {
    const { runner, tasks } = month(700, 700);
    const result = await runner.run();
    expect(result.getResult()).toBe('700 lanes');
    expect(tasks.map(({ lanes, concurrency }) => [lanes.length, concurrency])).toEqual(
      Array.from({ length: 8 }, (_, at) => [at < 4 ? 88 : 87, 1]),
    );
    expect(result.getOperations()).toHaveLength(1 + 9 + 3);
  });
});

interface Endless {
  readonly [name: string]: (input: never) => Promise<unknown>;
  again(): Promise<string>;
  unlock(): Promise<string>;
}

test('a defect of a station fails by name, and the run can still give its lock back', async () => {
  const handler = withDurableExecution(async (_event, context) => {
    const workflow = durableWorkflow<Endless>(context, {
      here: {
        again: async () => {
          throw new TypeError('x is not a function');
        },
        unlock: async () => 'unlocked',
      },
      elsewhere: {},
    });
    const [end] = await Promise.allSettled([workflow.step('again', undefined)]);
    const { code, message } = (end as PromiseRejectedResult).reason;
    return `${code}, ${message} ${await workflow.step('unlock', undefined)}`;
  });
  const runner = new LocalDurableTestRunner<string>({ handlerFunction: handler });
  const result = await runner.run();
  expect(result.getResult()).toBe(
    "INTERNAL, The station 'again' broke: x is not a function. unlocked",
  );
});

test('a run that would take more operations fails by name, and can still give its lock back', async () => {
  const handler = withDurableExecution(async (_event, context) => {
    const workflow = durableWorkflow<Endless>(context, {
      here: { again: async () => 'again', unlock: async () => 'unlocked' },
      elsewhere: {},
    });
    const inputs = Array.from({ length: 600 }, () => undefined);
    try {
      for (let steps = 0; steps < 10; steps += 1) await workflow.map('again', inputs);
      return 'never';
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      return `${fault.code}, ${await workflow.step('unlock', undefined)}`;
    }
  });
  const runner = new LocalDurableTestRunner<string>({ handlerFunction: handler });
  const result = await runner.run();
  expect(result.getResult()).toBe('OPERATIONS_SPENT, unlocked');
  expect(result.getOperations().length).toBeLessThanOrEqual(MOST_OPERATIONS);
});

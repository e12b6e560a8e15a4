import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { Fault } from '../../lib/model/fault.ts';
import { type DoorAnswer, type DoorWork, door } from '../door.ts';
import { doorStations } from './door-stations.ts';
import { durableWorkflow } from './durable-workflow.ts';
import { createLambdaRuntime, type LambdaRuntime } from './lambda-runtime.ts';
import { parseRequest } from './payload.ts';

/** A worker reads a quarter of a million rows in minutes; more are worth another one's start. */
const WORKER_ROWS = 250_000;

/** A shard, or any station, may fail so often for a reason that may pass. */
const MOST_FAILURES = 3;

/** The front door of the cloud: for the schedule, and for hands. */
export function nightlyHandler(runtime: LambdaRuntime) {
  return withDurableExecution((event: unknown, context: DurableContext) =>
    named(runtime, async () => {
      const request = parseRequest(event);
      const { organizationId, concurrency, throttleMinutes } = runtime.settings();
      const workflow = durableWorkflow<DoorWork>(context, {
        here: doorStations(runtime, context.lambdaContext),
        elsewhere: {
          extract: runtime.functionName('extract'),
          publish: runtime.functionName('judge'),
        },
      });
      const holder = context.executionContext.durableExecutionArn;
      const throttleMs = throttleMinutes * 60_000;
      const terms = {
        concurrency,
        throttleMs,
        workerRows: WORKER_ROWS,
        mostFailures: MOST_FAILURES,
      };
      return door(workflow, { holder, organizationId, request }, terms);
    }),
  );
}

/** The error of an execution is a name and a message: a fault puts its code and its line there. */
async function named(runtime: LambdaRuntime, work: () => Promise<DoorAnswer>): Promise<DoorAnswer> {
  try {
    return await work();
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    const { code, message, remedy, line } = fault;
    runtime.log('error', line, { code, message, remedy });
    throw Object.assign(new Error(line, { cause: fault }), { name: code });
  }
}

export const handler = nightlyHandler(createLambdaRuntime(process));

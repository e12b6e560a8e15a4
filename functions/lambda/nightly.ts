import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { Fault } from '../../lib/model/fault.ts';
import { type DoorAnswer, type DoorWork, door } from '../door.ts';
import { doorStations } from './door-stations.ts';
import { durableWorkflow } from './durable-workflow.ts';
import { createLambdaRuntime, type LambdaRuntime } from './lambda-runtime.ts';

/** The front door of the cloud: for the schedule, and for hands. */
export function nightlyHandler(runtime: LambdaRuntime) {
  return withDurableExecution((payload: unknown, context: DurableContext) =>
    named(() => {
      const workflow = durableWorkflow<DoorWork>(context, {
        here: doorStations(runtime, context.lambdaContext),
        elsewhere: {
          extract: () => runtime.functionName('extract'),
          publish: () => runtime.functionName('judge'),
        },
      });
      const holder = context.executionContext.durableExecutionArn;
      return door(workflow, { holder, payload });
    }),
  );
}

/** The error of an execution is a name and a message: a fault puts its code and its line there. */
async function named(work: () => Promise<DoorAnswer>): Promise<DoorAnswer> {
  try {
    return await work();
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    throw Object.assign(new Error(fault.line, { cause: fault }), { name: fault.code });
  }
}

export const handler = nightlyHandler(createLambdaRuntime(process));

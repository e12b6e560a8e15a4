import { type DurableContext, withDurableExecution } from '@aws/durable-execution-sdk-js';
import { type DoorWork, door } from '../door.ts';
import { doorStations } from './door-stations.ts';
import { durableWorkflow } from './durable-workflow.ts';
import { createLambdaRuntime, type LambdaRuntime } from './lambda-runtime.ts';
import { named } from './named-fault.ts';

/** The front door of the cloud: for the starter of a night, and for hands. */
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

export const handler = nightlyHandler(createLambdaRuntime(process));

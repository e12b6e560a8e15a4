import { ENVIRONMENT, LIVE_ALIAS } from '../../lib/contract.ts';
import { Fault } from '../../lib/model/fault.ts';

/** The front door on AWS, as it is called. */
export interface DoorAddress {
  /** A name or an ARN, always with alias or version: a durable function is not called without. */
  readonly functionName: string;
  /** An ARN tells its region; without one it is that of the environment. */
  readonly region: string | undefined;
}

/** One execution of the front door. */
export interface ExecutionAddress {
  readonly executionArn: string;
  readonly name: string;
  readonly region: string | undefined;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html, `FunctionName`. */
const FUNCTION =
  /^(?:arn:[\w-]+:lambda:([a-z0-9-]+):\d{12}:function:)?[\w-]{1,64}(?::(\$LATEST|[\w-]+))?$/;

/** https://docs.aws.amazon.com/lambda/latest/api/API_Execution.html, `DurableExecutionArn`. */
const EXECUTION =
  /^arn:[\w-]+:lambda:([a-z\d-]+):\d+:function:[\w-]+:[\w$.]+\/durable-execution\/([\w-]+)\/[\w-]+$/;

/** Fault: `FUNCTION_INVALID`. */
export function doorAddress(given: string | undefined): DoorAddress {
  const remedy =
    `Give --function, or ${ENVIRONMENT.nightlyFunction}, what the stack puts out as ` +
    'NightlyFunction.';
  if (given === undefined) throw new Fault('FUNCTION_INVALID', 'No function was named.', remedy);
  const found = FUNCTION.exec(given);
  if (!found) throw new Fault('FUNCTION_INVALID', `'${given}' is no name of a function.`, remedy);
  const [, region, alias] = found;
  return { functionName: alias === undefined ? `${given}:${LIVE_ALIAS}` : given, region };
}

/** Fault: `FLAG_INVALID`. */
export function executionAddress(executionArn: string): ExecutionAddress {
  const [, region, name] = EXECUTION.exec(executionArn) ?? [];
  if (region !== undefined && name !== undefined) return { executionArn, name, region };
  throw new Fault(
    'FLAG_INVALID',
    `'${executionArn}' is no ARN of an execution.`,
    'Give --follow what `tieout invoke` printed: arn:aws:lambda:…/durable-execution/….',
  );
}

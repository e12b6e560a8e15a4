import { timeZone } from '../../lib/calendar/business-day.ts';
import { Fault } from '../../lib/model/fault.ts';
import { doorAddress } from '../remote/door-address.ts';
import { nightName } from '../remote/execution-name.ts';
import { openRemoteDoor } from '../remote/remote-door.ts';
import { createLambdaRuntime, type LambdaRuntime } from './lambda-runtime.ts';
import { named } from './named-fault.ts';
import { parseDelivery } from './payload.ts';

/** The execution that a delivery came to, be it started now or there already. */
export interface NightStart {
  readonly name: string;
  readonly executionArn: string;
}

/**
 * Stands between the schedule and the front door, and names the night: a delivery that comes twice
 * starts one execution. The schedule could name it only by its own time, whose colons no name may
 * hold.
 */
export function starterHandler(runtime: LambdaRuntime) {
  return (event: unknown): Promise<NightStart> =>
    named(() => told(runtime, () => start(runtime, event)));
}

async function start(runtime: LambdaRuntime, event: unknown): Promise<NightStart> {
  const { scheduledTime } = parseDelivery(event);
  const { organizationId, timezone } = runtime.settings();
  const name = nightName(organizationId, scheduledTime, timeZone(timezone));
  const { functionName, region } = doorAddress(runtime.functionName('nightly'));
  // Every night asks for what is missing: a name is taken again with the same payload only.
  const call = { functionName, name, request: {} };
  const executionArn = await ofTheStack(() => openRemoteDoor({ region }).invoke(call));
  runtime.log('info', `The night is ${name}.`, { name, executionArn });
  return { name, executionArn };
}

/** Lambda tries so often, within minutes, before it lays an event aside. */
const REMEDY =
  'If three tries fail, look whether the stack was deployed whole; then run what is missing: ' +
  '`tieout invoke`.';

/** Name, region and rights are not a person's here but the stack's, and so is what to do. */
async function ofTheStack<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    throw new Fault(fault.code, fault.message, REMEDY, { cause: fault });
  }
}

/** Whoever called is gone: what fails is told here, and Lambda tries again. */
async function told<Done>({ log }: LambdaRuntime, work: () => Promise<Done>): Promise<Done> {
  try {
    return await work();
  } catch (fault) {
    if (fault instanceof Fault) {
      const { code, remedy, line } = fault;
      log('error', line, { code, remedy });
    }
    throw fault;
  }
}

export const handler = starterHandler(createLambdaRuntime(process));

import { Fault } from '../../lib/model/fault.ts';
import { instantText } from '../../lib/model/instant.ts';
import type { ExecutionAddress } from '../remote/door-address.ts';
import { doorAnswer, faultOfLine } from '../remote/door-answer.ts';
import type { Execution } from '../remote/execution.ts';
import { follow } from '../remote/follow.ts';
import type { RemoteDoor } from '../remote/remote-door.ts';
import type { Runtime } from '../runtime.ts';
import { answerText } from './answer-text.ts';
import { createExecutionReporter } from './execution-reporter.ts';

export interface WatchFlags {
  readonly json?: true;
  readonly quiet?: true;
}

export interface Watched {
  readonly door: RemoteDoor;
  readonly address: ExecutionAddress;
  /** See `FollowOptions`. */
  readonly isNew: boolean;
}

/** Shows how a run on AWS goes on, until it has ended; then tells what it came to. */
export async function watchExecution(
  runtime: Runtime,
  watched: Watched,
  flags: WatchFlags,
): Promise<void> {
  const execution = await followed(runtime, watched, flags);
  const { executionArn, name } = watched.address;
  const answer = doorAnswer(name, execution);
  if (flags.json) {
    const { startedAt, endedAt } = execution;
    const times = {
      startedAt: instantText(startedAt),
      finishedAt: endedAt && instantText(endedAt),
    };
    runtime.out.write(`${JSON.stringify({ name, executionArn, ...times, answer })}\n`);
  } else if (!flags.quiet) runtime.out.write(answerText(answer));
  const failed = answer.find(({ outcome }) => outcome === 'failed');
  if (failed) throw faultOfLine(failed.fault ?? `${failed.firstDay} failed.`, name);
}

async function followed(
  runtime: Runtime,
  { door, address, isNew }: Watched,
  { quiet }: WatchFlags,
): Promise<Execution> {
  const { clock, stopSignal } = runtime;
  const { executionArn } = address;
  const reporter = quiet ? undefined : createExecutionReporter(runtime, address);
  try {
    return await follow(door, executionArn, { clock, isNew, tell: reporter?.tell });
  } catch (error) {
    if (stopSignal.aborted)
      throw unwatched('INTERRUPTED', 'Nobody watches any more.', executionArn);
    if (!(error instanceof Fault) || error.code === 'FUNCTION_UNKNOWN') throw error;
    throw unwatched(error.code, `${error.message} ${error.remedy}`, executionArn, error);
  } finally {
    reporter?.close();
  }
}

/** Whatever ended the watching, the run is AWS's. */
function unwatched(
  code: Fault['code'],
  message: string,
  executionArn: string,
  cause?: unknown,
): Fault {
  const remedy = `The run goes on: \`${followLine(executionArn)}\` watches it again.`;
  return new Fault(code, message, remedy, { cause });
}

/** The command that watches an execution. */
export function followLine(executionArn: string): string {
  return `tieout invoke --follow '${executionArn}'`;
}

import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import { ENVIRONMENT } from '../../lib/contract.ts';
import { Fault } from '../../lib/model/fault.ts';
import { isRunId } from '../../lib/model/ids.ts';
import type { DoorRequest } from '../door.ts';
import { doorAddress, type ExecutionAddress, executionAddress } from '../remote/door-address.ts';
import { assertRequestId, executionName } from '../remote/execution-name.ts';
import type { RemoteDoor } from '../remote/remote-door.ts';
import type { Runtime } from '../runtime.ts';
import {
  addOrganizationFlags,
  addPeriodFlags,
  askedDays,
  type OrganizationFlags,
  type PeriodFlags,
} from './flags.ts';
import { readSettings } from './settings.ts';
import { followLine, type WatchFlags, watchExecution } from './watch-execution.ts';
import { periodAsked } from './workplace.ts';

interface InvokeFlags extends OrganizationFlags, PeriodFlags, WatchFlags {
  readonly resume?: string;
  readonly dryRun?: true;
  readonly function?: string;
  readonly requestId?: string;
  readonly wait?: true;
  readonly follow?: string;
}

const EXAMPLES = `
Without days, a run or --dry-run the nights that are missing up to yesterday are run. The run goes on
whatever becomes of this command; AWS credentials, and the region where the function's name does not
tell it, are found as every AWS program finds them. The organization is that of the stack's
configuration: here it only names the request.

Examples:
  $ tieout invoke --from 2026-11-01 --to 2026-11-30 --wait --function arn:aws:lambda:…:live
  $ tieout invoke --follow arn:aws:lambda:…/durable-execution/…
`;

/** What says what to run; whoever only looks says none of it. */
const OF_A_REQUEST = ['date', 'from', 'to', 'resume', 'dryRun', 'function', 'requestId'];

export function addInvoke(program: Command, runtime: Runtime): void {
  const command = program
    .command('invoke')
    .description('Have the stack on AWS run a period, and watch it.');
  addPeriodFlags(command, 'all nights that are missing')
    .addOption(
      new Option('--resume <run>', 'Take up the run of this id, which was interrupted.').conflicts([
        'date',
        'from',
        'to',
        'dryRun',
      ]),
    )
    .option('--dry-run', 'Count what would be read, and read nothing.')
    .option(
      '--function <arn>',
      `The stack's output NightlyFunction. (or ${ENVIRONMENT.nightlyFunction})`,
    )
    .option('--request-id <id>', 'AWS starts the same request once. (default: a new one)')
    .option('--wait', 'Stay until the run has ended, and tell what it came to.')
    .addOption(
      new Option('--follow <arn>', 'Wait for an execution that was started before.').conflicts(
        OF_A_REQUEST,
      ),
    )
    .option('--json', 'Print the result as one JSON object.')
    .option('--quiet', 'Print nothing but faults and the result of --json.');
  addOrganizationFlags(command)
    .addHelpText('after', EXAMPLES)
    .action((flags: InvokeFlags) => invoke(runtime, flags));
}

async function invoke(runtime: Runtime, flags: InvokeFlags): Promise<void> {
  if (flags.follow !== undefined) {
    const address = executionAddress(flags.follow);
    const door = await openDoor(runtime, address);
    await watchExecution(runtime, { door, address, isNew: false }, flags);
    return;
  }
  const { functionName, region } = doorAddress(flags.function ?? runtime.nightlyFunction);
  const { name, request } = await readRequest(runtime, flags);
  const door = await openDoor(runtime, { region });
  const executionArn = await door.invoke({ functionName, name, request });
  const address = { executionArn, name, region };
  if (flags.wait) await watchExecution(runtime, { door, address, isNew: true }, flags);
  else if (flags.json) {
    runtime.out.write(`${JSON.stringify({ name, executionArn, functionName, request })}\n`);
  } else if (!flags.quiet) runtime.out.write(startedText(address));
}

/** The SDK is loaded here only: it takes longer than all the rest. */
async function openDoor(
  { stopSignal }: Runtime,
  { region }: { readonly region: string | undefined },
): Promise<RemoteDoor> {
  const { openRemoteDoor } = await import('../remote/remote-door.ts');
  return openRemoteDoor({ region, stopSignal });
}

/** Checked before anything is asked of AWS: there it would take a run to be told of a wrong day. */
async function readRequest(
  runtime: Runtime,
  flags: InvokeFlags,
): Promise<{ readonly name: string; readonly request: DoorRequest }> {
  const { date, resume, dryRun, requestId = randomUUID().slice(0, 8) } = flags;
  assertRequestId(requestId);
  const days = askedDays(flags);
  const settings = await readSettings(runtime, flags);
  if (days) periodAsked(settings, days, runtime.clock.now());
  if (resume !== undefined && !isRunId(resume)) {
    const remedy = 'Give it the id of a run, for example 20261121T061500Z.';
    throw new Fault('FLAG_INVALID', `--resume is '${resume}'.`, remedy);
  }
  const request: DoorRequest = {
    ...(date !== undefined ? { date } : days),
    ...(resume !== undefined && { resume }),
    ...(dryRun && { dryRun }),
  };
  return { name: executionName(settings.organizationId, request, requestId), request };
}

function startedText({ executionArn, name }: ExecutionAddress): string {
  return `Started ${name}. It goes on by itself; to watch it:
  ${followLine(executionArn)}
`;
}

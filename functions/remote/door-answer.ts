import * as z from 'zod';
import { SEVERITIES } from '../../lib/model/discrepancy.ts';
import { FAULTS, Fault, type FaultCode } from '../../lib/model/fault.ts';
import type { Execution } from './execution.ts';

const count = z.number();

/** `DoorAnswer`, as a stack answers that may be older or newer than this Tieout. */
const answerSchema = z.array(
  z.looseObject({
    firstDay: z.string(),
    lastDay: z.string(),
    outcome: z.enum(['published', 'failed', 'underway', 'counted']),
    run: z
      .looseObject({
        runId: z.string(),
        view: z.string(),
        address: z.string(),
        rowCount: count,
        discrepancies: z.partialRecord(z.enum(SEVERITIES), count).optional(),
      })
      .optional(),
    forecast: z
      .looseObject({
        rowCount: count,
        laneCount: count,
        requestCount: count,
        seconds: count,
        rateLimit: count.nullable(),
        shareOfLimit: count.nullable(),
      })
      .optional(),
    fault: z.string().optional(),
  }),
);

export type RemoteAnswer = z.infer<typeof answerSchema>;

/** What an execution that has ended came to; throws the fault that it ended with. */
export function doorAnswer(name: string, execution: Execution): RemoteAnswer {
  const { status, error, result } = execution;
  if (status !== 'SUCCEEDED') throw failed(name, status, error);
  const answer = answerSchema.safeParse(parsed(result));
  if (answer.success) return answer.data;
  const message = `Execution ${name} succeeded with an answer that is none of a front door.`;
  const remedy =
    "Give --function the stack's output NightlyFunction, and use the Tieout that was deployed.";
  throw new Fault('FUNCTION_INVALID', message, remedy, { cause: answer.error });
}

/** The fault of a period that was not published, from its line. */
export function faultOfLine(line: string, name: string): Fault {
  const [, code = '', sentences = line] = /^([A-Z_]+): (.*)$/s.exec(line) ?? [];
  const remedy = `It was execution ${name}.`;
  return Object.hasOwn(FAULTS, code)
    ? new Fault(code as FaultCode, sentences, remedy)
    : new Fault('EXECUTION_FAILED', line, remedy);
}

function failed(name: string, status: string, error: Execution['error']): Fault {
  if (status === 'FAILED' && error && Object.hasOwn(FAULTS, error.type)) {
    return faultOfLine(error.message, name);
  }
  const why = error ? `, ${error.type}: ${error.message.replace(/\.$/, '')}` : '';
  const message = `Execution ${name} ended as ${status}${why}.`;
  const remedy = "Look into the function's log; what was read is not lost, see --resume.";
  return new Fault('EXECUTION_FAILED', message, remedy);
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

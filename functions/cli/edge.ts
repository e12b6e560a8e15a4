import { Fault } from '../../lib/model/fault.ts';
import type { Runtime } from '../runtime.ts';

/** A line of the terminal, not a page of a log: whatever broke it up is one blank here. */
const BREAKS = /\s*[\r\n\u2028\u2029]+\s*/g;

export function oneLine(text: string): string {
  return text.replace(BREAKS, ' ');
}

/**
 * The only place where faults are caught. Does the work and returns the exit code; a fault leaves
 * one line on stderr, and its stack and causes when they are asked for.
 */
export async function atTheEdge(
  runtime: Runtime,
  options: { readonly debug: boolean },
  work: () => Promise<void>,
): Promise<number> {
  try {
    await work();
    return 0;
  } catch (error) {
    const fault = faultOf(error, runtime.stopSignal);
    runtime.err.write(`${oneLine(fault.line)}\n`);
    if (options.debug) runtime.err.write(`${stackOf(fault)}\n`);
    return fault.exitCode;
  }
}

/** What the person is told. Once the program was told to stop, whatever broke, broke by that. */
function faultOf(error: unknown, stopSignal: AbortSignal): Fault {
  if (stopSignal.aborted && stopSignal.reason instanceof Fault) {
    // A command that says itself what was interrupted knows better what to do.
    return error instanceof Fault && error.code === 'INTERRUPTED' ? error : stopSignal.reason;
  }
  if (error instanceof Fault) return error;
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const remedy = 'This is a defect: report it with the command and what --debug shows.';
  return new Fault('INTERNAL', `${what.replace(/\.$/, '')}.`, remedy, { cause: error });
}

function stackOf(error: Error): string {
  const stack = error.stack ?? error.message;
  return error.cause instanceof Error ? `${stack}\nCaused by: ${stackOf(error.cause)}` : stack;
}

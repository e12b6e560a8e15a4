import {
  type DurableContext,
  InvokeError,
  NestingType,
  StepError,
} from '@aws/durable-execution-sdk-js';
import { Fault } from '../../lib/model/fault.ts';
import type { Station, Stations, Workflow } from '../../lib/workflow.ts';
import { type Letter, opened, sealed } from './letter.ts';

/** What one execution may take at most, well below what AWS keeps of one. */
export const MOST_OPERATIONS = 2_000;

/** Kept back for what has to happen at the end whatever came of the work: unlock, and tell. */
const CLOSING_OPERATIONS = 20;

/** Stations that may work when all else is spent. */
const CLOSING: ReadonlySet<string> = new Set(['unlock', 'tell', 'tellFailure', 'clear']);

/** What may pass is asked again by the night itself, after a wait that costs nothing. */
const ONCE = { retryStrategy: () => ({ shouldRetry: false }) };

export interface DurablePlaces<Work extends Stations> {
  /** Stations that work in this function, as steps. */
  readonly here: Partial<Work>;
  /** Functions that stations work in: the names they are invoked by, asked for when they are. */
  readonly elsewhere: Partial<Record<Station<Work>, () => string>>;
}

/** The three verbs on AWS: what a station came to is in the execution's history, once and for all. */
export function durableWorkflow<Work extends Stations>(
  context: DurableContext,
  { here, elsewhere }: DurablePlaces<Work>,
): Workflow<Work> {
  let operations = 0;

  function spend(count: number, isClosing = false): void {
    const most = isClosing ? MOST_OPERATIONS : MOST_OPERATIONS - CLOSING_OPERATIONS;
    if (operations + count <= most) {
      operations += count;
      return;
    }
    throw new Fault(
      'OPERATIONS_SPENT',
      `The run would take more than the ${most} steps that one execution may.`,
      'Take it up by {"resume": …}, or run fewer days at once.',
    );
  }

  async function ask(within: DurableContext, name: string, input: unknown): Promise<unknown> {
    const functionName = elsewhere[name as Station<Work>]?.();
    const work = () => sealed(() => here[name]!(input as never));
    try {
      const letter =
        functionName === undefined
          ? await within.step(name, work, ONCE)
          : await within.invoke<unknown, Letter<unknown>>(name, functionName, input);
      return opened(letter);
    } catch (error) {
      if (error instanceof StepError) throw stationBroke(name, error);
      if (error instanceof InvokeError) throw workerFailed(name, error);
      throw error;
    }
  }

  return {
    step: (async (name, input) => {
      spend(1, CLOSING.has(name));
      return ask(context, name, input);
    }) as Workflow<Work>['step'],
    map: (async (name: Station<Work>, inputs: readonly unknown[]) => {
      spend(1 + inputs.length);
      const ends = await context.map(
        name,
        [...inputs],
        (item, input) => sealed(() => ask(item, name, input)),
        // Without a context of its own an item is one operation.
        { nesting: NestingType.FLAT, completionConfig: { toleratedFailurePercentage: 100 } },
      );
      ends.throwIfError();
      return Promise.allSettled(ends.getResults().map(async (letter) => opened(letter)));
    }) as Workflow<Work>['map'],
    async wait(waitMs) {
      spend(1);
      await context.wait({ seconds: Math.max(1, Math.ceil(waitMs / 1000)) });
    },
  };
}

/** Faults travel in letters: whatever else a station ends with is a defect. */
function stationBroke(station: string, cause: StepError): Fault {
  return new Fault(
    'INTERNAL',
    `The station '${station}' broke: ${cause.message.replace(/\.$/, '')}.`,
    'This is a defect: report it with the log of the function.',
    { cause },
  );
}

function workerFailed(station: string, cause: InvokeError): Fault {
  return new Fault(
    'WORKER_FAILED',
    `The function of '${station}' ended without an answer: ${cause.message.replace(/\.$/, '')}.`,
    'Its log says more; if it ran out of time or memory, give it more of that.',
    { cause },
  );
}

import {
  type Event,
  GetDurableExecutionCommand,
  GetDurableExecutionHistoryCommand,
  type GetDurableExecutionResponse,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { Fault } from '../../lib/model/fault.ts';
import type { Instant } from '../../lib/model/instant.ts';
import type { DoorRequest } from '../door.ts';
import type { Execution, ExecutionEvent } from './execution.ts';
import { askingAws } from './remote-fault.ts';

const CONNECT_MS = 10_000;

/** Lambda answers within seconds: it only takes the request, or looks it up. */
const SILENCE_MS = 30_000;

/** The most that the API gives at once. */
const PAGE_EVENTS = 1_000;

/** An execution has some thousand events; pages beyond these are left to the next call. */
const MOST_PAGES = 20;

export interface RemoteDoorOptions {
  /** That of the environment, or of the AWS profile, when left out. */
  readonly region: string | undefined;
  /** Ends looks that are under way, never an invocation: nobody would know whether it came. */
  readonly stopSignal?: AbortSignal;
}

export interface DoorCall {
  readonly functionName: string;
  readonly name: string;
  readonly request: DoorRequest;
}

/**
 * The front door on AWS, from outside. Region, endpoint and credentials are those of the AWS SDK's
 * own environment. Faults: those of `remote-fault.ts`.
 */
export interface RemoteDoor {
  /** Starts an execution, or finds the one of that name; returns its ARN. */
  invoke(call: DoorCall): Promise<string>;
  look(executionArn: string): Promise<Execution>;
  /** Each call returns what happened since the one before. */
  history(executionArn: string): () => Promise<readonly ExecutionEvent[]>;
}

export function openRemoteDoor({ region, stopSignal }: RemoteDoorOptions): RemoteDoor {
  const client = new LambdaClient({
    ...(region !== undefined && { region }),
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
  });
  const stoppable = stopSignal ? { abortSignal: stopSignal } : {};

  return {
    async invoke({ functionName, name, request }) {
      const asked = { action: 'lambda:InvokeFunction', resource: functionName };
      const command = new InvokeCommand({
        FunctionName: functionName,
        InvocationType: 'Event',
        DurableExecutionName: name,
        Payload: Buffer.from(JSON.stringify(request), 'utf8'),
      });
      const { DurableExecutionArn } = await askingAws(asked, () => client.send(command));
      if (DurableExecutionArn === undefined) {
        const message = `${functionName} took the request, but is no durable function.`;
        const remedy = "Give --function the stack's output NightlyFunction.";
        throw new Fault('FUNCTION_INVALID', message, remedy);
      }
      // A name is an account's: another stack of the organization may have given it.
      if (DurableExecutionArn.includes(`:function:${functionName.split(':').at(-2)}:`)) {
        return DurableExecutionArn;
      }
      const message = `Another function has an execution of that name: ${DurableExecutionArn}.`;
      throw new Fault('EXECUTION_NAME_TAKEN', message, 'Give another --request-id, or none.');
    },

    async look(executionArn) {
      const asked = { action: 'lambda:GetDurableExecution', resource: executionArn };
      const command = new GetDurableExecutionCommand({ DurableExecutionArn: executionArn });
      return executionOf(await askingAws(asked, () => client.send(command, stoppable)));
    },

    history(executionArn) {
      const asked = { action: 'lambda:GetDurableExecutionHistory', resource: executionArn };
      // Of a call that failed half-way, the next one returns what it had.
      const news: ExecutionEvent[] = [];
      let lastId = 0;
      // The page that was the last may have grown, and is asked for again.
      let marker: string | undefined;

      async function page(from: string | undefined) {
        const command = new GetDurableExecutionHistoryCommand({
          DurableExecutionArn: executionArn,
          IncludeExecutionData: false,
          MaxItems: PAGE_EVENTS,
          Marker: from,
        });
        const answer = await askingAws(asked, () => client.send(command, stoppable));
        return { events: (answer.Events ?? []).map(eventOf), next: answer.NextMarker };
      }

      return async () => {
        for (let pages = 0; pages < MOST_PAGES; pages += 1) {
          const { events, next } = await page(marker);
          news.push(...events.filter(({ id }) => id > lastId));
          lastId = Math.max(lastId, ...events.map(({ id }) => id));
          if (!next) break;
          marker = next;
        }
        return news.splice(0);
      };
    },
  };
}

function executionOf(answer: GetDurableExecutionResponse): Execution {
  const { Status, StartTimestamp, EndTimestamp, Result, Error: error } = answer;
  return {
    status: Status ?? '',
    startedAt: instantOf(StartTimestamp) ?? (0 as Instant),
    endedAt: instantOf(EndTimestamp),
    result: Result,
    error: error && { type: error.ErrorType ?? '', message: error.ErrorMessage ?? '' },
  };
}

function eventOf(event: Event): ExecutionEvent {
  const { EventId, EventType, EventTimestamp, Name, ParentId, WaitStartedDetails } = event;
  return {
    id: EventId ?? 0,
    type: EventType ?? '',
    at: instantOf(EventTimestamp) ?? (0 as Instant),
    name: Name ?? '',
    isPiece: ParentId !== undefined,
    waitUntil: instantOf(WaitStartedDetails?.ScheduledEndTimestamp),
  };
}

function instantOf(date: Date | undefined): Instant | undefined {
  return date && (date.getTime() as Instant);
}

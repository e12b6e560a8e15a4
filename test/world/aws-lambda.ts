import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A durable execution at one moment. */
export interface Shown {
  readonly status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'STOPPED';
  /** In the SDK's shape; its dates are written as the API writes them. */
  readonly events: readonly object[];
  readonly result?: string;
  readonly error?: { readonly ErrorType: string; readonly ErrorMessage: string };
}

/** Takes a payload; what it returns is asked each time that somebody looks. Undefined: not begun. */
export type DurableFunction = (payload: unknown) => () => Shown | undefined;

export interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly message: string;
}

/** One request as it came. */
export interface LambdaRequest {
  readonly operation: 'Invoke' | 'GetDurableExecution' | 'GetDurableExecutionHistory';
  readonly name: string;
  /** Of an invocation: what is called, as the path names it, and how. */
  readonly called?: string;
  readonly invocationType?: string | undefined;
  readonly payload?: unknown;
}

/**
 * Lambda's REST API, as far as a front door is called by it: paths, headers and bodies are those of
 * the API's model (botocore, lambda/2015-03-31/service-2.json).
 */
export interface FakeLambda {
  readonly requests: readonly LambdaRequest[];
  /** `functionArn` without alias; its alias is `live`, its version 1. */
  deploy(functionArn: string, work: DurableFunction): void;
  /** A function that is none of the durable ones. */
  deployPlain(functionArn: string): void;
  /** Refuses the next requests of an operation, so many, but for the first of them. */
  refuse(
    operation: LambdaRequest['operation'],
    refusal: Refusal,
    wish?: { readonly times?: number; readonly butFirst?: number },
  ): void;
  answer(request: IncomingMessage, body: string, response: ServerResponse): void;
}

interface Execution {
  readonly arn: string;
  readonly functionArn: string;
  readonly name: string;
  readonly payload: string;
  readonly look: () => Shown | undefined;
}

const FUNCTIONS = '/2015-03-31/functions/';
const EXECUTIONS = '/2025-12-01/durable-executions/';

/** Small, so that a short history has several pages. */
const PAGE_EVENTS = 10;

const STARTED = '2026-12-01T06:00:00Z';
const ENDED = '2026-12-01T06:02:00Z';

export function fakeLambda(): FakeLambda {
  const requests: LambdaRequest[] = [];
  const functions = new Map<string, DurableFunction | 'plain'>();
  const executions: Execution[] = [];
  const refusals: {
    operation: LambdaRequest['operation'];
    refusal: Refusal;
    times: number;
    butFirst: number;
  }[] = [];

  function refusalOf(operation: LambdaRequest['operation']): Refusal | undefined {
    const next = refusals.find((one) => one.operation === operation && one.times > 0);
    if (next === undefined) return undefined;
    if (next.butFirst > 0) {
      next.butFirst -= 1;
      return undefined;
    }
    next.times -= 1;
    return next.refusal;
  }

  function invoked(
    called: string,
    request: IncomingMessage,
    payload: string,
  ): Refusal | Execution | 'taken' {
    const name = String(request.headers['x-amz-durable-execution-name']);
    const invocationType = request.headers['x-amz-invocation-type'] as string | undefined;
    const asked = { operation: 'Invoke', called, invocationType } as const;
    requests.push({ ...asked, name, payload: JSON.parse(payload) });
    const refusal = refusalOf('Invoke');
    if (refusal) return refusal;
    const [, functionArn = called, alias] = /^(.*?)(?::(live|1))?$/.exec(called)!;
    const known = [...functions.keys()].find(
      (arn) => arn === functionArn || arn.endsWith(`:${functionArn}`),
    );
    const work = functions.get(known ?? '');
    if (!work || regionOf(request) !== known!.split(':')[3]) {
      return unknown(`Function not found: ${called}`);
    }
    if (work === 'plain') return 'taken';
    if (alias === undefined || invocationType !== 'Event') {
      return invalid('You cannot invoke a durable function using an unqualified ARN.');
    }
    if (!/^[a-zA-Z0-9-_]{1,64}$/.test(name)) return invalid(`Invalid execution name: ${name}`);
    const before = executions.find((one) => one.name === name);
    if (before && before.payload !== payload) {
      const type = 'DurableExecutionAlreadyStartedException';
      return { status: 409, type, message: `Already started: ${name}` };
    }
    if (before) return before;
    const arn = `${known}:1/durable-execution/${name}/${randomUUID()}`;
    const look = work(JSON.parse(payload));
    executions.push({ arn, functionArn: known!, name, payload, look });
    return executions.at(-1)!;
  }

  return {
    requests,
    deploy: (functionArn, work) => void functions.set(functionArn, work),
    deployPlain: (functionArn) => void functions.set(functionArn, 'plain'),
    refuse: (operation, refusal, { times = 1, butFirst = 0 } = {}) =>
      void refusals.push({ operation, refusal, times, butFirst }),

    answer(request, body, response) {
      const url = new URL(request.url!, 'http://lambda');
      const path = decodeURIComponent(url.pathname);
      if (path.startsWith(FUNCTIONS)) {
        const called = path.slice(FUNCTIONS.length).replace(/\/invocations$/, '');
        const outcome = invoked(called, request, body);
        if (typeof outcome === 'object' && 'type' in outcome) return refuse(response, outcome);
        const durable = outcome !== 'taken' && { 'x-amz-durable-execution-arn': outcome.arn };
        response.writeHead(202, { 'x-amz-executed-version': '1', ...durable }).end();
        return;
      }
      const isHistory = path.endsWith('/history');
      const operation = isHistory ? 'GetDurableExecutionHistory' : 'GetDurableExecution';
      const arn = path.slice(EXECUTIONS.length).replace(/\/history$/, '');
      const execution = executions.find((one) => one.arn === arn);
      requests.push({ operation, name: execution?.name ?? arn });
      const refusal = refusalOf(operation);
      if (refusal) return refuse(response, refusal);
      const shown = execution?.look();
      if (!execution || !shown) return refuse(response, unknown('Durable execution not found'));
      response.writeHead(200, { 'content-type': 'application/json' });
      const page = isHistory ? historyPage(shown, url.searchParams) : summary(execution, shown);
      response.end(JSON.stringify(page));
    },
  };
}

function summary({ arn, functionArn, name, payload }: Execution, shown: Shown): object {
  const { status, result, error } = shown;
  return {
    DurableExecutionArn: arn,
    DurableExecutionName: name,
    FunctionArn: functionArn,
    Version: '1',
    StartTimestamp: Date.parse(STARTED) / 1000,
    Status: status,
    InputPayload: payload,
    ...(status !== 'RUNNING' && { EndTimestamp: Date.parse(ENDED) / 1000 }),
    ...(result !== undefined && { Result: result }),
    ...(error && { Error: error }),
  };
}

function historyPage({ events }: Shown, asked: URLSearchParams): object {
  const from = Number(asked.get('Marker') ?? 0);
  const most = Math.min(PAGE_EVENTS, Number(asked.get('MaxItems') ?? PAGE_EVENTS));
  const isBare = asked.get('IncludeExecutionData') === 'false';
  const page = events.slice(from, from + most).map((event) => written(event, isBare));
  const next = from + most;
  return { Events: page, ...(next < events.length && { NextMarker: String(next) }) };
}

/** Dates are seconds since the epoch; payloads are left out where nobody asked for them. */
function written(value: unknown, isBare: boolean): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map((one) => written(one, isBare));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([key]) => !(isBare && key === 'Payload'));
  return Object.fromEntries(members.map(([key, inner]) => [key, written(inner, isBare)]));
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function regionOf({ headers }: IncomingMessage): string | undefined {
  return /Credential=[^/]+\/\d{8}\/([^/]+)\/lambda\//.exec(headers.authorization ?? '')?.[1];
}

function unknown(message: string): Refusal {
  return { status: 404, type: 'ResourceNotFoundException', message };
}

function invalid(message: string): Refusal {
  return { status: 400, type: 'InvalidParameterValueException', message };
}

function refuse(response: ServerResponse, { status, type, message }: Refusal): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
  response.end(JSON.stringify({ Type: 'User', Message: message }));
}

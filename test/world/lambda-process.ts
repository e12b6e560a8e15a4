import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Bundle } from '../cdk/bundles.ts';

const BOOTSTRAP = join(import.meta.dirname, 'lambda-bootstrap.mjs');

/** One invocation of a function, in a process that never ran it before. */
export interface Invocation {
  readonly pid: number;
  /** What the handler returned, as JSON carries it; rejects as the handler did. */
  readonly answer: Promise<Answer>;
  /** Ends the process; resolves to what it logged. */
  end(): Promise<string>;
}

export interface Answer {
  readonly value: unknown;
  /** What the process had used by then. */
  readonly usage: NodeJS.ResourceUsage;
}

type Letter = Answer | { readonly error: Pick<Error, 'name' | 'message' | 'stack'> };

/**
 * Starts a process that has the bundle, Node, and the environment that Lambda gives: what the stack
 * says, with `added` for what only a deployment knows, and for where AWS is here.
 */
export function invokeAlone(
  bundle: Bundle,
  added: Readonly<Record<string, string>>,
  event: unknown,
): Invocation {
  const { folder, variables, memoryMb, timeoutS } = bundle;
  const child = spawn(process.execPath, [BOOTSTRAP], {
    cwd: folder,
    env: { ...lambdaEnvironment(folder, memoryMb), ...variables, ...added },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = Promise.all([text(child.stdout!), text(child.stderr!)]).then((texts) =>
    texts.join(''),
  );
  const exit = once(child, 'exit');
  child.send({ event, timeoutMs: timeoutS * 1000 });
  return {
    pid: child.pid!,
    answer: Promise.race([once(child, 'message'), exit]).then(async ([said]) => {
      if (typeof said !== 'object' || said === null) {
        throw new Error(`The function ended with ${said}: ${await log}`);
      }
      const letter = said as Letter;
      if ('error' in letter) throw Object.assign(new Error(), letter.error);
      return letter;
    }),
    async end() {
      child.kill();
      await exit;
      return log;
    },
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
function lambdaEnvironment(folder: string, memoryMb: number): Record<string, string> {
  return {
    _HANDLER: 'index.handler',
    LAMBDA_TASK_ROOT: folder,
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: 'Tieout',
    AWS_LAMBDA_FUNCTION_VERSION: '1',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: `${memoryMb}`,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_SESSION_TOKEN: 'token',
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
  };
}

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { ENVIRONMENT } from '../../../lib/contract.ts';
import type { Bundle, FunctionName } from '../../cdk/bundles.ts';
import { invokeAlone } from '../../world/lambda-process.ts';
import type { Ground } from './ground.ts';

/** What a function does first, and the variable that says where it asks for that. */
interface FirstDeed {
  readonly deed: string;
  readonly variable: string;
  event(ground: Ground): unknown;
}

export const FIRST_DEEDS: Readonly<Record<FunctionName, FirstDeed>> = {
  Starter: {
    deed: 'it calls the front door',
    variable: 'AWS_ENDPOINT_URL_LAMBDA',
    event: () => ({ scheduledTime: '2025-03-13T05:00:00Z' }),
  },
  Extract: {
    deed: 'its first question to the API',
    variable: ENVIRONMENT.baseUrl,
    event: ({ task }) => task,
  },
  Judge: {
    deed: 'it asks for the key',
    variable: 'AWS_ENDPOINT_URL_SECRETS_MANAGER',
    event: ({ task: { organizationId, runId } }) => ({ organizationId, runId }),
  },
  Nightly: {
    deed: 'its first checkpoint',
    variable: 'AWS_ENDPOINT_URL_LAMBDA',
    event: () => ({
      DurableExecutionArn: 'arn:execution',
      CheckpointToken: 'token',
      InitialExecutionState: { Operations: [FIRST_OPERATION] },
    }),
  },
};

const FIRST_OPERATION = {
  Id: '0',
  Type: 'EXECUTION',
  Status: 'STARTED',
  StartTimestamp: '2025-03-13T00:00:00Z',
  ExecutionDetails: { InputPayload: '{}' },
};

/** Milliseconds from starting a process to the first deed of the function in it. */
export async function coldStartMs(
  name: FunctionName,
  bundle: Bundle,
  ground: Ground,
): Promise<number> {
  const { variable, event } = FIRST_DEEDS[name];
  // It is told nothing: whoever asks here is ended while it waits.
  const server = createServer(() => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const asked = once(server, 'request').then(() => performance.now());
  const startedMs = performance.now();
  // Who is ended at work leaves a folder behind: it goes with the bundles.
  const TMPDIR = dirname(bundle.folder);
  const environment = { ...ground.environment, ...NOWHERE, TMPDIR, [variable]: url };
  const { answer, end } = invokeAlone(bundle, environment, event(ground));
  try {
    const early = answer.then(({ value }) => {
      throw new Error(`${name} ended before ${FIRST_DEEDS[name].deed}: ${JSON.stringify(value)}`);
    });
    return (await Promise.race([asked, early])) - startedMs;
  } finally {
    await end();
    server.closeAllConnections();
    server.close();
  }
}

/** Names of functions that are needed before the first deed, and never answer. */
const NOWHERE = {
  [ENVIRONMENT.nightlyFunction]: 'nightly:live',
  [ENVIRONMENT.extractFunction]: 'extract',
  [ENVIRONMENT.judgeFunction]: 'judge',
};

import { Fault } from '../model/fault.ts';
import { problemText, readProblem } from './problem.ts';
import type { Answer } from './transport.ts';

/** What was asked and of whom, for the sentences of faults. */
export interface Asked {
  readonly origin: string;
  /** `/organizations/org_…` and what stands before it. */
  readonly root: string;
  /** Below the root, encoded. */
  readonly path: string;
  /** The API's operationId: permissions are granted by it. */
  readonly operation: string;
  /** Never shown, even where an answer repeats it. */
  readonly apiKey: string;
}

/** The fault of an answer that asking again cannot mend. */
export function refusal(asked: Asked, answer: Answer): Fault {
  const { origin, root, path, operation } = asked;
  const reason = reasonOf(asked, answer);
  switch (answer.status) {
    case 401:
      return new Fault(
        'KEY_REFUSED',
        `The API refused the key (${reason}).`,
        'Put a valid secret key into REBILLY_API_KEY; is it one of this environment?',
      );
    case 403:
      return new Fault(
        'PERMISSION_MISSING',
        `The key may not call ${operation} (${reason}).`,
        `Grant ${operation} to the key, and check its organizations and allowed addresses.`,
      );
    case 404:
    case 410:
      return new Fault(
        'ORGANIZATION_UNKNOWN',
        `${origin} does not know ${root} (${reason}).`,
        'Check the organization id, and whether it belongs to sandbox or live.',
      );
    default:
      return answer.status >= 300 && answer.status < 400
        ? redirect(asked, answer)
        : new Fault(
            'REQUEST_REFUSED',
            `${operation} was refused with ${answer.status} (${reason}): ` +
              hideKey(decodeURIComponent(path), asked.apiKey),
            'If the question holds a filter of yours, mend it; otherwise tell us, with this line.',
          );
  }
}

function redirect(asked: Asked, { status, headers }: Answer): Fault {
  const target = hideKey(headers['location'] ?? '', asked.apiKey);
  return new Fault(
    'REDIRECT_REFUSED',
    `${asked.origin} answered ${status}, pointing to '${target}'.`,
    'The key is never sent elsewhere: put the final address into baseUrl.',
  );
}

/** The fault of an answer with a 5xx, once asking again did not mend it. */
export function failure(asked: Asked, answer: Answer): Fault {
  return new Fault(
    'API_FAILING',
    `${asked.operation} was answered ${answer.status} (${reasonOf(asked, answer)}).`,
    'Rebilly or something before it is in trouble: run again later with --resume.',
  );
}

/** No answer can come from there: the name, the port or the network is not what it should be. */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The fault of a request that no whole answer came to. */
export function silence({ origin, apiKey }: Asked, error: unknown): Fault {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  const reason = hideKey([code, message].filter((part) => part !== '').join(', '), apiKey);
  return new Fault(
    UNREACHABLE.has(code) ? 'HOST_UNREACHABLE' : 'API_FAILING',
    `${origin} gave no whole answer (${reason}).`,
    'Check the base URL, the network and Rebilly’s status, then run again with --resume.',
    { cause: error },
  );
}

function reasonOf({ apiKey }: Asked, { body }: Answer): string {
  return hideKey(problemText(readProblem(body)), apiKey);
}

function hideKey(text: string, apiKey: string): string {
  return text.replaceAll(apiKey, '[key]');
}

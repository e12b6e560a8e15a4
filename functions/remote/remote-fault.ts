import { Fault, type FaultCode } from '../../lib/model/fault.ts';
import { nameOf } from '../../lib/store/s3-fault.ts';

/** What is asked of AWS. */
export interface Asked {
  /** The permission that it takes. */
  readonly action: string;
  /** ARN or name of what is asked. */
  readonly resource: string;
}

/** What the SDK throws, as far as it can be told apart. */
interface AwsError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $fault?: unknown;
}

/** What AWS or the SDK may say, by its name, and what a person is told of it. */
interface Refusal {
  readonly names: readonly string[];
  readonly statuses?: readonly number[];
  readonly code: FaultCode;
  readonly what: (asked: Asked, message: string) => string;
  readonly remedy: string;
}

/**
 * The first that fits counts: a name says more than a status. Names are those of
 * https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html, of Invoke, and of the SDK.
 */
const REFUSALS: readonly Refusal[] = [
  {
    names: ['RegionMissing'],
    code: 'REGION_MISSING',
    what: ({ resource }) => `Nothing says in which region ${resource} is.`,
    remedy: 'Give its whole ARN, or set AWS_REGION or a region in the AWS profile.',
  },
  {
    names: ['CredentialsProviderError', 'TokenProviderError', 'ProviderError'],
    code: 'CREDENTIALS_MISSING',
    what: ({ resource }, message) =>
      `There are no AWS credentials to ask ${resource} with (${message}).`,
    remedy:
      'Set AWS_PROFILE (after `aws sso login`), or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
  },
  {
    names: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'RequestExpired'],
    code: 'CREDENTIALS_REFUSED',
    what: ({ resource }) => `The AWS credentials to ask ${resource} with have expired.`,
    remedy: 'Renew them (`aws sso login`, or a fresh session token), then ask again.',
  },
  {
    names: [
      'UnrecognizedClientException',
      'InvalidClientTokenId',
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
      'IncompleteSignatureException',
      'MissingAuthenticationTokenException',
    ],
    code: 'CREDENTIALS_REFUSED',
    what: ({ resource }, message) =>
      `AWS refuses the credentials that ask ${resource} (${message}).`,
    remedy: "Look at the key id, its secret, its session token, and this machine's clock.",
  },
  {
    names: ['AccessDeniedException', 'AccessDenied'],
    statuses: [401, 403],
    code: 'ACCESS_DENIED',
    what: ({ action, resource }) => `AWS denies ${action} on ${resource} to these credentials.`,
    remedy: "Attach the stack's policy InvokingPolicyArn to whoever asks, or look at AWS_PROFILE.",
  },
  {
    names: ['ResourceNotFoundException'],
    statuses: [404],
    code: 'FUNCTION_UNKNOWN',
    what: ({ resource }) => `AWS knows no ${resource} in this account and region.`,
    remedy: "Look at the name, which is the stack's output NightlyFunction, and at AWS_PROFILE.",
  },
  {
    names: ['DurableExecutionAlreadyStartedException'],
    statuses: [409],
    code: 'EXECUTION_NAME_TAKEN',
    what: ({ resource }) => `An execution of ${resource} has that name, for another request.`,
    remedy: 'Give another --request-id, or none.',
  },
  {
    names: ['TooManyRequestsException', 'ThrottlingException', 'RequestTimeout'],
    statuses: [408, 429],
    code: 'AWS_FAILING',
    what: ({ resource }) => `AWS kept asking for fewer requests to ${resource}.`,
    remedy: 'Ask again later.',
  },
  {
    names: ['TimeoutError', 'NetworkingError'],
    code: 'AWS_FAILING',
    what: ({ resource }, message) => `AWS cannot be reached to ask ${resource} (${message}).`,
    remedy: 'Look at the network, the region and AWS_ENDPOINT_URL_LAMBDA, then ask again.',
  },
];

/** Runs what asks AWS; what comes back instead becomes a fault that names what was asked. */
export async function askingAws<Answer>(asked: Asked, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    throw remoteFault(asked, error);
  }
}

/** What is no answer of AWS and no failure to reach it is given back: it is a defect of ours. */
function remoteFault(asked: Asked, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const given = error as AwsError;
  const name = nameOf(given);
  const status = given.$metadata?.httpStatusCode ?? 0;
  const refusal =
    REFUSALS.find(({ names }) => names.includes(name)) ??
    REFUSALS.find(({ statuses }) => statuses?.includes(status));
  const message = given.message.trim().replace(/\.$/, '');
  if (refusal) {
    const { code, what, remedy } = refusal;
    return new Fault(code, what(asked, message), remedy, { cause: error });
  }
  if (status === 0 && given.$fault === undefined) return error;
  const said = `${name}, HTTP ${status}: ${message}`;
  if (status >= 400 && status < 500) {
    const remedy = "Give --function the stack's output NightlyFunction.";
    const what = `AWS refuses to ask ${asked.resource} (${said}).`;
    return new Fault('FUNCTION_INVALID', what, remedy, { cause: error });
  }
  const what = `AWS kept failing to ask ${asked.resource} (${said}).`;
  return new Fault('AWS_FAILING', what, 'Ask again later.', { cause: error });
}

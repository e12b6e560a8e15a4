import { Fault, type FaultCode } from '../model/fault.ts';
import { locationOf, type S3Object } from './s3-object.ts';

/** What is done to a bucket, and what it takes to be allowed to. */
type Deed = 'write' | 'read' | 'list' | 'remove';

const PERMISSIONS: Readonly<Record<Deed, string>> = {
  write: 's3:PutObject and s3:AbortMultipartUpload',
  // Without the right to list, S3 says of what is not there that it is denied.
  read: 's3:GetObject and s3:ListBucket',
  list: 's3:ListBucket',
  remove: 's3:DeleteObject',
};

/** What the SDK throws, as far as it can be told apart. */
interface S3Error extends Error {
  readonly code?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
  readonly $fault?: unknown;
  readonly BucketRegion?: unknown;
  readonly Region?: unknown;
}

/** What S3 or the SDK may say, by its name, and what a person is told of it. */
interface Refusal {
  readonly names: readonly string[];
  readonly statuses?: readonly number[];
  /** Where it is not that the place cannot be written or read. */
  readonly code?: FaultCode;
  readonly what: (bucket: string, error: S3Error) => string;
  readonly remedy: (bucket: string, deed: Deed) => string;
}

const RENEW = 'Renew the credentials (`aws sso login`, or a fresh session token), then run again.';

/**
 * The first that fits counts: a name says more than a status. Codes are those of
 * https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and of the SDK's providers.
 */
const REFUSALS: readonly Refusal[] = [
  {
    names: ['NoSuchBucket'],
    code: 'DESTINATION_INVALID',
    what: (bucket) => `there is no bucket '${bucket}'`,
    remedy: () => 'Make it, or look at the name, the region and the account.',
  },
  {
    names: ['InvalidBucketName'],
    code: 'DESTINATION_INVALID',
    what: (bucket) => `'${bucket}' is no name of a bucket there`,
    remedy: () => 'Look at the name.',
  },
  {
    names: [
      'PermanentRedirect',
      'AuthorizationHeaderMalformed',
      'IllegalLocationConstraintException',
    ],
    statuses: [301, 307],
    code: 'DESTINATION_INVALID',
    what: (bucket, error) => `bucket '${bucket}' is in another region${regionOf(error)}`,
    remedy: () => 'Set AWS_REGION to the region of the bucket.',
  },
  {
    names: ['RegionMissing'],
    code: 'DESTINATION_INVALID',
    what: (bucket) => `no region says where bucket '${bucket}' is`,
    remedy: () => 'Set AWS_REGION, or a region in the AWS profile.',
  },
  {
    names: ['CredentialsProviderError', 'TokenProviderError', 'ProviderError'],
    what: (bucket, { message }) =>
      `there are no AWS credentials for bucket '${bucket}' (${firstSentence(message)})`,
    remedy: () =>
      'Set AWS_PROFILE (after `aws sso login`), or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or ' +
      'run where a role gives them.',
  },
  {
    names: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'],
    what: (bucket) => `the AWS credentials for bucket '${bucket}' have expired`,
    remedy: () => RENEW,
  },
  {
    names: ['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken', 'InvalidClientTokenId'],
    what: (bucket) => `the AWS credentials are refused for bucket '${bucket}'`,
    remedy: () => 'Look at the key id, its secret, its session token, and AWS_ENDPOINT_URL_S3.',
  },
  {
    names: ['RequestTimeTooSkewed', 'RequestExpired'],
    what: (bucket) => `this machine's clock is too far from that of bucket '${bucket}'`,
    remedy: () => 'Set the clock of this machine.',
  },
  {
    names: ['QuotaExceeded', 'XMinioStorageFull', 'EntityTooLarge'],
    statuses: [507],
    code: 'DESTINATION_FULL',
    what: (bucket) => `bucket '${bucket}' takes no more`,
    remedy: () => 'Raise its quota, or choose another --dest.',
  },
  {
    names: ['AccessDenied', 'AccountProblem', 'AllAccessDisabled', 'InvalidObjectState'],
    statuses: [401, 403],
    what: (bucket) => `bucket '${bucket}' denies it to these credentials`,
    remedy: (bucket, deed) =>
      `Allow them ${PERMISSIONS[deed]} on '${bucket}', and its KMS key where it has one.`,
  },
  {
    names: ['NotImplemented'],
    statuses: [501],
    code: 'DESTINATION_INVALID',
    what: (bucket) => `the server of bucket '${bucket}' lacks what Tieout needs`,
    remedy: () => 'It needs conditional writes and multipart uploads, as AWS has them.',
  },
  {
    names: ['SlowDown', 'ThrottlingException', 'RequestLimitExceeded', 'TooManyRequests'],
    statuses: [429],
    what: (bucket) => `bucket '${bucket}' kept asking for fewer requests`,
    remedy: () => 'Run again later.',
  },
  {
    names: ['TimeoutError', 'RequestTimeout', 'NetworkingError'],
    what: (bucket) => `bucket '${bucket}' cannot be reached`,
    remedy: () => 'Look at the network, the region and AWS_ENDPOINT_URL_S3, then run again.',
  },
  {
    names: ['BadDigest', 'XAmzContentSHA256Mismatch', 'XAmzContentChecksumMismatch'],
    what: (bucket) => `bytes of bucket '${bucket}' were changed on their way`,
    remedy: () => 'Run again; if it happens again, look at what is between this machine and it.',
  },
];

/** Errors of sockets and of the DNS, whose codes are as many as systems. */
const NETWORK = /^(E[A-Z_]+|UND_ERR_[A-Z_]+|CERT_[A-Z_]+|[A-Z_]*(SIGNED|CERT|ISSUER)[A-Z_]*)$/;

/** Runs what asks the bucket; what comes back instead becomes a fault that names it. */
export async function asking<T>(object: S3Object, deed: Deed, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw s3Fault(object, deed, error);
  }
}

/** What is no answer of S3 and no failure to reach it is given back: it is a defect of ours. */
export function s3Fault(object: S3Object, deed: Deed, error: unknown): unknown {
  if (error instanceof Fault || !(error instanceof Error)) return error;
  const given = error as S3Error;
  const bucket = object.Bucket;
  const name = nameOf(given);
  const status = given.$metadata?.httpStatusCode ?? 0;
  const refusal =
    REFUSALS.find(({ names }) => names.includes(name)) ??
    REFUSALS.find(({ statuses }) => statuses?.includes(status));
  if (!refusal && status === 0 && given.$fault === undefined) return error;
  const what = refusal?.what(bucket, given) ?? failure(bucket, given);
  const detail = status === 0 ? name : `${name}, HTTP ${status}`;
  const doing = deed === 'write' || deed === 'remove' ? 'written' : 'read';
  return new Fault(
    refusal?.code ?? (doing === 'written' ? 'DESTINATION_UNWRITABLE' : 'DESTINATION_UNREADABLE'),
    `'${locationOf(object)}' cannot be ${deed === 'remove' ? 'removed' : doing}: ${what} (${detail}).`,
    refusal?.remedy(bucket, deed) ?? 'Run again later.',
    { cause: error },
  );
}

/** Times that the SDK sent the request. */
export function attemptsOf(error: unknown): number {
  return (error as S3Error).$metadata?.attempts ?? 1;
}

/** The word that S3, the SDK or the network has for it. */
export function nameOf(error: unknown): string {
  const { name, message, code } = error as S3Error;
  if (message === 'Region is missing') return 'RegionMissing';
  if (message.startsWith('Checksum mismatch')) return 'BadDigest';
  if (typeof code === 'string' && NETWORK.test(code)) return 'NetworkingError';
  return name;
}

function failure(bucket: string, error: S3Error): string {
  const attempts = attemptsOf(error);
  return `bucket '${bucket}' kept failing, ${attempts} ${attempts === 1 ? 'time' : 'times'}`;
}

function regionOf({ BucketRegion, Region }: S3Error): string {
  const region = BucketRegion ?? Region;
  return typeof region === 'string' ? `, ${region}` : '';
}

function firstSentence(text: string): string {
  return text.split(/[\n.]/, 1)[0]!.trim();
}

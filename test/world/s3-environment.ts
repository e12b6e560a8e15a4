/** The variables by which the AWS SDK finds a bucket, and says who asks. */
export interface S3Environment {
  readonly AWS_ENDPOINT_URL_S3: string;
  readonly AWS_REGION: string;
  readonly AWS_ACCESS_KEY_ID: string;
  readonly AWS_SECRET_ACCESS_KEY: string;
}

/** A server on this machine: with an IP address in its URL, the bucket is in the path. */
export function s3Environment(port: number, accessKey: string, secret: string): S3Environment {
  return {
    AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: accessKey,
    AWS_SECRET_ACCESS_KEY: secret,
  };
}

/** Nothing of this machine's own credentials is to be found, and nobody is asked for others. */
export const NO_OTHER_CREDENTIALS = {
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
};

/** An S3 server for the time of some tests. */
export interface S3World {
  readonly environment: S3Environment;
  close(): Promise<void>;
}

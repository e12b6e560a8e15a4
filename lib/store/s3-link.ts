import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Instant } from '../model/instant.ts';
import { contentDisposition } from './content-disposition.ts';
import { s3Address } from './s3-address.ts';
import { asking } from './s3-fault.ts';

export interface S3LinkOptions {
  /** By this name a browser saves the bytes. */
  readonly fileName: string;
  readonly contentType: string;
  readonly from: Instant;
  /** S3 takes a week at most. */
  readonly lifeSeconds: number;
}

export interface S3Link {
  readonly url: string;
  /** The end of its life, or that of the credentials that signed it, where they say it. */
  readonly until: Instant;
}

/**
 * Lets whoever has the link download the object at `location` (`s3://bucket/key`), as far as the
 * credentials of this environment may. It is made here, by their signature: the bucket is not
 * asked, neither for leave nor whether the object is there.
 */
export async function s3Link(location: string, options: S3LinkOptions): Promise<S3Link> {
  const { fileName, contentType, from, lifeSeconds } = options;
  const { bucket: Bucket, prefix: Key } = s3Address(location);
  const object = { Bucket, Key };
  const client = new S3Client();
  const command = new GetObjectCommand({
    ...object,
    ResponseContentDisposition: contentDisposition(fileName),
    ResponseContentType: contentType,
  });
  return asking(object, 'read', async () => {
    const { expiration } = await client.config.credentials();
    const signing = { signingDate: new Date(from), expiresIn: lifeSeconds };
    const url = await getSignedUrl(client, command, signing);
    const end = from + lifeSeconds * 1000;
    return { url, until: Math.min(end, expiration?.getTime() ?? end) as Instant };
  });
}

import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { asking, nameOf, s3Fault } from './s3-fault.ts';
import { locationOf, type S3Object } from './s3-object.ts';
import { missingFault } from './store-fault.ts';

/** Times that a broken answer is gone on with; the SDK repeats only requests without an answer. */
const BREAKS_MAX = 5;

/** A text, and S3's name for the version of the object that it is. */
export interface VersionedText {
  readonly text: string;
  readonly version: string;
}

/** Undefined where there is no such object. */
export async function s3Text(
  client: S3Client,
  object: S3Object,
): Promise<VersionedText | undefined> {
  return asking(object, 'read', async () => {
    try {
      const { Body, ETag } = await client.send(new GetObjectCommand(object));
      return { text: await Body!.transformToString(), version: ETag! };
    } catch (error) {
      if (nameOf(error) === 'NoSuchKey') return undefined;
      throw error;
    }
  });
}

/** The bytes of an object, all of one version; where the connection breaks, it goes on from there. */
export async function* s3Bytes(client: S3Client, object: S3Object): AsyncGenerator<Uint8Array> {
  let byteCount = 0;
  let version: string | undefined;
  for (let breaks = 0; ; breaks += 1) {
    const rest = byteCount > 0 && { Range: `bytes=${byteCount}-`, IfMatch: version };
    try {
      const { Body, ETag } = await client.send(new GetObjectCommand({ ...object, ...rest }));
      version = ETag;
      for await (const chunk of Body as AsyncIterable<Uint8Array>) {
        byteCount += chunk.length;
        yield chunk;
      }
      return;
    } catch (error) {
      const isBroken = byteCount > 0 && nameOf(error) === 'NetworkingError';
      if (isBroken && breaks < BREAKS_MAX) continue;
      if (nameOf(error) === 'NoSuchKey') throw missingFault(locationOf(object));
      throw s3Fault(object, 'read', error);
    }
  }
}

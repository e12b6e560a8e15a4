import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { nameOf } from './s3-fault.ts';

/** As for drafts in a directory: parts older than a day are not taken up again. */
const UPLOAD_LIFE_MS = 24 * 60 * 60 * 1000;

/** Who may not list or end uploads need not: a rule of the bucket can do the same. */
const NOT_FOR_US = new Set(['AccessDenied', 'NotImplemented', 'MethodNotAllowed']);

export interface SweepQuestion {
  readonly bucket: string;
  /** Every key of the store begins with it. */
  readonly prefix: string;
  /** An upload that began just now: S3's own clock says when that was. */
  readonly fresh: { readonly key: string; readonly id: string };
}

/** Ends uploads that were left by killed runs: nobody sees their parts, but they are paid for. */
export async function sweepUploads(client: S3Client, question: SweepQuestion): Promise<void> {
  try {
    await sweep(client, question);
  } catch (error) {
    if (!NOT_FOR_US.has(nameOf(error))) throw error;
  }
}

async function sweep(client: S3Client, { bucket, prefix, fresh }: SweepQuestion): Promise<void> {
  const [own] = (await uploadsBelow(client, bucket, fresh.key)).filter(
    ({ UploadId }) => UploadId === fresh.id,
  );
  if (own?.Initiated === undefined) return;
  // The first thousand of them: the next run takes the others.
  for (const { Key, UploadId, Initiated } of await uploadsBelow(client, bucket, prefix)) {
    if (Initiated === undefined || +Initiated >= +own.Initiated - UPLOAD_LIFE_MS) continue;
    await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
  }
}

async function uploadsBelow(client: S3Client, Bucket: string, Prefix: string) {
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix }));
  return Uploads;
}

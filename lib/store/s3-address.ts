import { Fault } from '../model/fault.ts';
import { isKey } from './key.ts';

/** A bucket, and the folder in it below which a store keeps its objects: '' for all of it. */
export interface S3Address {
  readonly bucket: string;
  readonly prefix: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Reads `s3://bucket/prefix`; a slash at the end says nothing. Fault: `DESTINATION_INVALID`. */
export function s3Address(text: string): S3Address {
  const [, bucket = '', prefix = ''] = /^s3:\/\/([^/]*)(?:\/(.*?)\/?)?$/s.exec(text) ?? [];
  if (!BUCKET.test(bucket)) throw invalid(text, 'no name that a bucket can have');
  if (prefix !== '' && !isKey(prefix)) throw invalid(text, 'a folder that no key can have');
  return { bucket, prefix };
}

function invalid(text: string, clause: string): Fault {
  return new Fault(
    'DESTINATION_INVALID',
    `${JSON.stringify(text)} has ${clause}.`,
    'Write it s3://bucket or s3://bucket/folder.',
  );
}

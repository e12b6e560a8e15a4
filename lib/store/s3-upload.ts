import { crc32 } from 'node:zlib';
import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { GatheredPart } from './part-buffer.ts';
import type { S3Object } from './s3-object.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const MAX_PARTS = 10_000;

/**
 * The least that S3 takes for a part that is not the last: drafts hold up to two of them. 10,000 make
 * 52 GB; the largest file, a million rows with every column, has less than 2 GB.
 */
export const PART_BYTES = 5 * 1024 * 1024;

/** An object on its way in parts. Nobody sees it before it is completed. */
export interface S3Upload {
  readonly id: string;
  /** Sends a part while the caller goes on; that it failed is told by what is called next. */
  send(part: GatheredPart): Promise<void>;
  complete(): Promise<void>;
  /** Never fails: it is what is done about a failure. */
  abort(): Promise<void>;
}

/**
 * One part is on its way at a time. S3 holds each against its CRC-32, and the whole, once completed,
 * against the CRC-32 and the length of all that was sent.
 */
export async function startUpload(client: S3Client, object: S3Object): Promise<S3Upload> {
  const kind = { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' } as const;
  const { UploadId: id } = await client.send(
    new CreateMultipartUploadCommand({ ...object, ...kind }),
  );
  const upload = { ...object, UploadId: id };
  const parts: CompletedPart[] = [];
  let byteCount = 0;
  let checksum = 0;
  let underWay: Promise<void> | undefined;

  async function sendPart(PartNumber: number, { bytes, release }: GatheredPart): Promise<void> {
    const { ChecksumAlgorithm } = kind;
    const request = { ...upload, PartNumber, Body: bytes, ChecksumAlgorithm };
    const { ETag, ChecksumCRC32 } = await client.send(new UploadPartCommand(request));
    // Of a request that failed nobody knows whether its bytes are still on their way.
    release();
    parts.push({ PartNumber, ETag, ChecksumCRC32 });
  }

  return {
    id: id!,

    async send(part) {
      await underWay;
      const number = parts.length + 1;
      if (number > MAX_PARTS) throw new Error(`An object has more than ${MAX_PARTS} parts.`);
      byteCount += part.bytes.length;
      checksum = crc32(part.bytes, checksum);
      underWay = sendPart(number, part);
      // Nobody may come back for it before it fails; whoever does is told.
      underWay.catch(() => {});
    },

    async complete() {
      await underWay;
      await client.send(
        new CompleteMultipartUploadCommand({
          ...upload,
          ChecksumType: kind.ChecksumType,
          ChecksumCRC32: checksumText(checksum),
          MpuObjectSize: byteCount,
          MultipartUpload: { Parts: parts },
        }),
      );
    },

    async abort() {
      // A part that arrives after the abort would lie there, unseen and paid for.
      await underWay?.catch(() => {});
      // Why the upload is given up matters more; what cannot be ended now is swept in a day.
      await client.send(new AbortMultipartUploadCommand(upload)).catch(() => {});
    },
  };
}

/** As S3 writes it: four bytes, the highest first, in base 64. */
function checksumText(checksum: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(checksum);
  return bytes.toString('base64');
}

import { join } from 'node:path';
import { DeleteObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { assertKey, assertPrefix, isKey } from './key.ts';
import { writePacked } from './packed-file.ts';
import { createPartRooms } from './part-buffer.ts';
import { s3Address } from './s3-address.ts';
import { openS3Draft } from './s3-draft.ts';
import { asking, s3Fault } from './s3-fault.ts';
import { locationOf, type S3Object } from './s3-object.ts';
import { s3Create, s3Put, s3Update } from './s3-put.ts';
import { s3Bytes, s3Text } from './s3-read.ts';
import { sweepUploads } from './s3-sweep.ts';
import { PART_BYTES, type S3Upload, startUpload } from './s3-upload.ts';
import type { Store, StoredObject } from './store.ts';
import { writeWhole } from './whole-file.ts';

/** A bucket that asks for fewer requests is left alone for some seconds in all. */
const ATTEMPTS_MAX = 6;

const CONNECT_MS = 10_000;

/** S3 answers within seconds; a connection on which nothing moves for so long is dead. */
const SILENCE_MS = 60_000;

/**
 * Keeps objects in a bucket of S3, or of a server that speaks like it. Region, endpoint and
 * credentials are those of the AWS SDK's own environment. That an object is seen once it is whole
 * is S3's own promise: one request makes all of it.
 *
 * Faults: `DESTINATION_INVALID`, `DESTINATION_UNWRITABLE`, `DESTINATION_FULL`,
 * `DESTINATION_UNREADABLE`.
 */
export function s3Store(address: string): Store {
  const { bucket, prefix } = s3Address(address);
  const root = prefix === '' ? '' : `${prefix}/`;
  const client = new S3Client({
    maxAttempts: ATTEMPTS_MAX,
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
  });
  const rooms = createPartRooms(PART_BYTES);
  let swept: Promise<void> | undefined;

  function objectOf(key: string): S3Object {
    assertKey(key);
    return { Bucket: bucket, Key: `${root}${key}` };
  }

  /** The first upload of a run is as good a moment as any; most runs have none. */
  function sweep(object: S3Object, { id }: S3Upload): Promise<void> {
    swept ??= sweepUploads(client, { bucket, prefix: root, fresh: { key: object.Key, id } });
    return swept;
  }

  return {
    address,
    locate: (key) => locationOf(objectOf(key)),

    async assertWritable(key) {
      const object = objectOf(key);
      await asking(object, 'write', async () => (await startUpload(client, object)).abort());
    },

    async draft(key) {
      const object = objectOf(key);
      const draft = openS3Draft({
        client,
        object,
        rooms,
        put: (bytes) => s3Put(client, object, bytes),
        begun: (upload) => sweep(object, upload),
      });
      return {
        write: (bytes) => asking(object, 'write', () => draft.write(bytes)),
        publish: () => asking(object, 'write', draft.publish),
        discard: draft.discard,
      };
    },

    async put(key, text, { onlyNew = false } = {}) {
      const object = objectOf(key);
      if (onlyNew) await s3Create(client, object, text);
      else await s3Put(client, object, Buffer.from(text, 'utf8'));
    },

    update: async (key, decide) => s3Update(client, objectOf(key), decide),
    text: async (key) => (await s3Text(client, objectOf(key)))?.text,
    read: (key) => s3Bytes(client, objectOf(key)),

    async local(key, folder, { packed = false } = {}) {
      const bytes = s3Bytes(client, objectOf(key));
      const path = join(folder, ...key.split('/'));
      if (packed) return writePacked(path, bytes);
      await writeWhole(path, bytes);
      return path;
    },

    list(below) {
      assertPrefix(below);
      const Prefix = below === '' ? root : `${root}${below}/`;
      return listBelow(client, { Bucket: bucket, Key: Prefix }, root.length);
    },

    async remove(key) {
      const object = objectOf(key);
      await asking(object, 'remove', () => client.send(new DeleteObjectCommand(object)));
    },
  };
}

/** S3 gives them page by page, in the order of their keys' bytes. */
async function* listBelow(
  client: S3Client,
  folder: S3Object,
  rootLength: number,
): AsyncGenerator<StoredObject> {
  const request = { Bucket: folder.Bucket, Prefix: folder.Key };
  try {
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, request)) {
      for (const { Key = '', Size = 0 } of Contents) {
        const key = Key.slice(rootLength);
        // The folders that consoles make, and what others hide, are none of ours.
        if (isKey(key)) yield { key, byteCount: Size };
      }
    }
  } catch (error) {
    throw s3Fault(folder, 'list', error);
  }
}

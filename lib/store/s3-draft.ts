import type { S3Client } from '@aws-sdk/client-s3';
import { createPartBuffer, type PartRooms } from './part-buffer.ts';
import type { S3Object } from './s3-object.ts';
import { type S3Upload, startUpload } from './s3-upload.ts';
import type { Draft } from './store.ts';

export interface S3DraftNeeds {
  readonly client: S3Client;
  readonly object: S3Object;
  readonly rooms: PartRooms;
  /** Writes an object that is no larger than a part. */
  put(bytes: Uint8Array): Promise<void>;
  /** Told of each upload as it begins. */
  begun(upload: S3Upload): Promise<void>;
}

/**
 * What fits into a part waits for its publishing and goes as one request; the parts of a larger
 * object are sent while it is written. Holds two parts at most: one is gathered, one on its way.
 */
export function openS3Draft({ client, object, rooms, put, begun }: S3DraftNeeds): Draft {
  const gathered = createPartBuffer(rooms);
  let upload: S3Upload | undefined;
  let state: 'open' | 'closed' | 'over' = 'open';

  async function sendPart(): Promise<void> {
    if (upload === undefined) {
      upload = await startUpload(client, object);
      await begun(upload);
    }
    await upload.send(gathered.take());
  }

  function assertOpen(): void {
    if (state === 'open') return;
    throw new Error('A draft was used after it was published or discarded.');
  }

  return {
    async write(bytes) {
      assertOpen();
      for (let rest = bytes; rest.length > 0; ) {
        if (gathered.isFull) await sendPart();
        rest = gathered.add(rest);
      }
    },

    async publish() {
      assertOpen();
      state = 'closed';
      if (upload === undefined) {
        const { bytes, release } = gathered.take();
        await put(bytes);
        release();
      } else {
        if (gathered.byteCount > 0) await sendPart();
        await upload.complete();
      }
      state = 'over';
    },

    async discard() {
      if (state === 'over') return;
      state = 'over';
      gathered.take().release();
      await upload?.abort();
    },
  };
}

import {
  CreateBucketCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { s3Store } from '../../lib/store/s3.ts';
import type { Store } from '../../lib/store/store.ts';
import type { S3World } from '../world/s3-environment.ts';
import { storeContract } from './contract.ts';
import { linkContract } from './link-contract.ts';
import { type Gaps, promised } from './promised.ts';

const BUCKET = 'books';

/** The contract of every store over a bucket, and what the server behind it has to do for that. */
export function s3Contract(name: string, start: () => Promise<S3World>, gaps: Gaps): void {
  let world: S3World;
  let client: S3Client;
  let places = 0;

  beforeAll(async () => {
    world = await start();
    for (const [variable, value] of Object.entries(world.environment)) vi.stubEnv(variable, value);
    client = new S3Client();
    await client.send(new CreateBucketCommand({ Bucket: BUCKET }));
  }, 120_000);

  afterAll(async () => {
    client.destroy();
    vi.unstubAllEnvs();
    await world.close();
  });

  const freshPlace = (): string => `s3://${BUCKET}/place-${++places}`;

  const candidate = { makeStore: async () => s3Store(freshPlace()), gaps };
  storeContract(name, candidate);
  linkContract(name, candidate);

  async function uploadCount(store: Store): Promise<number> {
    const Prefix = store.address.slice(`s3://${BUCKET}/`.length);
    const request = new ListMultipartUploadsCommand({ Bucket: BUCKET, Prefix });
    return (await client.send(request)).Uploads?.length ?? 0;
  }

  describe(`${name}, a server of S3:`, () => {
    const checksums = 'bytes that contradict their checksum are refused';
    promised(candidate, 'checksums', checksums, async () => {
      const wrong = { Bucket: BUCKET, Key: 'wrong', Body: 'bytes', ChecksumCRC32: 'AAAAAA==' };
      await expect(client.send(new PutObjectCommand(wrong))).rejects.toThrow();
    });

    promised(candidate, 'signatures', 'a wrong secret is refused', async ({ address }) => {
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wrong');
      try {
        await expect(s3Store(address).put('a', '')).rejects.toMatchObject({
          code: 'DESTINATION_UNWRITABLE',
          message: expect.stringContaining(`refused for bucket '${BUCKET}'`),
        });
      } finally {
        vi.stubEnv('AWS_SECRET_ACCESS_KEY', world.environment.AWS_SECRET_ACCESS_KEY);
      }
    });

    const uploads = 'no upload is left of what was published, discarded or tried';
    promised(candidate, 'uploads listed', uploads, async (store) => {
      const [published, discarded] = [await store.draft('a'), await store.draft('b')];
      for (const draft of [published, discarded]) await draft.write(Buffer.alloc(12_000_000));
      expect(await uploadCount(store)).toBe(2);
      await published.publish();
      await discarded.discard();
      await store.assertWritable('c');
      expect(await uploadCount(store)).toBe(0);
    });

    test('a bucket that is not there is told by its name', async () => {
      const store = s3Store('s3://nowhere/at-all');
      const fault = { code: 'DESTINATION_INVALID', message: expect.stringContaining("'nowhere'") };
      await expect(store.put('a', '')).rejects.toMatchObject(fault);
      await expect(store.put('a', '', { onlyNew: true })).rejects.toMatchObject(fault);
      await expect(store.update('a', () => '')).rejects.toMatchObject(fault);
      await expect(store.assertWritable('a')).rejects.toMatchObject(fault);
      await expect(store.text('a')).rejects.toMatchObject(fault);
      await expect(store.remove('a')).rejects.toMatchObject(fault);
      await expect(Array.fromAsync(store.list(''))).rejects.toMatchObject(fault);
      await expect(Array.fromAsync(store.read('a'))).rejects.toMatchObject(fault);
    });

    test('what others keep in the bucket is not listed', async () => {
      const place = freshPlace();
      const store = s3Store(place);
      const root = place.slice(`s3://${BUCKET}/`.length);
      for (const Key of [`${root}/`, `${root}/folder/`, `${root}/.hidden`, `${root}more/a`]) {
        await client.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: '' }));
      }
      await store.put('folder/a', '');
      const keys = (await Array.fromAsync(store.list(''))).map(({ key }) => key);
      expect(keys).toEqual(['folder/a']);
    });
  });
}

import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { vi } from 'vitest';
import type { S3World } from '../../world/s3-environment.ts';

/** Where nights are kept, for the tests of a file. */
export interface Place {
  /** Sees to it that destinations can be there; resolves to what ends it. */
  open(): Promise<() => Promise<void>>;
  /** A destination of its own, as `Cloud.start` takes it. */
  dest(name: string): string;
}

export const DIRECTORY: Place = {
  open: async () => async () => {},
  dest: (name) => name,
};

const BUCKET = 'books';

/** A bucket on a server of S3: for the AWS SDK the environment says where. */
export function bucketOf(start: () => Promise<S3World>): Place {
  return {
    async open() {
      const world = await start();
      for (const [name, value] of Object.entries(world.environment)) vi.stubEnv(name, value);
      await new S3Client().send(new CreateBucketCommand({ Bucket: BUCKET }));
      return () => world.close();
    },
    dest: (name) => `s3://${BUCKET}/${name.replaceAll(' ', '-')}`,
  };
}

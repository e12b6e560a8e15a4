import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PRODUCT } from '../lib/contract.ts';

/** Lends a folder of this machine's disk to some work, and removes it whatever comes of that. */
export async function withScratch<Result>(
  work: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), `${PRODUCT}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

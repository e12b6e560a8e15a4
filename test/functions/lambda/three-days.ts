import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Config } from '../../../lib/config.ts';
import type { Manifest } from '../../../lib/contract.ts';
import type { Instant } from '../../../lib/model/instant.ts';
import { createWorld } from '../../../lib/simulator/world.ts';
import { type Books, openBooks } from '../books.ts';
import { type Cloud, openCloud, startRunner } from './cloud.ts';

const FIRST_DAY = '2026-03-03';

/** Three days of books, and a cloud that looks at them at any time. */
export interface ThreeDays {
  books(): Books;
  at<Result>(
    now: string,
    work: (cloud: Cloud) => Promise<Result>,
    config?: Partial<Config>,
  ): Promise<Result>;
  /** Of everything that was published. */
  manifestsOf(dest: string): Promise<Manifest[]>;
}

/** Opened before the tests of the file that calls it, and closed after them. */
export function threeDays(): ThreeDays {
  let stopRunner: () => Promise<void>;
  let books: Books;

  beforeAll(async () => {
    stopRunner = await startRunner();
    const start = Date.UTC(2026, 2, 3) as Instant;
    books = await openBooks({
      world: createWorld({ start, dayCount: 3, transactionCount: 300 }),
      asOf: Date.UTC(2026, 2, 20) as Instant,
    });
  });

  afterAll(async () => {
    await books.close();
    await stopRunner();
  });

  return {
    books: () => books,
    async at(now, work, config = {}) {
      const cloud = await openCloud(books, { now, config: { firstDay: FIRST_DAY, ...config } });
      try {
        return await work(cloud);
      } finally {
        await cloud.close();
      }
    },
    async manifestsOf(dest) {
      const names = (await books.published(dest)).filter((name) => name.endsWith('manifest.json'));
      const texts = names.map((name) => readFile(books.at(join(dest, name)), 'utf8'));
      return (await Promise.all(texts)).map((text) => JSON.parse(text) as Manifest);
    },
  };
}

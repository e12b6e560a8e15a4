import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readChain } from '../../functions/evidence/chain.ts';
import type { Night } from '../../functions/local-night.ts';
import { openStore } from '../../functions/open-store.ts';
import type { LocalDay } from '../../lib/calendar/business-day.ts';
import type { Config } from '../../lib/config.ts';
import type { Instant } from '../../lib/model/instant.ts';
import { snapshotPrefix } from '../../lib/object-keys.ts';
import { createWorld } from '../../lib/simulator/world.ts';
import { unpackedBytes } from '../../lib/store/packed-file.ts';
import type { Store } from '../../lib/store/store.ts';
import { typed } from '../world/command-line.ts';
import type { S3World } from '../world/s3-environment.ts';
import { type Books, clockAt, filesBelow, openBooks, rowsOf } from './books.ts';

/** Books whose nights are kept twice: in a directory, and in a bucket. */
export interface BucketNights {
  readonly world: S3World;
  readonly books: Books;
  readonly client: S3Client;
}

export const BUCKET = 'books';
const DEST = `s3://${BUCKET}/nights`;
export const DAY = '2026-03-02';
const NEXT_DAY = '2026-03-03';

export interface BucketNightsOptions {
  readonly start: () => Promise<S3World>;
  /** In three days. */
  readonly transactionCount: number;
  readonly config?: Partial<Config>;
}

/** The whole job with a bucket for its destination, held against the same job with a directory. */
export function bucketNights(name: string, options: BucketNightsOptions): BucketNights {
  const opened: Partial<{ -readonly [K in keyof BucketNights]: BucketNights[K] }> = {};
  const run = (dest: string) => `organization=org_simulated/period=${DAY}/${dest}`;
  const firstRun = run('run=20260304T060000Z');
  let store: Store;
  let second: Night;

  /** A night at one instant: nothing but where it goes is different. */
  function night(dest: string, from: string, time: string): Promise<Night> {
    const config = dest.startsWith('s3:') ? { dest } : {};
    return opened.books!.night(dest, { from, clock: clockAt(time), config });
  }

  async function nights(dest: string): Promise<Night> {
    await night(dest, DAY, '2026-03-04T06:00:00Z');
    return night(dest, NEXT_DAY, '2026-03-05T06:00:00Z');
  }

  async function assertSame(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const there = await readFile(opened.books!.at(join('directory', key)));
    const same = Buffer.concat(await Array.fromAsync(bytes)).equals(there);
    expect({ key, same }).toEqual({ key, same: true });
  }

  beforeAll(async () => {
    opened.world = await options.start();
    for (const [key, value] of Object.entries(opened.world.environment)) vi.stubEnv(key, value);
    opened.client = new S3Client();
    await opened.client.send(new CreateBucketCommand({ Bucket: BUCKET }));
    const { transactionCount, config = {} } = options;
    const start = Date.UTC(2026, 2, 1) as Instant;
    opened.books = await openBooks({
      world: createWorld({ start, dayCount: 3, transactionCount, oddities: true }),
      asOf: Date.UTC(2026, 2, 10) as Instant,
      config,
    });
    store = await openStore(DEST);
    await nights('directory');
    second = await nights(DEST);
  }, 300_000);

  afterAll(async () => {
    opened.client?.destroy();
    await opened.books?.close();
    vi.unstubAllEnvs();
    await opened.world?.close();
  });

  describe(`nights in a bucket of ${name}`, () => {
    test('hold the bytes of the same nights in a directory, and nothing else', async () => {
      const keys = (await Array.fromAsync(store.list(''))).map(({ key }) => key);
      const names = await filesBelow(opened.books!.at('directory'));
      expect(keys.sort()).toEqual(names);
      expect(keys.filter((key) => key.endsWith('/manifest.json'))).toHaveLength(2);
      for (const key of keys) await assertSame(key, store.read(key));
    });

    test('go on from each other', async () => {
      expect(second.manifest.predecessor).toMatchObject({ period: DAY });
      expect(second.manifest.judging.remarks.join()).not.toMatch(/skipped/);
      expect(second.address).toBe(
        `${DEST}/organization=org_simulated/period=${NEXT_DAY}/run=20260305T060000Z`,
      );
    });

    test('are looked after in packed copies of the same bytes', async () => {
      const question = { scope: second.manifest.scope, before: NEXT_DAY as LocalDay, dayCount: 1 };
      const folder = await mkdtemp(join(opened.books!.folder, 'copies-'));
      const chain = await readChain(store, question, folder);
      const { manifest } = chain.nights[0]!;
      const files = await chain.files(chain.nights[0]!, () => true);
      expect(files!.map(({ name }) => name)).toEqual(manifest.files.map(({ name }) => name));
      for (const { name, path } of files!) {
        expect(path).toBe(join(folder, firstRun, `${name}.zst`));
        await assertSame(`${firstRun}/${name}`, unpackedBytes(path));
      }
      const rows = manifest.files.find(({ name }) => name === 'transactions.csv')!;
      const { size } = await stat(join(folder, firstRun, 'transactions.csv.zst'));
      expect(size).toBeLessThan(rows.byteCount / 4);
    });

    test('are whole, where they lie and where they are downloaded to', async () => {
      const whole = { exitCode: 0, stderr: '', stdout: expect.stringMatching(/^Whole: /) };
      expect(await typed(['verify', `${DEST}/${firstRun}`])).toEqual(whole);
      const folder = await mkdtemp(join(opened.books!.folder, 'download-'));
      for await (const { key } of store.list(firstRun)) await store.local(key, folder);
      expect(await typed(['verify', join(folder, firstRun)])).toEqual(whole);
    });

    test('are no different from those of the directory', async () => {
      const folder = opened.books!.at(join('directory', firstRun));
      const outcome = await typed(['diff', folder, `${DEST}/${firstRun}`, '--json']);
      expect(outcome).toMatchObject({ exitCode: 0, stderr: '' });
      expect(JSON.parse(outcome.stdout).differences).toEqual([]);
    });

    test('are judged again with the same findings', async () => {
      const [there, here] = [opened.books!.at('there'), opened.books!.at('here')];
      const folder = opened.books!.at(join('directory', firstRun));
      // By all rules, also where the nights were judged by none.
      const config = opened.books!.at('all-rules.json');
      await writeFile(config, '{}');
      const judged = (from: string, out: string) =>
        typed(['reconcile', from, '--config', config, '--out', out]);
      await judged(`${DEST}/${firstRun}`, there);
      await judged(folder, here);
      expect((await rowsOf(here, 'discrepancies.csv')).length).toBeGreaterThan(0);
      expect(await filesBelow(there)).toContain('report.html');
      for (const file of await filesBelow(here)) {
        expect(await readFile(join(there, file))).toEqual(await readFile(join(here, file)));
      }
    });

    test('are handed on by links, file by file', async () => {
      for (const name of ['transactions.csv', 'report.html']) {
        const { stdout } = await typed(['link', `${DEST}/${firstRun}`, name, '--json']);
        const { url } = JSON.parse(stdout);
        const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
        const same = bytes.equals(
          await readFile(opened.books!.at(join('directory', firstRun, name))),
        );
        expect({ name, same }).toEqual({ name, same: true });
      }
    });

    test('that are not there are told as that', async () => {
      const outcome = await typed(['verify', `${DEST}/organization=other`]);
      expect(outcome.stderr).toMatch(/^SNAPSHOT_MISSING: [^\n]+\n$/);
      const nowhere = await typed(['verify', 's3://nowhere/at-all']);
      expect(nowhere.stderr).toMatch(/^DESTINATION_INVALID: .* no bucket 'nowhere'[^\n]+\n$/);
    });

    // The last one: nothing is whole after it.
    test('are gone on from without one that is damaged, which is told', async () => {
      const key = `${firstRun}/transactions.csv`;
      const damaged = (await store.text(key))!.replace(/[a-z]/, 'X');
      await store.put(key, damaged);
      await writeFile(opened.books!.at(join('directory', key)), damaged);
      await night('directory', NEXT_DAY, '2026-03-06T06:00:00Z');
      const { manifest, judgement } = await night(DEST, NEXT_DAY, '2026-03-06T06:00:00Z');
      expect(judgement.summary.remarks).toEqual([
        expect.stringMatching(/^The night .*period=2026-03-02.* skipped: transactions.csv has the/),
      ]);
      const prefix = snapshotPrefix(manifest.scope, '', manifest.runId);
      for await (const written of store.list(prefix)) {
        await assertSame(written.key, store.read(written.key));
      }
    });
  });

  return {
    get world() {
      return opened.world!;
    },
    get books() {
      return opened.books!;
    },
    get client() {
      return opened.client!;
    },
  };
}

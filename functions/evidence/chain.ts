import pLimit from 'p-limit';
import { daysBefore, type LocalDay } from '../../lib/calendar/business-day.ts';
import type { Manifest, Scope } from '../../lib/contract.ts';
import { Fault } from '../../lib/model/fault.ts';
import { MANIFEST_NAME, periodPrefix } from '../../lib/object-keys.ts';
import type { LocalFile } from '../../lib/reconcile/files.ts';
import { readManifest } from '../../lib/snapshot/manifest.ts';
import { createReceipt, receiptDifference } from '../../lib/snapshot/receipt.ts';
import type { Store } from '../../lib/store/store.ts';
import { type Copies, createCopies } from '../copies.ts';
import { SMALL_ONES_AT_ONCE } from '../small-object.ts';

/** The night of one business day, as it was published. */
export interface ChainNight {
  readonly day: LocalDay;
  readonly manifest: Manifest;
  readonly prefix: string;
}

/** The nightly one-day snapshots before a day. */
export interface Chain {
  /** Newest first. */
  readonly nights: readonly ChainNight[];
  /**
   * Files of a night on this machine's disk, held against their receipts. Undefined where one of
   * them is damaged: then the night is left out from now on.
   */
  files(
    night: ChainNight,
    wanted: (name: string) => boolean,
  ): Promise<readonly LocalFile[] | undefined>;
  /** A sentence for every link that was skipped. */
  remarks(): readonly string[];
}

export interface ChainQuestion {
  readonly scope: Scope;
  /** The nights of the days before this one. */
  readonly before: LocalDay;
  readonly dayCount: number;
}

/**
 * Reads the chain from its newest night back. Of a day that was run more than once the first night
 * counts: the others never were a link. What is damaged is skipped and told, never a reason to stop:
 * tonight's books do not get better by not being written.
 *
 * `folder` is lent for copies of files that lie elsewhere.
 */
export async function readChain(
  store: Store,
  { scope, before, dayCount }: ChainQuestion,
  folder: string,
): Promise<Chain> {
  // Weeks of rows lie here at once: packed they take a quarter of the disk, and DuckDB reads them in
  // the same time to half as long again.
  const copies = createCopies(store, folder, { packed: true });
  const days = Array.from({ length: dayCount }, (_, at) => daysBefore(before, at + 1));
  const limit = pLimit(SMALL_ONES_AT_ONCE);
  const looks = await Promise.all(days.map((day) => limit(() => lookFor(store, scope, day))));
  const nights = looks.flatMap(({ night }) => night ?? []);
  const skipped = new Map(looks.flatMap((look) => [...look.skipped]));

  async function files(night: ChainNight, wanted: (name: string) => boolean) {
    const found: LocalFile[] = [];
    for (const file of night.manifest.files.filter(({ name }) => wanted(name))) {
      const key = `${night.prefix}/${file.name}`;
      const problem = await damageOf(copies, key, file);
      if (problem !== undefined) {
        skipped.set(night.prefix, `${file.name} ${problem}`);
        return undefined;
      }
      found.push({ name: file.name, path: await copies.path(key) });
    }
    return found;
  }

  return {
    get nights() {
      return nights.filter(({ prefix }) => !skipped.has(prefix));
    },
    files,
    remarks: () =>
      [...skipped].map(
        ([prefix, problem]) => `The night ${prefix} was skipped: ${problem.replace(/\.$/, '')}.`,
      ),
  };
}

async function damageOf(
  copies: Copies,
  key: string,
  file: Manifest['files'][number],
): Promise<string | undefined> {
  const found = createReceipt();
  try {
    for await (const bytes of copies.read(key)) found.add(bytes, 0);
  } catch (error) {
    if (error instanceof Fault && error.code === 'SNAPSHOT_DAMAGED') return 'is missing';
    throw error;
  }
  const difference = receiptDifference(file, { ...found.receipt(), rowCount: file.rowCount });
  return difference === '' ? undefined : difference;
}

/** What came of looking for the night of a day. */
interface Look {
  readonly night?: ChainNight;
  /** Why runs are no night to go on from, by their prefixes. */
  readonly skipped: ReadonlyMap<string, string>;
}

/** The first run of a day that was its night and whose manifest and files are there. */
async function lookFor(store: Store, { organizationId }: Scope, day: LocalDay): Promise<Look> {
  const skipped = new Map<string, string>();
  const sizes = new Map<string, number>();
  const prefixes: string[] = [];
  const period = periodPrefix({ organizationId, firstDay: day, lastDay: day });
  for await (const { key, byteCount } of store.list(period)) {
    sizes.set(key, byteCount);
    // Runs only: what lies below a view is none.
    const [, run] = /^(run=[^/]+)\/manifest\.json$/.exec(key.slice(period.length + 1)) ?? [];
    if (run !== undefined) prefixes.push(`${period}/${run}`);
  }
  for (const prefix of prefixes.sort()) {
    const manifest = await manifestAt(store, prefix, skipped);
    if (!manifest?.judging.isNight) continue;
    const missing = manifest.files.find(
      ({ name, byteCount }) => sizes.get(`${prefix}/${name}`) !== byteCount,
    );
    if (missing === undefined) return { night: { day, manifest, prefix }, skipped };
    skipped.set(prefix, `${missing.name} is missing or cut`);
  }
  return { skipped };
}

async function manifestAt(
  store: Store,
  prefix: string,
  skipped: Map<string, string>,
): Promise<Manifest | undefined> {
  const text = await store.text(`${prefix}/${MANIFEST_NAME}`);
  if (text === undefined) return undefined;
  try {
    return readManifest(text);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    skipped.set(prefix, error.message);
    return undefined;
  }
}

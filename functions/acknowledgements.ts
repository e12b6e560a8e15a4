import pLimit from 'p-limit';
import * as z from 'zod';
import { type AcknowledgementRecord, DECISIONS } from '../lib/model/acknowledgement.ts';
import { Fault } from '../lib/model/fault.ts';
import { isRunId, type OrganizationId, runId } from '../lib/model/ids.ts';
import { acknowledgementKey, acknowledgementsPrefix } from '../lib/object-keys.ts';
import type { INPUTS } from '../lib/reconcile/files.ts';
import { isDiscrepancyId } from '../lib/reconcile/life.ts';
import type { Store } from '../lib/store/store.ts';
import { readSmall } from './small-object.ts';

type Words<Line extends string> = Line extends `${infer Word} ${infer Rest}`
  ? Word | Words<Rest>
  : Line;

/** One line of inputs/acknowledgements.csv, its cells not yet guarded. */
export type AcknowledgementLine = Readonly<
  Record<Words<(typeof INPUTS)['acknowledgements'][number]>, string>
>;

/** Objects that are fetched at once: they are many and tiny, and a bucket answers slowly. */
const READS_AT_ONCE = 8;

/** Unknown members are no damage: a newer Tieout may have more to say. */
const recordSchema = z.object({
  decision: z.enum(DECISIONS),
  id: z.string(),
  rule: z.string(),
  collection: z.string(),
  recordId: z.string(),
  expected: z.string(),
  actual: z.string(),
  reason: z.string(),
  by: z.string(),
  at: z.string(),
} satisfies { readonly [K in keyof AcknowledgementRecord]: z.ZodType<AcknowledgementRecord[K]> });

/**
 * What is accepted now, by id: the newest object of each discrepancy counts, and those that were
 * taken back are left out. Fault: `DESTINATION_UNREADABLE` with the key of what cannot be read.
 */
export async function acknowledgementsIn(
  store: Store,
  organizationId: OrganizationId,
): Promise<readonly AcknowledgementLine[]> {
  const newest = new Map<string, string>();
  // Keys come in order: of each id the last one stays.
  for await (const { key } of store.list(acknowledgementsPrefix(organizationId))) {
    newest.set(idIn(store, organizationId, key), key);
  }
  const limit = pLimit(READS_AT_ONCE);
  const records = await Promise.all(
    [...newest.values()].map((key) => limit(() => readRecord(store, organizationId, key))),
  );
  return records
    .filter(({ decision }) => decision === 'accepted')
    .map(({ id, expected, actual, reason, by, at }) => ({ id, expected, actual, reason, by, at }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The newest word on one discrepancy, whatever it says; undefined where there is none. */
export async function newestWord(
  store: Store,
  organizationId: OrganizationId,
  discrepancyId: string,
): Promise<AcknowledgementRecord | undefined> {
  let newest: string | undefined;
  const prefix = `${acknowledgementsPrefix(organizationId)}/${discrepancyId}`;
  for await (const { key } of store.list(prefix)) {
    idIn(store, organizationId, key);
    newest = key;
  }
  return newest === undefined ? undefined : readRecord(store, organizationId, newest);
}

/** Where a record lies; what it says there is never replaced (`SNAPSHOT_EXISTS`). */
export async function writeRecord(
  store: Store,
  organizationId: OrganizationId,
  record: AcknowledgementRecord,
): Promise<string> {
  const key = acknowledgementKey(organizationId, record.id, runId(record.at));
  await store.put(key, `${JSON.stringify(record, null, 2)}\n`, { onlyNew: true });
  return store.locate(key);
}

async function readRecord(
  store: Store,
  organizationId: OrganizationId,
  key: string,
): Promise<AcknowledgementRecord> {
  const found = recordSchema.safeParse(readSmall(store, key, (await store.text(key)) ?? ''));
  if (!found.success) {
    const [issue] = found.error.issues;
    throw damaged(store, key, `is wrong at '${issue?.path.join('.')}': ${issue?.message}`);
  }
  const { id, at } = found.data;
  // A copy under another name would speak for another discrepancy, or at another time.
  if (acknowledgementKey(organizationId, id, runId(at)) === key) return found.data;
  throw damaged(store, key, `says that it is of ${id} at ${at}, which its name does not`);
}

/** Nothing else may lie there: a decision under a name that is not read would be overlooked. */
function idIn(store: Store, organizationId: OrganizationId, key: string): string {
  const name = key.slice(acknowledgementsPrefix(organizationId).length + 1);
  const [, id = '', instant = ''] = /^([^/]+)\/([^/]+)\.json$/.exec(name) ?? [];
  if (isDiscrepancyId(id) && isRunId(instant)) return id;
  throw damaged(store, key, 'has a name that no acknowledgement has');
}

function damaged(store: Store, key: string, clause: string): Fault {
  return new Fault(
    'DESTINATION_UNREADABLE',
    `The acknowledgement '${store.locate(key)}' ${clause}.`,
    'Restore it from a copy, or remove it and accept the discrepancy again.',
  );
}

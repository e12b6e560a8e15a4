import type { AcknowledgementRecord } from '../lib/model/acknowledgement.ts';
import { Fault } from '../lib/model/fault.ts';
import type { OrganizationId } from '../lib/model/ids.ts';
import {
  type Clock,
  type EpochSecond,
  parseTimestamp,
  secondOf,
  secondText,
} from '../lib/model/instant.ts';
import { isDiscrepancyId } from '../lib/reconcile/life.ts';
import type { Store } from '../lib/store/store.ts';
import { newestWord, writeRecord } from './acknowledgements.ts';
import { findListed, type Listed, PERIODS_MAX, type Search } from './listed.ts';

/** How often the same discrepancy may be spoken of by somebody else just before one's own word. */
const ATTEMPTS_MAX = 5;

export interface Place {
  readonly store: Store;
  readonly organizationId: OrganizationId;
  readonly clock: Clock;
}

/** What somebody says of a discrepancy. */
export interface Word {
  readonly id: string;
  readonly reason: string;
  /** '' where nobody is named. */
  readonly by: string;
}

/** What was written down. */
export interface Spoken {
  readonly record: AcknowledgementRecord;
  readonly address: string;
}

export interface Accepted extends Spoken {
  readonly listed: Listed;
  /** Snapshots that were passed over, a sentence each. */
  readonly broken: Search['broken'];
}

/**
 * Accepts a discrepancy with the figures of the newest snapshot that lists it. Faults:
 * `DISCREPANCY_ID_INVALID`, `DISCREPANCY_UNKNOWN`, `DISCREPANCY_RESOLVED`, `ACKNOWLEDGED_ALREADY`.
 */
export async function acknowledge(place: Place, word: Word): Promise<Accepted> {
  assertId(word.id);
  const { listed, ...search } = await findListed(place.store, place.organizationId, word.id);
  if (listed === undefined) throw unknown(place, word, search);
  const { discrepancy, manifest } = listed;
  const { rule, collection, recordId, expected, actual } = discrepancy;
  if (discrepancy.status === 'resolved') {
    const { lastDay, organizationId } = manifest.scope;
    throw new Fault(
      'DISCREPANCY_RESOLVED',
      `${word.id} (${rule} of ${recordId}) of ${organizationId} was resolved on ${lastDay}.`,
      'Nothing is left to accept; should it come back, it is new, and can be accepted then.',
    );
  }
  const spoken = await speak(place, word, (before) => {
    const isSame = before?.expected === expected && before.actual === actual;
    if (before?.decision === 'accepted' && isSame) throw already(before);
    return { decision: 'accepted', rule, collection, recordId, expected, actual };
  });
  return { ...spoken, listed, broken: search.broken };
}

/**
 * Takes an acceptance back; the discrepancy itself need not be listed any more. Faults:
 * `DISCREPANCY_ID_INVALID`, `ACKNOWLEDGEMENT_MISSING`.
 */
export async function takeBack(place: Place, word: Word): Promise<Spoken> {
  assertId(word.id);
  return speak(place, word, (before) => {
    if (before?.decision !== 'accepted') throw missing(place, word, before);
    const { rule, collection, recordId, expected, actual } = before;
    return { decision: 'taken-back', rule, collection, recordId, expected, actual };
  });
}

type Content = Omit<AcknowledgementRecord, 'id' | 'reason' | 'by' | 'at'>;

/**
 * Writes a word down after the newest one there is. Where somebody else's came first meanwhile, it
 * is looked at and decided again, as if the two had come one after the other.
 */
async function speak(
  { store, organizationId, clock }: Place,
  { id, reason, by }: Word,
  decide: (before: AcknowledgementRecord | undefined) => Content,
): Promise<Spoken> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await newestWord(store, organizationId, id);
    const { decision, rule, collection, recordId, expected, actual } = decide(before);
    const figures = { expected, actual, reason, by, at: after(before, clock) };
    const record = { decision, id, rule, collection, recordId, ...figures };
    try {
      return { record, address: await writeRecord(store, organizationId, record) };
    } catch (error) {
      const isTaken = error instanceof Fault && error.code === 'SNAPSHOT_EXISTS';
      if (!isTaken || attempt === ATTEMPTS_MAX) throw error;
    }
  }
}

/** Now, or a second after the word before: names are seconds, and no two clocks agree. */
function after(before: AcknowledgementRecord | undefined, clock: Clock): string {
  const now = secondOf(clock.now());
  const last = before && parseTimestamp(before.at)?.second;
  return secondText(last === undefined || last < now ? now : ((last + 1) as EpochSecond));
}

function assertId(id: string): void {
  if (isDiscrepancyId(id)) return;
  throw new Fault(
    'DISCREPANCY_ID_INVALID',
    `'${id}' is no id of a discrepancy.`,
    'It has 16 figures and letters a to f; discrepancies.csv and the report show it.',
  );
}

function unknown(
  { store, organizationId }: Place,
  { id }: Word,
  { snapshotCount, broken }: Omit<Search, 'listed'>,
): Fault {
  const count = snapshotCount === 1 ? '1 snapshot' : `${snapshotCount} snapshots`;
  const others =
    broken.length === 0 ? '' : ` ${broken.length} could not be read, the newest: ${broken[0]}`;
  return new Fault(
    'DISCREPANCY_UNKNOWN',
    `No discrepancy ${id} is in the ${count} of ${organizationId} in ${store.address} that list ` +
      `any, of the ${PERIODS_MAX} newest periods.${others}`,
    'Look at --dest and --organization; views and what `reconcile` wrote elsewhere do not count.',
  );
}

function already({ id, at, by, reason }: AcknowledgementRecord): Fault {
  const who = by === '' ? '' : ` by ${by}`;
  return new Fault(
    'ACKNOWLEDGED_ALREADY',
    `${id} was accepted with the same figures${who} at ${at}: "${reason}".`,
    'Nothing was written; take it back with --undo first to give another reason.',
  );
}

function missing(
  { store, organizationId }: Place,
  { id }: Word,
  before: AcknowledgementRecord | undefined,
): Fault {
  const where = `of ${organizationId} in ${store.address}`;
  return new Fault(
    'ACKNOWLEDGEMENT_MISSING',
    before === undefined
      ? `No acceptance of ${id} is among those ${where}.`
      : `The acceptance of ${id} ${where} was taken back at ${before.at} already.`,
    'Look at the id, --dest and --organization; without --undo the discrepancy is accepted.',
  );
}

import { organizationPrefix, periodName, type Scope } from '../lib/contract.ts';
import { Fault } from '../lib/model/fault.ts';
import { type Instant, instantText } from '../lib/model/instant.ts';
import type { Store } from '../lib/store/store.ts';
import { readSmall } from './small-object.ts';

/** What keeps two runs of one period apart where the same trigger may come twice. */
export interface Lock {
  /** The run's execution: whoever comes again under this name comes back to its own lock. */
  readonly holder: string;
  /** ISO 8601; from then on a run that never came back to end holds it no longer. */
  readonly expiresAt: string;
}

export interface LockQuestion {
  readonly scope: Pick<Scope, 'organizationId' | 'firstDay' | 'lastDay'>;
  readonly holder: string;
}

/** A place in the queue of a lock's holders; the last one counts. */
interface Held extends Lock {
  readonly key: string;
}

/** Who comes between so often is no accident. */
const MOST_ATTEMPTS = 5;

/**
 * Takes the lock of a period, or says who holds it. A lock is a row of numbered objects, none of
 * which is ever replaced by another holder's: to take over what has expired, or was given back,
 * means to write the next number, which only one of many can do.
 */
export async function takeLock(
  store: Store,
  { scope, holder }: LockQuestion,
  now: Instant,
  lifeMs: number,
): Promise<Lock> {
  const mine = { holder, expiresAt: instantText((now + lifeMs) as Instant) };
  for (let attempts = 0; attempts < MOST_ATTEMPTS; attempts += 1) {
    const last = await lastHeld(store, scope);
    if (last && Date.parse(last.expiresAt) > now) return last;
    if (await write(store, nextKey(scope, last), mine)) {
      if (last) await store.remove(last.key);
      return mine;
    }
  }
  return { holder: 'somebody else', expiresAt: instantText(now) };
}

/** Gives a lock back, if it is still the holder's. */
export async function leaveLock(
  store: Store,
  { scope, holder }: LockQuestion,
  now: Instant,
): Promise<void> {
  const last = await lastHeld(store, scope);
  if (last?.holder !== holder) return;
  await store.put(last.key, textOf({ holder, expiresAt: instantText(now) }));
}

async function lastHeld(store: Store, scope: LockQuestion['scope']): Promise<Held | undefined> {
  let last: string | undefined;
  for await (const { key } of store.list(lockPrefix(scope))) last = key;
  const text = last === undefined ? undefined : await store.text(last);
  if (last === undefined || text === undefined) return undefined;
  return { ...readSmall<Lock>(store, last, text), key: last };
}

/** False where another was quicker. */
async function write(store: Store, key: string, lock: Lock): Promise<boolean> {
  try {
    await store.put(key, textOf(lock), { onlyNew: true });
    return true;
  } catch (error) {
    if (error instanceof Fault && error.code === 'SNAPSHOT_EXISTS') return false;
    throw error;
  }
}

function nextKey(scope: LockQuestion['scope'], last: Held | undefined): string {
  const number = last ? Number(/(\d+)\.json$/.exec(last.key)?.[1]) + 1 : 0;
  return `${lockPrefix(scope)}/${String(number).padStart(8, '0')}.json`;
}

function lockPrefix({ organizationId, firstDay, lastDay }: LockQuestion['scope']): string {
  return `${organizationPrefix(organizationId)}/locks/period=${periodName(firstDay, lastDay)}`;
}

function textOf({ holder, expiresAt }: Lock): string {
  return `${JSON.stringify({ holder, expiresAt })}\n`;
}

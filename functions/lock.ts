import type { Scope } from '../lib/contract.ts';
import { type Instant, instantText } from '../lib/model/instant.ts';
import { organizationPrefix, periodName } from '../lib/object-keys.ts';
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

/** Takes the lock of a period, or says who holds it. What has expired, or was given back, is free. */
export async function takeLock(
  store: Store,
  { scope, holder }: LockQuestion,
  now: Instant,
  lifeMs: number,
): Promise<Lock> {
  const mine: Lock = { holder, expiresAt: instantText((now + lifeMs) as Instant) };
  const key = lockKey(scope);
  let held = mine;
  await store.update(key, (text) => {
    const last = text === undefined ? undefined : readSmall<Lock>(store, key, text);
    held = last && Date.parse(last.expiresAt) > now ? last : mine;
    return held === mine ? textOf(mine) : undefined;
  });
  return held;
}

/** Gives a lock back, if it is still the holder's. */
export async function leaveLock(
  store: Store,
  { scope, holder }: LockQuestion,
  now: Instant,
): Promise<void> {
  const key = lockKey(scope);
  await store.update(key, (text) => {
    const isMine = text !== undefined && readSmall<Lock>(store, key, text).holder === holder;
    return isMine ? textOf({ holder, expiresAt: instantText(now) }) : undefined;
  });
}

function lockKey({ organizationId, firstDay, lastDay }: LockQuestion['scope']): string {
  return `${organizationPrefix(organizationId)}/locks/period=${periodName(firstDay, lastDay)}.json`;
}

function textOf({ holder, expiresAt }: Lock): string {
  return `${JSON.stringify({ holder, expiresAt })}\n`;
}

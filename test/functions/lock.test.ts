import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LockQuestion, leaveLock, takeLock } from '../../functions/lock.ts';
import { organizationId } from '../../lib/model/ids.ts';
import type { Instant } from '../../lib/model/instant.ts';
import { directoryStore } from '../../lib/store/directory.ts';

const NOW = Date.UTC(2026, 10, 21, 6) as Instant;
const HOUR_MS = 3_600_000;
const later = (ms: number) => (NOW + ms) as Instant;

let folder: string;
let days = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tieout-lock-'));
});

afterAll(() => rm(folder, { recursive: true }));

/** A lock of a day that no other test has. */
function lockOf() {
  days += 1;
  const day = `2026-10-${String(days).padStart(2, '0')}`;
  const scope = { organizationId: organizationId('org_1'), firstDay: day, lastDay: day };
  const store = directoryStore(folder);
  const question = (holder: string): LockQuestion => ({ scope, holder });
  return {
    take: async (holder: string, at = NOW) =>
      (await takeLock(store, question(holder), at, HOUR_MS)).holder,
    leave: (holder: string, at = NOW) => leaveLock(store, question(holder), at),
  };
}

test('who takes a lock has it, and has it still when coming back', async () => {
  const lock = lockOf();
  expect(await lock.take('first')).toBe('first');
  expect(await lock.take('first', later(1_000))).toBe('first');
  expect(await lock.take('second', later(2_000))).toBe('first');
});

test('a lock that was given back is free at once', async () => {
  const lock = lockOf();
  await lock.take('first');
  await lock.leave('first');
  expect(await lock.take('second')).toBe('second');
});

test('nobody gives back the lock of another', async () => {
  const lock = lockOf();
  await lock.take('first');
  await lock.leave('second');
  expect(await lock.take('second')).toBe('first');
});

test('a lock that was never given back is taken over when it has expired, and not before', async () => {
  const lock = lockOf();
  await lock.take('first');
  expect(await lock.take('second', later(HOUR_MS - 1_000))).toBe('first');
  expect(await lock.take('second', later(HOUR_MS))).toBe('second');
  await lock.leave('first', later(HOUR_MS));
  expect(await lock.take('third', later(HOUR_MS + 1_000))).toBe('second');
});

test.each(['a new lock', 'an expired one'])('of many who want %s one gets it', async (which) => {
  const lock = lockOf();
  if (which === 'an expired one') await lock.take('dead');
  const at = later(HOUR_MS);
  const holders = await Promise.all(
    Array.from({ length: 10 }, (_, number) => lock.take(`holder ${number}`, at)),
  );
  expect(new Set(holders).size).toBe(1);
  expect(holders[0]).not.toBe('dead');
});

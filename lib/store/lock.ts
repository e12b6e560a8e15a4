import { randomUUID } from 'node:crypto';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode, isAbsent, writing } from './directory-fault.ts';
import { contendedFault } from './store-fault.ts';

/** A holder reads and writes one small file; on a slow network disk that takes some of these. */
const WAIT_MS = 20;

/** The same lock, looked at so often, is that of a writer who died: two seconds and more. */
const LOOKS_UNTIL_DEAD = 100;

/** Whoever has not had it after a minute is behind an endless queue. */
const LOOKS_MAX = 3_000;

/**
 * Lets one process at a time do some work: a file that only one can make stands meanwhile. What a
 * killed process leaves is taken away by who waits for it. `title` is the path a person knows.
 */
export async function whileLocked(
  path: string,
  title: string,
  work: () => Promise<void>,
): Promise<void> {
  await writing(title, () => take(path, title));
  try {
    await work();
  } finally {
    await writing(title, () => rm(path, { force: true }));
  }
}

async function take(path: string, title: string): Promise<void> {
  let seen: string | undefined;
  let looks = 0;
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    if (await make(path)) return;
    const found = await identity(path);
    looks = found === seen ? looks + 1 : 1;
    seen = found;
    if (found !== undefined && looks > LOOKS_UNTIL_DEAD) await takeAway(path, found);
    await sleep(WAIT_MS);
  }
  throw contendedFault(title);
}

async function make(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Which file it is: the same number comes again as soon as a file is gone, the time does not. */
async function identity(path: string): Promise<string | undefined> {
  try {
    const { ino, mtimeNs } = await stat(path, { bigint: true });
    return `${ino} ${mtimeNs}`;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Another who waits may have been quicker, and a living lock stand there: it is put back. */
async function takeAway(path: string, dead: string): Promise<void> {
  const away = `${path}-${randomUUID()}`;
  try {
    await rename(path, away);
    if ((await identity(away)) !== dead) await link(away, path);
  } catch (error) {
    if (!isAbsent(error) && errorCode(error) !== 'EEXIST') throw error;
  } finally {
    await rm(away, { force: true });
  }
}

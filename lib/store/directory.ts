import { createHash, randomUUID } from 'node:crypto';
import { link, open, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { errorCode, isAbsent, readFault, writing } from './directory-fault.ts';
import { openDraftFile } from './draft-file.ts';
import { fileBytes } from './file-bytes.ts';
import { makeFolders } from './folders.ts';
import { assertKey, assertPrefix } from './key.ts';
import { whileLocked } from './lock.ts';
import type { Draft, Store, StoredObject } from './store.ts';
import { existsFault, missingFault } from './store-fault.ts';

/** Drafts of every key lie here, out of sight: what a killed run leaves is one folder to sweep. */
const DRAFTS = '.drafts';

/** Parts older than a day are not taken up again, so nobody waits for such a draft either. */
const DRAFT_LIFE_MS = 24 * 60 * 60 * 1000;

/** How often a folder is made again when a removal next to it takes it away meanwhile. */
const PLACE_ATTEMPTS = 5;

/** Codes of systems that cannot bring a folder's entries to the disk, and need not be asked to. */
const NO_FOLDER_SYNC = new Set(['EISDIR', 'EINVAL', 'EPERM', 'ENOTSUP']);

/**
 * Keeps objects as files below a directory, which is made when the first one is written. Bytes are
 * written to a draft, brought to the disk, and only then given their name, so a file that can be
 * seen is whole, whenever the machine stopped.
 *
 * Faults: `DESTINATION_UNWRITABLE`, `DESTINATION_FULL`, `DESTINATION_UNREADABLE`.
 */
export function directoryStore(address: string): Store {
  const root = resolve(address);
  const draftsPath = join(root, DRAFTS);
  let swept: Promise<void> | undefined;

  function pathOf(key: string): string {
    assertKey(key);
    return join(root, ...key.split('/'));
  }

  async function openDraft(key: string) {
    const path = pathOf(key);
    await writing(root, () => makeFolders(draftsPath));
    const file = await openDraftFile(join(draftsPath, randomUUID()), path);
    try {
      swept ??= sweep(draftsPath, file.path);
      await swept;
    } catch (error) {
      await file.discard();
      throw error;
    }
    return { ...file, place: (onlyNew: boolean) => place(file.path, path, onlyNew) };
  }

  async function publish(draft: Awaited<ReturnType<typeof openDraft>>, onlyNew: boolean) {
    try {
      await draft.finish();
      await draft.place(onlyNew);
    } finally {
      await draft.discard();
    }
  }

  /** Locks lie among the drafts, out of sight, and are swept with them. */
  function lockPath(key: string): string {
    return join(draftsPath, `lock-${createHash('sha256').update(key).digest('hex')}`);
  }

  return {
    address,
    locate: pathOf,

    async assertWritable(key) {
      await (await openDraft(key)).discard();
    },

    async draft(key): Promise<Draft> {
      const draft = await openDraft(key);
      return {
        write: draft.write,
        publish: () => publish(draft, false),
        discard: draft.discard,
      };
    },

    async put(key, text, options = {}) {
      const draft = await openDraft(key);
      await draft.write(Buffer.from(text, 'utf8'));
      await publish(draft, options.onlyNew === true);
    },

    async update(key, decide) {
      const draft = await openDraft(key);
      try {
        await whileLocked(lockPath(key), pathOf(key), async () => {
          const text = decide(await textAt(pathOf(key)));
          if (text === undefined) return;
          await draft.write(Buffer.from(text, 'utf8'));
          await draft.finish();
          await draft.place(false);
        });
      } finally {
        await draft.discard();
      }
    },

    text: async (key) => textAt(pathOf(key)),

    read: (key) => fileBytes(pathOf(key)),

    async local(key) {
      const path = pathOf(key);
      if ((await stat(path).catch(undefinedWhenAbsent))?.isFile()) return path;
      throw missingFault(path);
    },

    list(prefix) {
      assertPrefix(prefix);
      return listBelow(root, prefix);
    },

    async remove(key) {
      const path = pathOf(key);
      await writing(path, () => rm(path, { force: true }));
      await removeEmptyFolders(dirname(path), root);
    },
  };
}

async function textAt(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw readFault(path, error);
  }
}

/** Gives a finished draft its name, and brings the name itself to the disk. */
async function place(draftPath: string, path: string, onlyNew: boolean): Promise<void> {
  await writing(path, async () => {
    for (let attempt = 1; ; attempt++) {
      const made = await makeFolders(dirname(path));
      try {
        // A link, unlike a rename, refuses a name that is taken: of many writers one wins.
        await (onlyNew ? link(draftPath, path) : rename(draftPath, path));
        return await syncFolders(dirname(path), made);
      } catch (error) {
        if (onlyNew && errorCode(error) === 'EEXIST') throw existsFault(path);
        if (errorCode(error) !== 'ENOENT' || attempt === PLACE_ATTEMPTS) throw error;
      }
    }
  });
}

/** The folder that holds the new name, and those that hold the folders made for it. */
async function syncFolders(folder: string, firstMade: string | undefined): Promise<void> {
  await syncFolder(folder);
  const top = firstMade === undefined ? folder : dirname(firstMade);
  for (let path = folder; path.length > top.length; path = dirname(path)) {
    await syncFolder(dirname(path));
  }
}

async function syncFolder(path: string): Promise<void> {
  try {
    await using folder = await open(path, 'r');
    await folder.sync();
  } catch (error) {
    if (!NO_FOLDER_SYNC.has(errorCode(error) ?? '')) throw error;
  }
}

/** Removes drafts long dead, by the clock of the disk itself, which just stamped a fresh one. */
async function sweep(draftsPath: string, freshPath: string): Promise<void> {
  await writing(draftsPath, async () => {
    const now = (await stat(freshPath)).mtimeMs;
    for (const name of await readdir(draftsPath)) {
      const path = join(draftsPath, name);
      const found = await stat(path).catch(undefinedWhenAbsent);
      if (found && found.mtimeMs < now - DRAFT_LIFE_MS) await rm(path, { force: true });
    }
  });
}

async function removeEmptyFolders(folder: string, root: string): Promise<void> {
  for (let path = folder; path.length > root.length; path = dirname(path)) {
    try {
      await rmdir(path);
    } catch {
      // Something else still lies there, or someone else was first: the folders above stay too.
      return;
    }
  }
}

/** Depth first, in the order of whole keys: `a-b` comes before `a/b`, as it does in a bucket. */
async function* listBelow(root: string, prefix: string): AsyncGenerator<StoredObject> {
  const folder = join(root, ...prefix.split('/'));
  const entries = await readdir(folder, { withFileTypes: true }).catch((error) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw readFault(folder, error);
  });
  const names = entries
    .filter((entry) => !entry.name.startsWith('.'))
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .sort();
  for (const name of names) {
    const key = prefix === '' ? name : `${prefix}/${name}`;
    if (name.endsWith('/')) yield* listBelow(root, key.slice(0, -1));
    else {
      const found = await stat(join(folder, name)).catch(undefinedWhenAbsent);
      if (found?.isFile()) yield { key, byteCount: found.size };
    }
  }
}

function undefinedWhenAbsent(error: unknown): undefined {
  if (!isAbsent(error)) throw error;
}

import { type FileHandle, open, rm } from 'node:fs/promises';
import { writing } from './directory-fault.ts';

/** Smaller writes are gathered up to this, larger ones go straight to the file. */
const BUFFER_BYTES = 64 * 1024;

/** A file under a name of no consequence, on its way to its own. */
export interface DraftFile {
  readonly path: string;
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves when every byte is on the disk and the file is closed. */
  finish(): Promise<void>;
  /** Closes and removes the file; does nothing when it has gone already. */
  discard(): Promise<void>;
}

/** `title` is the path a person knows; faults name it instead of the draft's. */
export async function openDraftFile(path: string, title: string): Promise<DraftFile> {
  let file: FileHandle | undefined = await writing(title, () => open(path, 'wx'));
  const gathered = Buffer.allocUnsafe(BUFFER_BYTES);
  let gatheredCount = 0;

  async function flush(handle: FileHandle): Promise<void> {
    const bytes = gathered.subarray(0, gatheredCount);
    gatheredCount = 0;
    if (bytes.length > 0) await handle.writeFile(bytes);
  }

  async function close(): Promise<void> {
    const handle = file;
    file = undefined;
    await handle?.close();
  }

  return {
    path,
    write: (bytes) =>
      writing(title, async () => {
        const handle = opened(file);
        if (gatheredCount + bytes.length > BUFFER_BYTES) await flush(handle);
        if (bytes.length > BUFFER_BYTES) return handle.writeFile(bytes);
        gathered.set(bytes, gatheredCount);
        gatheredCount += bytes.length;
      }),
    finish: () =>
      writing(title, async () => {
        const handle = opened(file);
        await flush(handle);
        await handle.sync();
        await close();
      }),
    discard: async () => {
      await close();
      await rm(path, { force: true });
    },
  };
}

function opened(file: FileHandle | undefined): FileHandle {
  if (file === undefined) throw new Error('A draft was used after it was published or discarded.');
  return file;
}

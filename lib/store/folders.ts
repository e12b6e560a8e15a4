import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorCode } from './directory-fault.ts';

/**
 * Makes a folder and those above it; returns the topmost one it made, if any. Node's own recursive
 * `mkdir` never ends where the system answers ENOENT for a folder whose parent is there (`/proc`).
 */
export async function makeFolders(path: string): Promise<string | undefined> {
  try {
    await mkdir(path);
    return path;
  } catch (error) {
    // What is in the way may be a file: whoever writes below it is told.
    if (errorCode(error) === 'EEXIST') return undefined;
    if (errorCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
  }
  const above = await makeFolders(dirname(path));
  // Another writer may make this one between the two calls.
  const here = await mkdir(path).then(
    () => path,
    (error) => {
      if (errorCode(error) !== 'EEXIST') throw error;
    },
  );
  return above ?? (here || undefined);
}

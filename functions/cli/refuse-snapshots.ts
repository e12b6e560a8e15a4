import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Fault } from '../../lib/model/fault.ts';
import { MANIFEST_NAME } from '../../lib/object-keys.ts';

/** A snapshot is never changed, not even by a file more; whichever way one comes to its folder. */
export async function refuseSnapshots(out: string): Promise<void> {
  for (let folder = await truePath(out); ; folder = dirname(folder)) {
    if (await isThere(join(folder, MANIFEST_NAME))) {
      const message = `--out is '${out}', inside of the snapshot '${folder}'.`;
      throw new Fault('FLAG_INVALID', message, 'Give it a directory outside of any snapshot.');
    }
    if (folder === dirname(folder)) return;
  }
}

/** Of a path that need not be there yet. */
async function truePath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(await truePath(folder), basename(path));
  }
}

function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

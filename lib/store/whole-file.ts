import { randomUUID } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writing } from './directory-fault.ts';
import { openDraftFile } from './draft-file.ts';
import { makeFolders } from './folders.ts';

/**
 * Writes one file, replacing what was there; it is seen once it is whole. Faults:
 * `DESTINATION_UNWRITABLE`, `DESTINATION_FULL`, and those of the pieces.
 */
export async function writeWhole(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  await writing(path, () => makeFolders(dirname(path)));
  const draft = await openDraftFile(`${path}.${randomUUID()}`, path);
  try {
    for await (const bytes of pieces) await draft.write(bytes);
    await draft.finish();
    await writing(path, () => rename(draft.path, path));
  } finally {
    await draft.discard();
  }
}

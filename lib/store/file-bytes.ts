import { open } from 'node:fs/promises';
import { isAbsent, readFault } from './directory-fault.ts';
import { missingFault } from './store-fault.ts';

const READ_BYTES = 512 * 1024;

/** The bytes of a file. Faults: `SNAPSHOT_DAMAGED` where there is none, `DESTINATION_UNREADABLE`. */
export async function* fileBytes(path: string): AsyncGenerator<Uint8Array> {
  try {
    await using file = await open(path, 'r');
    const readOn = () => file.read(Buffer.allocUnsafe(READ_BYTES), 0, READ_BYTES);
    // The disk reads on while the last bytes are digested and written.
    let next = readOn();
    for (;;) {
      const { bytesRead, buffer } = await next;
      if (bytesRead === 0) return;
      next = readOn();
      // Nobody may come back for it; whoever does is told.
      next.catch(() => {});
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    if (!isAbsent(error)) throw readFault(path, error);
    throw missingFault(path);
  }
}

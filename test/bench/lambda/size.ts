import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { type Bundle, byteCountOf, filesOf } from '../../cdk/bundles.ts';

/** In bytes. */
export interface Size {
  readonly unpacked: number;
  readonly zipped: number;
}

/** Two headers a file and a record at the end: PKWARE's APPNOTE 6.3.10, 4.3.7, 4.3.12 and 4.3.16. */
const FILE_BYTES = 30 + 46;
const END_BYTES = 22;

/** A bundle as it lies there, and as the zip that Lambda is given. */
export function sizeOf(bundle: Bundle): Size {
  const zipped = filesOf(bundle).reduce((sum, name) => {
    const bytes = readFileSync(join(bundle.folder, name));
    return sum + FILE_BYTES + 2 * name.length + deflateRawSync(bytes).length;
  }, END_BYTES);
  return { unpacked: byteCountOf(bundle), zipped };
}

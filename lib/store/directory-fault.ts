import { Fault } from '../model/fault.ts';

/** No room on the disk, in the quota, or for a file of this size. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG']);

/** Nothing is there, or a folder is where a file was asked for. */
const ABSENT = new Set(['ENOENT', 'EISDIR']);

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

export function isAbsent(error: unknown): boolean {
  return ABSENT.has(errorCode(error) ?? '');
}

/** Runs a write; what the system refuses becomes a fault that names the path. */
export async function writing<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw writeFault(path, error);
  }
}

function writeFault(path: string, error: unknown): unknown {
  const code = errorCode(error);
  if (error instanceof Fault || code === undefined) return error;
  if (FULL.has(code)) {
    return new Fault(
      'DESTINATION_FULL',
      `There is no room for '${path}' (${code}).`,
      'Free some space, raise the quota, or choose another --dest.',
      { cause: error },
    );
  }
  return new Fault(
    'DESTINATION_UNWRITABLE',
    `'${path}' cannot be written (${code}).`,
    'Give --dest a directory that this user may write to.',
    { cause: error },
  );
}

export function readFault(path: string, error: unknown): unknown {
  const code = errorCode(error);
  if (error instanceof Fault || code === undefined) return error;
  return new Fault(
    'DESTINATION_UNREADABLE',
    `'${path}' cannot be read (${code}).`,
    'Give --dest a directory that this user may read.',
    { cause: error },
  );
}

import { Fault } from '../model/fault.ts';

/** An object that a receipt or a person speaks of is not there. */
export function missingFault(address: string): Fault {
  return new Fault(
    'SNAPSHOT_DAMAGED',
    `There is no file '${address}'.`,
    'Restore it from a copy, or run the period again.',
  );
}

/** The name of a new object is taken. */
export function existsFault(address: string): Fault {
  return new Fault(
    'SNAPSHOT_EXISTS',
    `'${address}' stands already, and what is published is never replaced.`,
    'Start the run again: it gets an id, and a folder, of its own.',
  );
}

/** Others were quicker, again and again. */
export function contendedFault(address: string): Fault {
  return new Fault(
    'DESTINATION_UNWRITABLE',
    `'${address}' cannot be written: others keep writing it.`,
    'Look what else writes there, then run again.',
  );
}

import { Fault } from '../model/fault.ts';
import { type Instant, instantText } from '../model/instant.ts';

/** Work that another invocation may take up need not be slept through. */
export interface Patience {
  /** A longer wait is not begun: `POSTPONED` carries the instant at which it would have ended. */
  readonly longestWaitMs: number;
  /** From then on nothing is asked any more: whoever works ends in good time. */
  readonly deadline: Instant;
}

/** Why work ended that nothing is wrong with. */
export class Postponed extends Fault {
  /** When it is worth going on. */
  readonly until: Instant;

  constructor(until: Instant) {
    const message = `There is nothing to be had from the API before ${instantText(until)}.`;
    super('POSTPONED', message, 'The run goes on then, with what it has read so far.');
    this.until = until;
  }
}

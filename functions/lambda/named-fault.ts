import { Fault } from '../../lib/model/fault.ts';

/** What AWS keeps of an error is a name and a message: a fault puts its code and its line there. */
export async function named<Done>(work: () => Promise<Done>): Promise<Done> {
  try {
    return await work();
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    throw Object.assign(new Error(fault.line, { cause: fault }), { name: fault.code });
  }
}

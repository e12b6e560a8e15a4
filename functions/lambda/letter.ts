import { FAULTS, Fault, type FaultCode } from '../../lib/model/fault.ts';

/**
 * What a station's answer travels in from one function to another, and into the history of an
 * execution: a fault keeps its code and its remedy, of which an error would only keep the message.
 */
export type Letter<Value> =
  | { readonly value: Value }
  | {
      readonly fault: {
        readonly code: FaultCode;
        readonly message: string;
        readonly remedy: string;
      };
    };

/** Anything but a fault is a defect or a machine that broke, and stays the error it is. */
export async function sealed<Value>(work: () => Promise<Value>): Promise<Letter<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const { code, message, remedy } = error;
    return { fault: { code, message, remedy } };
  }
}

export function opened<Value>(letter: Letter<Value>): Value {
  // What is undefined is not in JSON: a letter of a station without an answer is empty.
  if (!('fault' in letter)) return letter.value;
  const { code, message, remedy } = letter.fault;
  throw new Fault(Object.hasOwn(FAULTS, code) ? code : 'INTERNAL', message, remedy);
}

import { vi } from 'vitest';
import { PRODUCT } from '../../../lib/contract.ts';

/** A line of JSON that a function prints, for CloudWatch to read. */
export type PrintedLine = Readonly<Record<string, unknown>>;

/** What functions print, from now on; everything else goes where it always goes. */
export interface Printed {
  readonly lines: readonly PrintedLine[];
  close(): void;
}

export function readPrinted(): Printed {
  const lines: PrintedLine[] = [];
  const spies = [process.stdout, process.stderr].map((stream) => {
    const write = stream.write.bind(stream);
    return vi.spyOn(stream, 'write').mockImplementation(((text: string, ...rest: never[]) => {
      const isOurs = typeof text === 'string' && text.includes(`"service":"${PRODUCT}"`);
      if (!isOurs) return write(text, ...rest);
      lines.push(JSON.parse(text));
      return true;
    }) as typeof stream.write);
  });
  return {
    lines,
    close() {
      for (const spy of spies) spy.mockRestore();
    },
  };
}

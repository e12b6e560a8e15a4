import type { Outlet } from '../runtime.ts';

/** Moves to the first column and empties the line. */
const CLEAR = '\r\u001b[2K';

/** The last line of a terminal, which is written over and over. */
export interface ChangingLine {
  show(text: string): void;
  /** Leaves a text that stays above the line. */
  above(text: string): void;
  clear(): void;
}

export function changingLine(out: Outlet): ChangingLine {
  return {
    // A line that wraps cannot be cleared again.
    show: (text) => out.write(`${CLEAR}${text.slice(0, out.columnCount - 1)}`),
    above: (text) => out.write(`${CLEAR}${text}\n`),
    clear: () => out.write(CLEAR),
  };
}

/** A name further away than this is another word, not a slip of the finger. */
const MAX_SLIPS = 3;

/** The name that was probably meant, or undefined when none is near. */
export function nearest(written: string, names: readonly string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, slips: slips(written.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, slips }) => slips <= Math.min(MAX_SLIPS, Math.floor(name.length / 2)))
    .sort((a, b) => a.slips - b.slips);
  return ranked[0]?.name;
}

/** Levenshtein distance: letters to add, drop or replace to make one word of the other. */
function slips(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...from].entries()) {
    const above = row;
    row = [line + 1];
    for (let at = 1; at <= to.length; at++) {
      const replaced = above[at - 1]! + (letter === to[at - 1] ? 0 : 1);
      row.push(Math.min(replaced, above[at]! + 1, row[at - 1]! + 1));
    }
  }
  return row[to.length]!;
}

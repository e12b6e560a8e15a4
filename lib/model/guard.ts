const TAB = 9;
const CARRIAGE_RETURN = 13;
const APOSTROPHE = 39;
const PLUS = 43;
const MINUS = 45;
const EQUALS = 61;
const AT = 64;

/**
 * Spreadsheets take text that starts so for a formula, wherever it came from. One apostrophe in
 * front makes it text again; text that starts with an apostrophe gets one too, so that a reader
 * who strips exactly one has what the API sent.
 */
export function guard(text: string): string {
  return isGuarded(text.charCodeAt(0)) ? `'${text}` : text;
}

/** What the API sent, from a guarded cell. */
export function unguard(cell: string): string {
  return cell.startsWith("'") ? cell.slice(1) : cell;
}

/** Whether a text that begins with this character is guarded; NaN, that of an empty text, is none. */
export function isGuarded(first: number): boolean {
  // Nearly all cells start with a letter.
  if (first > AT) return false;
  return (
    first === EQUALS ||
    first === PLUS ||
    first === MINUS ||
    first === AT ||
    first === APOSTROPHE ||
    first === TAB ||
    first === CARRIAGE_RETURN
  );
}

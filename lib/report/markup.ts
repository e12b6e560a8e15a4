/** A symbol cannot be read from JSON: no record, however made, passes for markup. */
const MARKUP = Symbol('markup');

/** Text that is HTML already. Only `html` makes it, so nothing reaches the page unescaped. */
export interface Markup {
  readonly [MARKUP]: string;
}

type Part = Markup | string | number | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Puts HTML together: whatever is put in is escaped, unless it was made by `html` itself. */
export function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const markup = pieces.map((piece, at) => piece + (at < parts.length ? text(parts[at]!) : ''));
  return { [MARKUP]: markup.join('') };
}

export const NOTHING: Markup = html``;

export function markupText(markup: Markup): string {
  return markup[MARKUP];
}

function text(part: Part): string {
  if (typeof part === 'object') return MARKUP in part ? part[MARKUP] : part.map(text).join('');
  return visible(String(part)).replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/**
 * Characters that turn the direction of text, move a terminal's cursor or show nothing at all: in
 * an id or a message they make a line say what it does not. Each becomes U+FFFD.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text from outside as it may be shown; lone halves of surrogate pairs would break UTF-8. */
export function visible(text: string): string {
  return text.toWellFormed().replace(UNSEEN, '\ufffd');
}

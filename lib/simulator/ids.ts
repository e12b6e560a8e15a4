import { mix } from './random.ts';
import { SHUFFLE_BITS_MAX, shuffle, unshuffle } from './shuffle.ts';

/** Crockford's alphabet, the one of Rebilly's own ids (`txn_0YVDTQJ8YWDGQACV2N2N5SPWQ0`). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const HEAD = '0Y';
const TRIPLE_BITS = 15;
const TRIPLE_MASK = (1 << TRIPLE_BITS) - 1;
const NUMBER_CHARS = 6;

/** Three letters at once: ids are most of what a row is made of, and eight look-ups make one. */
const TRIPLES = Array.from(
  { length: 1 << TRIPLE_BITS },
  (_, n) => ALPHABET[n >> 10]! + ALPHABET[(n >> 5) & 31]! + ALPHABET[n & 31]!,
);

/** A numbering of one kind of thing by ids that look random and do not sort by time. */
export interface Ids {
  of(number: number): string;
  /** The number of an id this numbering could have made; undefined for any other text. */
  numberOf(id: string): number | undefined;
}

export function createIds(prefix: string, seed: number): Ids {
  let key = seed;
  for (const letter of prefix) key = mix(key, letter.charCodeAt(0));
  const start = prefix + HEAD;
  const salt = mix(key, 1);

  const of = (number: number): string => {
    const a = shuffle(number, SHUFFLE_BITS_MAX, key);
    const b = Math.imul(a ^ salt, 0x9e3779b1);
    const c = Math.imul(b ^ (b >>> 15), 0x85ebca6b);
    const d = Math.imul(c ^ (c >>> 13), 0xc2b2ae35);
    // Twelve letters are the longest that V8 copies into one text rather than into a tree.
    const left =
      TRIPLES[a >>> TRIPLE_BITS]! +
      TRIPLES[a & TRIPLE_MASK]! +
      TRIPLES[(b >>> TRIPLE_BITS) & TRIPLE_MASK]! +
      TRIPLES[b & TRIPLE_MASK]!;
    const right =
      TRIPLES[(c >>> TRIPLE_BITS) & TRIPLE_MASK]! +
      TRIPLES[c & TRIPLE_MASK]! +
      TRIPLES[(d >>> TRIPLE_BITS) & TRIPLE_MASK]! +
      TRIPLES[d & TRIPLE_MASK]!;
    return start + left + right;
  };

  const numberOf = (id: string): number | undefined => {
    if (!id.startsWith(start)) return undefined;
    let shuffled = 0;
    for (const letter of id.slice(start.length, start.length + NUMBER_CHARS)) {
      const digit = ALPHABET.indexOf(letter);
      if (digit < 0) return undefined;
      shuffled = (shuffled << 5) | digit;
    }
    const number = unshuffle(shuffled, SHUFFLE_BITS_MAX, key);
    return of(number) === id ? number : undefined;
  };

  return { of, numberOf };
}

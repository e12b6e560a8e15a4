/**
 * Chance without state: every random-looking choice of a world is a hash of the seed, of what is
 * being decided and of whom it concerns. Integer arithmetic only, so the same on every machine.
 */

/** A 32-bit hash of two words (the mixing steps of MurmurHash3). */
export function mix(a: number, b: number): number {
  let h = Math.imul(a, 0xcc9e2d51);
  h = Math.imul((h << 15) | (h >>> 17), 0x1b873593) ^ Math.imul(b, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** A hash as a fraction in `[0, 1)`. */
export function unit(hash: number): number {
  return (hash >>> 0) / 0x1_0000_0000;
}

/** A whole number in `[0, bound)`. */
export function below(hash: number, bound: number): number {
  return Math.floor(unit(hash) * bound);
}

/** True for that share of all hashes. */
export function chance(hash: number, share: number): boolean {
  return unit(hash) < share;
}

export function pick<T>(hash: number, list: readonly T[]): T {
  return list[below(hash, list.length)]!;
}

/**
 * A keyed bijection of `[0, 2^bits)`: which number becomes which looks random, needs no table, and
 * can be undone. Odd factors and shifts of at least half the width are each invertible.
 */
const FACTOR_A = 0x2c1b3c6d;
const FACTOR_B = 0x297a2d39;
const FACTOR_C = 0x85ebca6b;

/** Newton's iteration doubles the right bits: 3, 6, 12, 24, 48. */
function inverseOf(odd: number): number {
  let inverse = odd;
  for (let step = 0; step < 4; step++) inverse = Math.imul(inverse, 2 - Math.imul(odd, inverse));
  return inverse;
}

const INVERSE_A = inverseOf(FACTOR_A);
const INVERSE_B = inverseOf(FACTOR_B);
const INVERSE_C = inverseOf(FACTOR_C);

/** Wider numbers would leave the range of 32-bit arithmetic. */
export const SHUFFLE_BITS_MAX = 30;

export function shuffle(value: number, bits: number, key: number): number {
  const mask = (1 << bits) - 1;
  const half = (bits + 1) >> 1;
  let x = (Math.imul(value, FACTOR_A) + key) & mask;
  x ^= x >>> half;
  x = (Math.imul(x, FACTOR_B) + (key >>> 5)) & mask;
  x ^= x >>> half;
  return Math.imul(x, FACTOR_C) & mask;
}

export function unshuffle(value: number, bits: number, key: number): number {
  const mask = (1 << bits) - 1;
  const half = (bits + 1) >> 1;
  let x = Math.imul(value, INVERSE_C) & mask;
  x ^= x >>> half;
  x = Math.imul(x - (key >>> 5), INVERSE_B) & mask;
  x ^= x >>> half;
  return Math.imul(x - key, INVERSE_A) & mask;
}

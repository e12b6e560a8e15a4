import { type Decimal, parseDecimal, plus } from './money.ts';

/** A running sum of decimal texts, exact whatever is added. */
export interface Sum {
  /** Adds plain decimal text as money cells hold it; anything else adds nothing. */
  add(text: string): void;
  value(): Decimal;
}

/** Fifteen characters hold less than 10^15: a few of them stay far below 2^53. */
const SHORT_TEXT = 15;
const SMALL_MAX = 2 ** 52;

const ZERO: Decimal = { units: 0n, scale: 0 };

/**
 * Amounts of one currency nearly always have its minor unit's digits. Those are added as integers
 * below 2^53, which are exact; what has other digits, and what grew large, is added as bigint.
 */
export function createSum(): Sum {
  let small = 0;
  let smallScale = -1;
  let large = ZERO;

  function flush(): void {
    // Zeros count too: 0.00 and 0.00 are 0.00, however the sum was cut into parts.
    if (smallScale >= 0) large = plus(large, { units: BigInt(small), scale: smallScale });
    small = 0;
  }

  return {
    add(text) {
      const scale = scaleOf(text);
      if (smallScale < 0) smallScale = scale;
      if (scale === smallScale && text.length <= SHORT_TEXT) {
        small += unitsOf(text);
        if (small > SMALL_MAX || small < -SMALL_MAX) flush();
      } else {
        large = plus(large, parseDecimal(text) ?? ZERO);
      }
    },
    value() {
      flush();
      return large;
    },
  };
}

function scaleOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

const CODE_OF_ZERO = 48;

/** All digits as one integer; sign and point have smaller codes than digits. */
function unitsOf(text: string): number {
  let units = 0;
  for (let index = 0; index < text.length; index += 1) {
    const digit = text.charCodeAt(index) - CODE_OF_ZERO;
    if (digit >= 0) units = units * 10 + digit;
  }
  return text.startsWith('-') ? -units : units;
}

import { sha256 } from '../lib/snapshot/receipt.ts';

/** One line of text with its SHA-256 on a line below, so that a damaged byte is noticed. */
export function seal(line: string): string {
  return `${line}\n${sha256(line)}\n`;
}

/** The line that was sealed; undefined where the text is not what was written. */
export function unseal(text: string): string | undefined {
  const [line = ''] = text.split('\n', 1);
  return seal(line) === text ? line : undefined;
}

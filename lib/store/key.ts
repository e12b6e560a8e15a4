import { Fault } from '../model/fault.ts';

/**
 * What a key may be, whatever stands behind the store: `organization=o/period=2026-11-20/a.csv`.
 * Nothing climbs out (`..`), nothing hides (a leading dot is the store's own), nothing has two
 * spellings (empty segments, backslashes) and nothing can rewrite a terminal (control characters).
 */
export function assertKey(key: string): void {
  if (isKey(key)) return;
  throw new Fault(
    'INTERNAL',
    `${JSON.stringify(key)} is no key of a store.`,
    'This is a defect of Tieout; please report it.',
  );
}

/** A prefix is a key that names a folder, or '' for everything. */
export function assertPrefix(prefix: string): void {
  if (prefix !== '') assertKey(prefix);
}

export function isKey(text: string): boolean {
  return text.split('/').every(isSegment);
}

function isSegment(segment: string): boolean {
  return segment !== '' && !segment.startsWith('.') && !/[\p{Cc}\\]/u.test(segment);
}

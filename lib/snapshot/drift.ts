import type { DriftEntry } from '../contract.ts';
import type { CollectionName } from '../model/records.ts';

export type DriftKind = DriftEntry['kind'];

/** Counts where records differ from the contract. It never stops a run. */
export interface Drift {
  note(kind: DriftKind, path: string, value?: string): void;
  /** Ordered by kind, path and value, so that the same rows give the same list. */
  entries(): readonly DriftEntry[];
}

/** A member named by merchants, or a value that is new in each row, must not fill the manifest. */
const ENTRIES_MAX = 1000;
const VALUE_LENGTH_MAX = 100;

/** What is past the bound is counted under this path. */
const ELSEWHERE = '…';

export function createDrift(collection: CollectionName): Drift {
  const entries = new Map<string, DriftEntry>();

  function count(entry: Omit<DriftEntry, 'collection' | 'count'>, more: number): void {
    const key = keyOf(entry);
    const known = entries.get(key);
    if (known === undefined && entries.size >= ENTRIES_MAX && entry.path !== ELSEWHERE) {
      count({ kind: entry.kind, path: ELSEWHERE }, more);
    } else {
      entries.set(key, { collection, ...entry, count: (known?.count ?? 0) + more });
    }
  }

  return {
    note(kind, path, value) {
      const shown = value === undefined ? {} : { value: value.slice(0, VALUE_LENGTH_MAX) };
      count({ kind, path, ...shown }, 1);
    },
    entries: () => sorted([...entries.values()]),
  };
}

/** Adds up what several lanes counted. */
export function mergeDrift(parts: readonly (readonly DriftEntry[])[]): readonly DriftEntry[] {
  const merged = new Map<string, DriftEntry>();
  for (const entry of parts.flat()) {
    const key = `${entry.collection}\n${keyOf(entry)}`;
    const count = (merged.get(key)?.count ?? 0) + entry.count;
    merged.set(key, { ...entry, count });
  }
  return sorted([...merged.values()]);
}

function keyOf({ kind, path, value = '' }: Omit<DriftEntry, 'collection' | 'count'>): string {
  return `${kind}\n${path}\n${value}`;
}

function sorted(entries: readonly DriftEntry[]): readonly DriftEntry[] {
  const orderOf = (entry: DriftEntry) => `${entry.collection}\n${keyOf(entry)}`;
  return entries.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

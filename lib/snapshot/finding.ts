/** What `verify` found wrong: the file, and a sentence without it as subject. */
export interface Finding {
  readonly file: string;
  readonly problem: string;
}

/** A snapshot as `verify` sees it, wherever it lies. Names are relative to its folder. */
export interface SnapshotBytes {
  list(): AsyncIterable<{ readonly name: string; readonly byteCount: number }>;
  read(name: string): AsyncIterable<Uint8Array>;
}

/**
 * Where bytes are kept under keys. Whatever stands behind it, a key shows all of its bytes or
 * nothing: a reader can never see half an object.
 */
export interface Store {
  /** For people: the directory or bucket, as they named it. */
  readonly address: string;
  /** Where a person finds `key`: a path or an s3:// address. */
  locate(key: string): string;
  /** Fails, as a write of `key` would, where nothing can be written; leaves nothing behind. */
  assertWritable(key: string): Promise<void>;
  /** Opens an object that nobody sees until it is published. */
  draft(key: string): Promise<Draft>;
  /** Writes a small object at once. `onlyNew` refuses to replace one: `SNAPSHOT_EXISTS`. */
  put(key: string, text: string, options?: { readonly onlyNew?: boolean }): Promise<void>;
  /**
   * Puts a small object in the place of another, or of none. Where another writer comes between,
   * `decide` is asked again: what it sees is what it replaces, whoever else writes.
   */
  update(key: string, decide: Decision): Promise<void>;
  /** The text of a small object, or undefined where there is none. */
  text(key: string): Promise<string | undefined>;
  /** The bytes of an object; `SNAPSHOT_DAMAGED` where there is none. */
  read(key: string): AsyncIterable<Uint8Array>;
  /**
   * A path on this machine's disk at which the object's bytes are: its own where the store is a
   * directory, else a copy in `folder`. `SNAPSHOT_DAMAGED` where there is none. A `packed` copy is
   * read by `unpackedBytes`, as any other file is.
   */
  local(key: string, folder: string, options?: { readonly packed?: boolean }): Promise<string>;
  /** Every published object below a prefix (whole path segments), ordered by key. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** Removes an object; removing what is not there is no error. */
  remove(key: string): Promise<void>;
}

/** The text that is to stand instead of `text` (undefined: of nothing), or undefined to leave it. */
export type Decision = (text: string | undefined) => string | undefined;

export interface StoredObject {
  readonly key: string;
  readonly byteCount: number;
}

export interface Draft {
  write(bytes: Uint8Array): Promise<void>;
  /** Makes the bytes visible under the key, all at once and durably. */
  publish(): Promise<void>;
  /** Forgets the bytes; the key stays as it was. */
  discard(): Promise<void>;
}

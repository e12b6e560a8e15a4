/** How much of the machine a database may take. */
export interface DatabaseLimits {
  /** `1GB`: beyond it, DuckDB writes to `spillDirectory`. */
  readonly memoryLimit: string;
  readonly spillDirectory: string;
  readonly threadCount: number;
}

/** A row of an answer, by column. Figures come as text: an exact decimal never becomes a double. */
export type Answer = Readonly<Record<string, string | null>>;

export interface Database {
  run(sql: string): Promise<void>;
  ask(sql: string): Promise<readonly Answer[]>;
  /** Rows of text cells, some thousand at a time: for answers that memory need not hold. */
  rows(sql: string): AsyncGenerator<readonly (readonly string[])[]>;
  close(): void;
}

/** Opens an empty database in memory. */
export async function openDuckdb(limits: DatabaseLimits): Promise<Database> {
  // Commands that judge nothing need not load it: that costs 140 ms and 30 MB.
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: limits.memoryLimit,
    temp_directory: limits.spillDirectory,
    threads: String(limits.threadCount),
    // Answers are sorted where order matters; keeping that of insertion costs memory.
    preserve_insertion_order: 'false',
  });
  const connection = await instance.connect();
  return {
    async run(sql) {
      await connection.run(sql);
    },
    async ask(sql) {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjectsJson() as Answer[];
    },
    async *rows(sql) {
      const result = await connection.stream(sql);
      for await (const rows of result.yieldRowsJson()) {
        yield (rows as (string | null)[][]).map((row) => row.map((cell) => cell ?? ''));
      }
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
